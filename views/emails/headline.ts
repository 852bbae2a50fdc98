import { frequencies } from "../../domain/catalogue.ts";
import { zoneName } from "../../domain/zones.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { instantText } from "./dates.ts";
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
