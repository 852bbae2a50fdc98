import type { Frequency } from "./catalogue.ts";
import type { QuietHours } from "./quiet_hours.ts";
import { dayOf, knownZone, localTime, offsetAt, zoneName } from "./zones.ts";

export { isZone } from "./zones.ts";

// Digests follow the calendar, at the wall clock of their reader: never "24 hours since the last run", which
// drifts and skips days. A window is the instant at which a digest is due.

/** When a person wants digests: an hour from 0 to 23 and a weekday from 1 (Monday) to 7, in their zone. */
export interface DigestTimes {
  zone: string;
  digestHour: number;
  digestWeekday: number;
}

/** When somebody's mail comes, but for pauses. */
export interface MailTimes extends DigestTimes, QuietHours {}

export type DigestFrequency = Exclude<Frequency, "immediately">;

/** Where a search for the next window starts, and the window composed last, both in milliseconds. */
export interface Progress {
  after: number;
  last: number | null;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The first window later than `after` that is not in the hour, the day or the ISO week of `last`, in milliseconds. */
export function nextDigestAt(
  times: DigestTimes,
  frequency: DigestFrequency,
  progress: Progress,
): number {
  return frequency === "hourly"
    ? nextHourly(knownZone(times.zone), progress)
    : nextOnCalendar(times, frequency, progress);
}

/** An instant as its reader would say it: "Tomorrow 08:00, Madrid" or "Mon 30 Nov, 08:00, Madrid". */
export function nextDigestText(instant: number, zone: string, now: number): string {
  const known = knownZone(zone);
  const when = localTime(instant, known);
  const date = dayText(when.toPlainDate(), localTime(now, known).toPlainDate());
  const comma = date.includes(" ") ? "," : "";
  return `${date}${comma} ${when.toPlainTime().toString({ smallestUnit: "minute" })}, ${
    zoneName(known)
  }`;
}

/** The same with nothing left to guess: "Tomorrow, Tue 24 Nov, 08:00 Europe/Madrid". */
export function exactDigestText(instant: number, zone: string, now: number): string {
  const known = knownZone(zone);
  const when = localTime(instant, known);
  const [date, today] = [when.toPlainDate(), localTime(now, known).toPlainDate()];
  const days = new Set([dayText(date, today), writtenDay(date, today)]);
  const time = when.toPlainTime().toString({ smallestUnit: "minute" });
  return `${[...days].join(", ")}, ${time} ${known}`;
}

/** A deadline as the catalogue's date fields hold it: of a mere date the day, of an instant the hour as well. */
export function dueText(due: string, zone: string, now: number): string {
  if (due.includes("T")) return nextDigestText(Date.parse(due), zone, now);
  return dayText(Temporal.PlainDate.from(due), localTime(now, knownZone(zone)).toPlainDate());
}

function nextOnCalendar(
  { digestHour, digestWeekday, ...times }: DigestTimes,
  frequency: "daily" | "weekly",
  { after, last }: Progress,
): number {
  const zone = knownZone(times.zone);
  const weekly = frequency === "weekly";
  const periodOf = (date: number) => weekly ? weekOf(date) : date;
  const taken = last === null ? null : periodOf(dayOf(last, zone));

  const today = dayOf(after, zone);
  let date = weekly ? mondayOf(weekOf(today)) + digestWeekday - 1 : today;
  for (;; date += weekly ? 7 : 1) {
    if (periodOf(date) === taken) continue;
    const window = windowOn(date, digestHour, zone);
    if (window !== null && window > after) return window;
  }
}

/** The ISO week of such a day, counted from the one of 1 January 1970, a Thursday. */
function weekOf(date: number): number {
  return Math.floor((date + 3) / 7);
}

function mondayOf(week: number): number {
  return week * 7 - 3;
}

/** The instant of an hour on a day, in milliseconds; null for a day that the zone left out whole, as Samoa did in 2011. */
function windowOn(date: number, digestHour: number, zone: string): number | null {
  const wanted = date * day + digestHour * hour;
  const before = offsetAt(wanted - day, zone);
  return before === offsetAt(wanted + day, zone)
    ? wanted - before
    : windowNearChange(date, digestHour, zone);
}

/**
 * Where the clock goes back, the first of two; where it goes forward, the first instant after the gap. Where the gap
 * takes the rest of the day it is the hour before, so that no day goes without its digest.
 */
function windowNearChange(date: number, digestHour: number, zone: string): number | null {
  if (digestHour < 0) return null;
  const wanted = date * day + digestHour * hour;
  const clock = localTime(wanted, "UTC").toPlainDateTime();
  const found = clock.toZonedDateTime(zone).epochMilliseconds;
  if (found + offsetAt(found, zone) === wanted) return found;

  const beforeGap = clock.toZonedDateTime(zone, { disambiguation: "earlier" });
  const afterGap = beforeGap.getTimeZoneTransition("next")!.epochMilliseconds;
  return dayOf(afterGap, zone) === date ? afterGap : windowNearChange(date, digestHour - 1, zone);
}

/**
 * Every full hour that the wall clock shows. Where the clock goes back an hour, that hour comes twice and each of the two
 * gets its own email, because each holds its own events; where a gap takes a full hour, and more than an hour would pass
 * without an email, the end of the gap stands for it.
 */
function nextHourly(zone: string, { after, last }: Progress): number {
  let window = nextFullHour(after, zone);
  while (last !== null && hourOf(window, zone) === hourOf(last, zone)) {
    window = nextFullHour(window, zone);
  }
  return window;
}

function nextFullHour(after: number, zone: string): number {
  const next = hourOf(after, zone) + hour;
  if (offsetAt(next, zone) === offsetAt(after, zone)) return next;

  const change = localTime(after, zone).getTimeZoneTransition("next")!.epochMilliseconds;
  const [before, now] = [change + offsetAt(change - 1, zone), change + offsetAt(change, zone)];
  const tookFullHour = Math.ceil(before / hour) <= Math.floor(now / hour);
  return tookFullHour || now % hour === 0 ? change : hourOf(change, zone) + hour;
}

/** The instant at which the wall clock's hour began, as if the clock had not changed within it. */
function hourOf(instant: number, zone: string): number {
  const shift = offsetAt(instant, zone);
  return Math.floor((instant + shift) / hour) * hour - shift;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function dayText(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  if (date.equals(today)) return "Today";
  if (date.equals(today.add({ days: 1 }))) return "Tomorrow";
  return writtenDay(date, today);
}

function writtenDay(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const written = `${weekdays[date.dayOfWeek - 1]} ${date.day} ${months[date.month - 1]}`;
  return date.year === today.year ? written : `${written} ${date.year}`;
}
