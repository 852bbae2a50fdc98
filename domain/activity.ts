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
  readonly days: readonly number[];
  /** The sum of `days`. */
  readonly total: number;
  /** When the newest that matched happened, within the recent days; null without any. */
  readonly lastAt: number | null;
  /** How many of the recent ones matched since it was muted. */
  readonly keptAway: number;
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
  const counts = notifications.map((counted) => ({ ...counted, count: noCount() }));
  const match = compile(counts);
  const activity = new Map<number, Activity>(counts.map(({ id }) => [id, noActivity]));
  const add = (events: Iterable<Event>) => {
    const counted = new Set<(typeof counts)[0]>();
    for (const event of events) {
      const index = recent.indexOf(event.time);
      if (index < 0) continue;
      for (const each of match(event)) {
        countEvent(each, event.time, index - unbarred);
        counted.add(each);
      }
    }
    // What was given away never changes: whoever has something of it can tell that it is still true.
    for (const { id, count } of counted) activity.set(id, { ...count, days: [...count.days] });
  };
  return { add, activity };
}

/** An activity while it is counted. */
interface Count {
  days: number[];
  total: number;
  lastAt: number | null;
  keptAway: number;
}

function noCount(): Count {
  return { days: Array<number>(activityDays).fill(0), total: 0, lastAt: null, keptAway: 0 };
}

/** Of something that never matched. */
export const noActivity: Activity = noCount();

function countEvent({ count, mutedAt }: Countable & { count: Count }, time: number, day: number) {
  if (day >= 0) {
    count.days[day]! += 1;
    count.total += 1;
  }
  count.lastAt = Math.max(count.lastAt ?? time, time);
  if (mutedAt !== null && time >= mutedAt) count.keptAway += 1;
}
