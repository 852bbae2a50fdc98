import { type Activity, activityDays, recentDays } from "../domain/activity.ts";
import type { Searchable } from "../domain/search.ts";
import { roleLost } from "../domain/search_terms.ts";
import { counted, numberText } from "./counted.ts";
import { Marked } from "./search.tsx";
import { dateInSentence, momentText } from "./times.tsx";

export interface ActivityProps {
  notification: Searchable;
  /** The plain words that were searched for. */
  marks?: readonly string[];
  /** Undefined of one that its owner's roles do not show any more: what it would match is not theirs to know. */
  activity: Activity | undefined;
  zone: string;
  now: number;
}

/** The last days of a notification as small bars, and how many events that makes, in two columns. */
export function ActivityColumns(
  { notification: { id }, activity }: Pick<ActivityProps, "notification" | "activity">,
) {
  if (!activity) return null;
  const { days, total } = activity;
  return (
    <>
      {total > 0 && <Bars days={days} />}
      <a
        class="row-count"
        href={`/notifications/${id}/events`}
        aria-label={`${counted(total, "event")} in ${activityDays} days`}
      >
        {numberText(total)}
      </a>
    </>
  );
}

/** A bar for each day with events. They are the same in every row: twice as many events are one step more. */
function Bars({ days }: Pick<Activity, "days">) {
  const bars = days.map((count, day) => ({ day, height: heightOf(count) }))
    .filter(({ height }) => height > 0);
  // Each begins where the one before ended, which makes small numbers of forty long lists.
  const path = bars.map(({ day, height }, index) => {
    const before = bars[index - 1] ?? { day: 0, height: 0 };
    return `m${day - before.day} ${before.height}v-${height}`;
  });
  return (
    <svg
      class="row-bars"
      viewBox="-.5 -6 30 6"
      role="img"
      aria-label={`Most in a day: ${Math.max(...days)}`}
    >
      <path d={path.join("")} />
    </svg>
  );
}

function heightOf(count: number): number {
  return count === 0 ? 0 : Math.min(6, Math.round(1 + Math.log2(count)));
}

/** When a notification last fired, or what it kept away while it was muted. */
export function ActivityNote({ notification, marks = [], activity, zone, now }: ActivityProps) {
  const { id, mutedAt } = notification;
  if (!activity) return <Marked text={roleLost} words={marks} />;
  const { lastAt, keptAway } = activity;
  if (mutedAt !== null) {
    const since = dateInSentence(mutedAt, zone, now);
    if (keptAway === 0) return <>Kept nothing away since {since}</>;
    return (
      <>
        Kept away{" "}
        <a href={`/notifications/${id}/events?since=mute`}>{counted(keptAway, "event")}</a> since
        {" "}
        {since}
      </>
    );
  }
  if (lastAt === null) return <>Not in the last {recentDays} days</>;
  return (
    <>
      Last fired <time datetime={minuteOf(lastAt)}>{momentText(lastAt, zone)}</time>
    </>
  );
}

/** "2026-11-19T09:30Z": the seconds of forty rows weigh more than anybody learns from them. */
function minuteOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16)}Z`;
}
