import { dayOf, knownZone } from "./zones.ts";

/** The last days of somebody's calendar, today the last of them. */
export interface LastDays {
  /** As year-month-day, the oldest first. */
  dates: string[];
  /** Which of the days an instant falls on, counted from the oldest: 0 or more, or less than 0 where it falls on none. */
  indexOf(instant: number): number;
}

/** The last `count` days, by the calendar that the zone shows at `now`. */
export function lastDays(count: number, { zone, now }: { zone: string; now: number }): LastDays {
  const known = knownZone(zone);
  const first = dayOf(now, known) - count + 1;
  return {
    dates: Array.from({ length: count }, (_, index) => dateOf(first + index)),
    indexOf: (instant) => {
      const index = dayOf(instant, known) - first;
      return index < count ? index : -1;
    },
  };
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
