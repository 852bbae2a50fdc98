import { Invalid } from "./errors.ts";
import { isZone } from "./schedule.ts";

const longest = { years: 1 };

/** The instant at which a local day begins, in milliseconds: mail that is paused until then comes again. Throws Invalid. */
export function parsePause(date: string, zone: string, now: number): number {
  const day = dateOf(date);
  const here = isZone(zone) ? zone : "UTC";
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(here).toPlainDate();
  if (!day) throw problem("Choose the date on which mail should come again.");
  if (Temporal.PlainDate.compare(day, today) <= 0) {
    throw problem("Choose a date from tomorrow on: mail comes again when that day begins.");
  }
  if (Temporal.PlainDate.compare(day, today.add(longest)) > 0) {
    throw problem("Choose a date within a year: what is paused for longer is better muted.");
  }
  return day.toZonedDateTime(here).epochMilliseconds;
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
