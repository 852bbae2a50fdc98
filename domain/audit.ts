import { type Frequency, type Role, roleIds, roles } from "./catalogue.ts";
import type { Deed } from "./changes.ts";
import type { Condition } from "./conditions.ts";
import { notificationSentence } from "./sentences.ts";

// What is kept of who changed what: it is only ever added to.

/** By which way something was changed. */
export type Via = "page" | "unsubscribe link" | "command" | "SCIM";

/** What was done. */
export type AuditDeed =
  | Deed
  | "undone"
  | "invited"
  | "deactivated"
  | "reactivated"
  | "roles changed"
  | "mail resumed"
  | "unsubscribed"
  | "subscribed again"
  | "revoked"
  | "tried at once"
  | "taken back"
  | "sent again"
  | "prepared"
  | "no longer prepared"
  | "given"
  | ViewingDeed;

/** That somebody of the studio saw everything as somebody else does. */
export type ViewingDeed = "began viewing as" | "ended viewing as";

/** A key of either kind. */
export type KeySubject = "api key" | "SCIM key";

/** What something was, or became. */
export type AuditState =
  | { type: string; conditions: Condition[]; frequency: Frequency; mutedAt: number | null }
  | { email?: string; roles: Role[] }
  | { state: string }
  | DescribedState;

/** What a person or an account is called. */
interface DescribedState {
  name: string;
  email?: string;
  /** What a directory calls the person. */
  userName?: string;
  externalId?: string | null;
}

/** One thing that was changed. Instants are milliseconds since the epoch. */
export interface AuditEntry {
  id: number;
  at: number;
  account: string | null;
  /** Who did it; null for whoever runs the service. */
  actor: string | null;
  via: Via;
  deed: AuditDeed;
  subject: "notification" | "prepared notification" | "user" | "email" | "account" | KeySubject;
  subjectId: string;
  /** Whose it is. */
  person: string | null;
  before: AuditState | null;
  after: AuditState | null;
}

/** A state in words, empty for none. */
export function stateText(state: AuditState | null): string {
  if (state === null) return "";
  if ("type" in state) {
    return notificationSentence(state, { most: 5 }) + (state.mutedAt === null ? "" : ", muted");
  }
  if ("state" in state) return state.state;
  if ("name" in state) {
    const { name, email, userName, externalId } = state;
    return [name, email, userName, externalId].filter(Boolean).join(", ");
  }
  const held = state.roles.map((role) => roles[role]?.label ?? role).join(", ") || "no role";
  return state.email ? `${state.email}, ${held}` : held;
}

/** What an entry is about, in words: "notification of Ana Ruiz". */
export function subjectText({ subject, subjectId, person }: AuditEntry): string {
  if (subject === "user") return person ?? subjectId;
  if (subject === "account") return `account ${subjectId}`;
  if (subject === "prepared notification") {
    const role = roleIds.find((each) => each === subjectId);
    return `${subject} for ${role ? roles[role].label : subjectId}`;
  }
  return person ? `${subject} of ${person}` : `${subject} ${subjectId}`;
}
