import { activityDays, recentDays } from "../domain/activity.ts";
import type { Event } from "../domain/events.ts";
import type { Searchable } from "../domain/search.ts";
import { EventListPage } from "./event_list.tsx";
import { NotificationSentence } from "./notification_row.tsx";
import { counted } from "./counted.ts";
import type { Shell } from "./page.tsx";
import { dateInSentence } from "./times.tsx";

interface MatchedEventsProps {
  shell: Shell;
  notification: Searchable;
  /** Since when it is muted, where what that kept away is asked for. */
  mutedAt: number | null;
  total: number;
  /** Those of this page, the newest first. */
  events: Event[];
  page: number;
  pages: number;
  knownSince: number | null;
  zone: string;
  now: number;
}

/** The events that a notification matched lately, told or not. */
export function MatchedEventsPage(props: MatchedEventsProps) {
  const { shell, notification, events, zone, now } = props;
  const back = {
    href: `/notifications/${notification.id}`,
    label: "Email notification settings",
  };
  return (
    <EventListPage
      {...{ shell, back, events, zone, now }}
      title="What matched"
      about={<NotificationSentence notification={notification} />}
      amount={<Amount {...props} />}
    >
      <Pages {...props} />
    </EventListPage>
  );
}

function Amount({ mutedAt, total, knownSince, zone, now }: MatchedEventsProps) {
  const text = counted(total, "event");
  const known = knownSince !== null &&
    ` There are more events than are looked at: those since ${
      dateInSentence(knownSince, zone, now)
    } are.`;
  if (mutedAt === null) return <>{text} in the last {activityDays} days. Times in {zone}.{known}</>;
  return (
    <>
      {text} kept away since {dateInSentence(mutedAt, zone, now)}, at most {recentDays}{" "}
      days back. Times in {zone}.{known}
    </>
  );
}

function Pages({ notification, mutedAt, page, pages }: MatchedEventsProps) {
  if (pages < 2) return null;
  const since = mutedAt === null ? "" : "since=mute&";
  const path = (to: number) => `/notifications/${notification.id}/events?${since}page=${to}`;
  return (
    <nav class="pages" aria-label="Pages">
      {page > 1 && <a href={path(page - 1)} rel="prev">Newer</a>}
      <span>{`Page ${page} of ${pages}`}</span>
      {page < pages && <a href={path(page + 1)} rel="next">Older</a>}
    </nav>
  );
}
