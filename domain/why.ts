import { eventField, eventType, type Role } from "./catalogue.ts";
import type { EmailContent } from "./compose.ts";
import { type Condition, operatorLabel } from "./conditions.ts";
import type { Event } from "./events.ts";
import { saidText } from "./facts.ts";
import { anyOf } from "./lists.ts";
import { granted, type Notification } from "./notifications.ts";
import { predicateOf } from "./predicates.ts";
import { phrases } from "./sentences.ts";

// Why did I not get this? Asked of one event and one notification after the other, by the predicates of the matcher.

/** A notification and since when it is there. */
export interface Standing extends Notification {
  createdAt: number;
}

/** An event, when it came in, and who asks. Instants are milliseconds since the epoch. */
export interface Question {
  event: Event;
  receivedAt: number;
  roles: readonly Role[];
  /** The notifications among the reasons of the emails that told the event. */
  reasons: ReadonlySet<number>;
}

/** What a notification did about an event, or what kept it from doing anything. */
export type Verdict =
  | { kind: "told" }
  | { kind: "role" }
  /** The first condition that failed, in words. */
  | { kind: "condition"; text: string }
  | { kind: "muted"; since: number; until: number | null }
  | { kind: "later"; createdAt: number }
  | { kind: "coming" }
  /** It matches and has accounted for the event, without a word: it stood otherwise then. */
  | { kind: "passed" };

/** Whether a notification wants events like this one, whatever held it back. */
export function wants({ kind }: Verdict): boolean {
  return kind !== "condition" && kind !== "role";
}

/** What became of the event in a notification of its type, whose bookmark is the true one. */
export function verdictOn(notification: Standing, question: Question): Verdict {
  const { event, receivedAt, roles, reasons } = question;
  const { id, type, conditions, bookmark, mutedAt, mutedUntil, createdAt } = notification;
  if (reasons.has(id)) return { kind: "told" };
  if (!granted(roles)(notification)) return { kind: "role" };
  const failed = conditions.find((condition) =>
    !predicateOf(eventField(type, condition.field), condition).holds(event)
  );
  if (failed) return { kind: "condition", text: failureText(type, failed, event) };
  if (mutedAt !== null) return { kind: "muted", since: mutedAt, until: mutedUntil };
  if (bookmark < event.seq) return { kind: "coming" };
  return createdAt >= receivedAt ? { kind: "later", createdAt } : { kind: "passed" };
}

/** The ids of the notifications for which an email tells an event. */
export function reasonsIn({ items, reasons }: EmailContent, seq: number): number[] {
  return items.filter((item) => item.seq === seq)
    .flatMap((item) => item.reasons.map((index) => reasons[index]!.id));
}

/** "content type is Licensed, not Branded". */
function failureText(type: string, condition: Condition, event: Event): string {
  const field = eventType(type)?.fields[condition.field];
  const [phrase] = phrases(type, [condition]);
  const { field: label, values } = phrase!;
  const said = field && saidText(field, event.data[condition.field]);
  if (said === undefined) return `it asks for the ${label}, and this event names none`;
  if (condition.op === "none") return `${label} is ${said}, which it leaves out`;
  const relation = condition.op === "any" ? "" : `${operatorLabel(condition.op).slice(3)} `;
  return `${label} is ${said}, not ${relation}${anyOf(shortened(values))}`;
}

const mostValues = 4;

function shortened(values: string[]): string[] {
  if (values.length <= mostValues + 1) return values;
  return [...values.slice(0, mostValues), `${values.length - mostValues} others`];
}
