import { activityDays } from "../domain/activity.ts";
import type { Event } from "../domain/events.ts";
import { counted } from "./counted.ts";
import { EventDays } from "./events.tsx";
import { Page, type Shell } from "./page.tsx";

interface ToldEventsProps {
  shell: Shell;
  /** What the events have in common: an event type, or the notification that tells them. */
  title: string;
  /** The newest first. */
  events: Event[];
  /** How many there are, the older ones included. */
  total: number;
  zone: string;
  now: number;
}

/** The events that a number of the noise page counts. */
export function ToldEventsPage({ shell, title, events, total, zone, now }: ToldEventsProps) {
  return (
    <Page shell={shell} title={title}>
      <section class="panel" aria-labelledby="told-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href="/noise">What fills your inbox</a>
            </p>
            <h1 id="told-heading">{title}</h1>
            <p class="panel-note">
              {counted(total, "event")} in the last {activityDays} days
              {events.length < total && `, of which these are the newest ${events.length}`}. Times
              in {zone}.
            </p>
          </div>
        </header>
        <EventDays events={events} zone={zone} now={now} />
      </section>
    </Page>
  );
}
