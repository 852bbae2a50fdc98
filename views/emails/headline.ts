import { frequencies } from "../../domain/catalogue.ts";
import { zoneName } from "../../domain/zones.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { dayText, instantText } from "./dates.ts";
import { amountsOf, labelOf, nameOf, oneLine, sentenceOf } from "./words.ts";

/** Whether the headline can tell all of it: one event, at once. */
export function isAlone({ frequency, items }: OrderedEmail): boolean {
  return frequency === "immediately" && items.length === 1;
}

/** The whole email in one line: "3 need action, 12 for information". */
export function headlineOf(email: OrderedEmail): string {
  const whole = isAlone(email) ? happeningOf(email.items[0]!) : amountsOf(email);
  if (email.catchUp) return `While your mail was paused: ${whole}`;
  return isGathered(email) ? `${email.items.length} events in one email: ${whole}` : whole;
}

/** Whether it tells several events at once that would each have had an email of its own. */
function isGathered({ frequency, items }: OrderedEmail): boolean {
  return frequency === "immediately" && items.length > 1;
}

function happeningOf({ event }: Told): string {
  const name = nameOf(event);
  return name ? `${sentenceOf(event)}: ${name}` : sentenceOf(event);
}

/** Of what kind, for which account and when: "Daily · Meridian Post · Mon 23 Nov 08:00, Madrid". */
export function contextOf(email: OrderedEmail): string {
  const { items, account, frequency, composedAt, viewpoint } = email;
  const when = `${instantText(composedAt, viewpoint)}, ${zoneName(viewpoint.zone)}`;
  const what = isAlone(email) ? labelOf(items[0]!.event) : frequencies[frequency];
  return `${what} · ${oneLine(account.name)} · ${when}`;
}

/** The day of a digest, or the days that it covers where it comes late: "Mon 23 Nov", "Fri 20 Nov to Mon 23 Nov". */
export function coveredText(
  { frequency, composedAt, dueAt = composedAt, viewpoint }: Pick<
    OrderedEmail,
    "frequency" | "composedAt" | "dueAt" | "viewpoint"
  >,
): string {
  const textOf = frequency === "hourly" ? instantText : dayText;
  const [from, to] = [textOf(dueAt, viewpoint), textOf(composedAt, viewpoint)];
  return from === to ? to : `${from} to ${to}`;
}

/** Of a digest that comes late since when it was due, and what it covers; null for one in time. */
export function latenessOf(email: OrderedEmail): string | null {
  const { dueAt, viewpoint } = email;
  if (dueAt === undefined) return null;
  return `This email is late: it was due ${instantText(dueAt, viewpoint)}, and covers ${
    coveredText(email)
  }.`;
}
