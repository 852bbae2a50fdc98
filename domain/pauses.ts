import { Invalid } from "./errors.ts";
import { knownZone, localTime } from "./zones.ts";

const longest = { years: 1 };

/** The instant at which a local day begins, in milliseconds: mail that is paused until then comes again. Throws Invalid. */
export function parsePause(date: string, zone: string, now: number): number {
  const day = dateOf(date);
  const here = knownZone(zone);
  const today = localTime(now, here).toPlainDate();
  if (!day) throw problem("Choose the date on which mail should come again.");
  if (Temporal.PlainDate.compare(day, today) <= 0) {
    throw problem("Choose a date from tomorrow on: mail comes again when that day begins.");
  }
  if (Temporal.PlainDate.compare(day, today.add(longest)) > 0) {
    throw problem("Choose a date within a year: what is paused for longer is better muted.");
  }
  return day.toZonedDateTime(here).epochMilliseconds;
}

/** The days until which a notification is easily snoozed, as the instants at which they begin, in milliseconds. */
export function snoozeDays(zone: string, now: number): { tomorrow: number; monday: number } {
  const here = knownZone(zone);
  const today = localTime(now, here).toPlainDate();
  const begin = (days: number) => today.add({ days }).toZonedDateTime(here).epochMilliseconds;
  return { tomorrow: begin(1), monday: begin(8 - today.dayOfWeek) };
}

function dateOf(date: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(date);
  } catch {
    return undefined; // a RangeError
  }
}

function problem(message: string): Invalid {
  return new Invalid([{ field: "until", message }]);
}
