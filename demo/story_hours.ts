import type { Chance } from "./chance.ts";

// When people are at work, in milliseconds since the epoch. An office keeps the clock that it has when the
// story ends: a clock change within it would be an hour that nobody notices.

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const opens = 9 * hour;
const closes = 18 * hour;

/** How far the wall clock of a zone is ahead of UTC at an instant. */
export function clockOffset(zone: string, at: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return local.offsetNanoseconds / 1_000_000;
}

/** The instant itself when somebody is in the office, else one in the next office hours; now and then people work late. */
export function atWork(at: number, offset: number, chance: Chance): number {
  const local = at + offset;
  const midnight = dayStart(local);
  const late = chance.happens(0.05);
  const hourOfDay = chance.between(opens, closes);
  if (late) return at;
  if (isWorkday(midnight)) {
    if (local - midnight < opens) return midnight + hourOfDay - offset;
    if (local - midnight < closes) return at;
  }
  return nextWorkday(midnight) + hourOfDay - offset;
}

/** The office hour that lies at this fraction (0 to 1) of all the office hours between two instants. */
export function workInstant(from: number, until: number, fraction: number): number {
  const days: number[] = [];
  for (let midnight = dayStart(from); midnight < until; midnight += day) {
    if (isWorkday(midnight)) days.push(midnight);
  }
  const position = fraction * days.length;
  const index = Math.floor(position);
  return days[index]! + opens + (position - index) * (closes - opens);
}

/** The first instant of the day, in UTC, of an instant. */
export function dayStart(at: number): number {
  return Math.floor(at / day) * day;
}

/** The first instant of the day, or of the Monday after it where it is a weekend's. */
export function workdayFrom(at: number): number {
  const midnight = dayStart(at);
  return isWorkday(midnight) ? midnight : nextWorkday(midnight);
}

function isWorkday(midnight: number): boolean {
  // The epoch was a Thursday.
  const weekday = (midnight / day + 3) % 7;
  return weekday < 5;
}

function nextWorkday(midnight: number): number {
  const next = midnight + day;
  return isWorkday(next) ? next : nextWorkday(next);
}
