import type { QuietHours } from "../domain/quiet_hours.ts";
import { nextDigestText } from "../domain/schedule.ts";
import { knownZone, offsetAt, zoneName } from "../domain/zones.ts";

// Instants as their reader would say them; milliseconds since the epoch throughout.

const day = 86_400_000;

/** An instant in words, the exact one on hover and for programs. */
export function When({ at, zone, text }: { at: number; zone: string; text: string }) {
  return <time datetime={new Date(at).toISOString()} title={exactText(at, zone)}>{text}</time>;
}

/** "Fri 20 Nov 2026 14:05:09 UTC+01:00". Without Intl: its first use takes a process far longer than a whole page. */
export function exactText(at: number, zone: string): string {
  const { weekday, date, year, clock, second } = wallClock(at, zone);
  const offset = offsetAt(at, knownZone(zone));
  const [, ahead] = /T(\d+:\d+)/.exec(new Date(Math.abs(offset)).toISOString())!;
  return `${weekday} ${date} ${year} ${clock}:${second} UTC${offset < 0 ? "-" : "+"}${ahead}`;
}

/** "14:05, Madrid": a time never goes without its zone. */
export function clockText(at: number, zone: string): string {
  return `${timeText(at, zone)}, ${zoneName(zone)}`;
}

/** "14:05", for a list whose heading names the zone. */
export function timeText(at: number, zone: string): string {
  return formatter(zone, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** "08:00" for 8. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** "22:00 to 07:00, Madrid", or null without quiet hours. */
export function quietText({ zone, quietFrom, quietUntil }: QuietHours): string | null {
  if (quietFrom === null || quietUntil === null) return null;
  return `${hourText(quietFrom)} to ${hourText(quietUntil)}, ${zoneName(zone)}`;
}

/** The local calendar date of an instant, as year-month-day. */
export function dateText(at: number, zone: string): string {
  return formatter(zone, { dateStyle: "short" }, "sv-SE").format(at);
}

/** "Today", "Yesterday" or "Friday 20 November"; the year only where it is another one. */
export function dayText(at: number, zone: string, now: number): string {
  const date = dateText(at, zone);
  if (date === dateText(now, zone)) return "Today";
  if (date === dateText(now - day, zone)) return "Yesterday";
  const sameYear = date.slice(0, 4) === dateText(now, zone).slice(0, 4);
  const long = { weekday: "long", day: "numeric", month: "long" } as const;
  return formatter(zone, sameYear ? long : { ...long, year: "numeric" }).format(at)
    .replace(",", "");
}

/** The same within a sentence: "today". */
export function dayInSentence(at: number, zone: string, now: number): string {
  return dayText(at, zone, now).replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase());
}

/** An instant and its zone within a sentence: "today 14:05, Madrid". */
export function Moment({ at, zone, now }: { at: number; zone: string; now: number }) {
  const text = nextDigestText(at, zone, now);
  const lower = text.replace(/^To(day|morrow)/, (word) => word.toLowerCase());
  return <When at={at} zone={zone} text={lower} />;
}

/** "Tue 17 Nov 09:12", of an instant in the last months. Every row of a long list says one, so it does without Intl. */
export function momentText(at: number, zone: string): string {
  const { weekday, date, clock } = wallClock(at, zone);
  return `${weekday} ${date} ${clock}`;
}

/** "Mon 30 Nov". */
export function shortDayText(at: number, zone: string): string {
  const { weekday, date } = wallClock(at, zone);
  return `${weekday} ${date}`;
}

/** "3 Nov", the year only where it is another one. */
export function dateInSentence(at: number, zone: string, now: number): string {
  const { date, year } = wallClock(at, zone);
  return year === wallClock(now, zone).year ? `${date}` : `${date} ${year}`;
}

/** What the clock on the wall says, taken apart: weekday, date, year, clock and second. */
function wallClock(at: number, zone: string) {
  const said = new Date(at + offsetAt(at, knownZone(zone))).toUTCString();
  const [, weekday, date, year, clock, second] = /^(\w+), 0?(\d+ \w+) (-?\d+) (\d+:\d+):(\d+)/.exec(
    said,
  )!;
  return { weekday, date, year, clock, second };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs more than using it, so each is kept; an unknown zone reads as UTC. */
function formatter(
  zone: string,
  options: Intl.DateTimeFormatOptions,
  locale = "en-GB",
): Intl.DateTimeFormat {
  const key = JSON.stringify([zone, options, locale]);
  const kept = formatters.get(key);
  if (kept) return kept;
  const made = makeFormatter(zone, options, locale);
  formatters.set(key, made);
  return made;
}

function makeFormatter(zone: string, options: Intl.DateTimeFormatOptions, locale: string) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  }
}
