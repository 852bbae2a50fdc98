import {
  eventType,
  eventTypeIds,
  isDeadlineType,
  type Profile,
  type Role,
  visibleTypes,
} from "./catalogue.ts";
import { granted, type Notification, openNotifications } from "./notifications.ts";

// Who in an account hears about the events that have a deadline. Muting, deleting, pausing or deactivating is never
// refused, but whoever is the last to hear is told so before. What counts is that somebody hears of the event type:
// conditions are not looked into.

/** The event types that no account should miss as a whole. */
export const deadlineTypes = eventTypeIds.filter(isDeadlineType);

/** What decides whether somebody's mail flows at all. */
export interface MailState {
  pausedUntil: number | null;
  addressFailedAt: number | null;
}

/** Whether nothing holds all of a person's mail back. */
export function mailFlows({ pausedUntil, addressFailedAt }: MailState, now: number): boolean {
  return addressFailedAt === null && (pausedUntil === null || pausedUntil <= now);
}

type Hearing = Pick<Notification, "id" | "type">;

/** The deadline types that nobody would hear about without `leaving`, which are among the person's `open` notifications. */
export function lastHeard(
  open: readonly Hearing[],
  leaving: readonly Hearing[],
  elsewhere: ReadonlySet<string>,
): string[] {
  const gone = new Set(leaving.map(({ id }) => id));
  const kept = new Set(open.filter(({ id }) => !gone.has(id)).map(({ type }) => type));
  const left = new Set(open.filter(({ id }) => gone.has(id)).map(({ type }) => type));
  return deadlineTypes.filter((type) => left.has(type) && !kept.has(type) && !elsewhere.has(type));
}

/** Somebody of an account, with what they have of the deadline types. */
export interface Member extends MailState {
  id: string;
  name: string;
  roles: Role[];
  deactivatedAt: number | null;
  notifications: Pick<Notification, "id" | "kind" | "type" | "mutedAt">[];
}

/** Why somebody does not hear whose roles would show it. */
export type Hindrance = "address failed" | "paused" | "muted" | "not asked";

/** A deadline type that reaches nobody, and the active people whose roles show it. */
export interface Gap {
  type: string;
  could: { name: string; hindrance: Hindrance }[];
}

/** The deadline types meant for this profile that reach nobody of the account. */
export function coverageGaps(
  members: readonly Member[],
  { profile, now }: { profile: Profile; now: number },
): Gap[] {
  const heard = heardBy(members, now);
  const gap = (type: string): Gap => ({
    type,
    could: members.filter((member) => couldHear(member, type))
      .map((member) => ({ name: member.name, hindrance: hindrance(member, type, now) })),
  });
  return deadlineTypes
    .filter((type) => eventType(type)!.audience[profile] !== undefined && !heard.has(type))
    .map(gap);
}

/** The deadline types that one member alone hears about. */
export function heardOnlyBy(members: readonly Member[], id: string, now: number): string[] {
  const own = members.filter((member) => member.id === id).flatMap((each) => openOf(each, now));
  return lastHeard(own, own, heardBy(members.filter((member) => member.id !== id), now));
}

function heardBy(members: readonly Member[], now: number): Set<string> {
  return new Set(members.flatMap((member) => openOf(member, now)).map(({ type }) => type));
}

function openOf(member: Member, now: number): Member["notifications"] {
  if (member.deactivatedAt !== null || !mailFlows(member, now)) return [];
  return openNotifications(member.notifications, member.roles);
}

function couldHear({ deactivatedAt, roles }: Member, type: string): boolean {
  return deactivatedAt === null && visibleTypes(roles).includes(type);
}

function hindrance(member: Member, type: string, now: number): Hindrance {
  if (member.addressFailedAt !== null) return "address failed";
  if (!mailFlows(member, now)) return "paused";
  return member.notifications.some((each) => each.type === type && granted(member.roles)(each))
    ? "muted"
    : "not asked";
}
