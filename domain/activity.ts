import { lastDays } from "./days.ts";
import type { Event } from "./events.ts";
import { compile, type Matchable } from "./match.ts";

// What notifications matched lately, told or not: the matcher that the mail asks says it.

/** How many days are counted. */
export const activityDays = 30;
/** How many days "lately" reaches back: what happened before them is not looked at. */
export const recentDays = 90;
/** How many of the recent days lie before those that are counted. */
const unbarred = recentDays - activityDays;

export interface Activity {
  /** How many events matched on each of the last days, the oldest first, by the calendar of the reader. */
  days: number[];
  /** The sum of `days`. */
  total: number;
  /** When the newest that matched happened, within the recent days; null without any. */
  lastAt: number | null;
  /** How many of the recent ones matched since it was muted. */
  keptAway: number;
}

/** The part of a notification that counting reads. */
export interface Countable extends Matchable {
  id: number;
  mutedAt: number | null;
}

/** Counts what each notification matched, by its id; `add` takes further events, in any order. */
export function tally(
  notifications: readonly Countable[],
  { zone, now }: { zone: string; now: number },
) {
  const recent = lastDays(recentDays, { zone, now });
  const counts = notifications.map((counted) => ({ ...counted, activity: noActivity() }));
  const match = compile(counts);
  const add = (events: Iterable<Event>) => {
    for (const event of events) {
      const index = recent.indexOf(event.time);
      if (index < 0) continue;
      for (const { activity, mutedAt } of match(event)) {
        countEvent(activity, event.time, index - unbarred);
        if (mutedAt !== null && event.time >= mutedAt) activity.keptAway += 1;
      }
    }
  };
  return { add, activity: new Map(counts.map(({ id, activity }) => [id, activity])) };
}

/** Of something that never matched. */
export function noActivity(): Activity {
  return { days: Array<number>(activityDays).fill(0), total: 0, lastAt: null, keptAway: 0 };
}

function countEvent(activity: Activity, time: number, day: number): void {
  if (day >= 0) {
    activity.days[day]! += 1;
    activity.total += 1;
  }
  activity.lastAt = Math.max(activity.lastAt ?? time, time);
}
