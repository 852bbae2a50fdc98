import { activityDays, recentDays } from "../domain/activity.ts";
import type { Event } from "../domain/events.ts";
import type { Searchable } from "../domain/search.ts";
import { EventDays } from "./events.tsx";
import { NotificationSentence } from "./notification_row.tsx";
import { counted } from "./counted.ts";
import { Page, type Shell } from "./page.tsx";
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
  return (
    <Page shell={shell} title="What matched">
      <section class="panel" aria-labelledby="matched-heading">
        <p class="back">
          <a href={`/notifications/${notification.id}`}>Email notification settings</a>
        </p>
        <header class="panel-head">
          <div>
            <h1 id="matched-heading">What matched</h1>
            <NotificationSentence notification={notification} />
            <p class="panel-note">
              <Amount {...props} />
            </p>
          </div>
        </header>
        <EventDays events={events} zone={zone} now={now} />
        <Pages {...props} />
      </section>
    </Page>
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
