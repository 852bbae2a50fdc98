import { eventTypeLabel, isDeadlineType } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { dueText } from "../domain/schedule.ts";
import { Page, type Shell } from "./page.tsx";
import { clockText, dateText, dayText, When } from "./times.tsx";

interface HomeProps {
  shell: Shell;
  events: Event[];
  zone: string;
  /** Whether the user's roles show any event at all. */
  seesEvents: boolean;
  now: number;
}

/** What happened lately, by day. */
export function HomePage({ shell, events, zone, seesEvents, now }: HomeProps) {
  const days = Map.groupBy(events, ({ time }) => dateText(time, zone));
  return (
    <Page shell={shell} title="What happened">
      <section class="panel" aria-labelledby="home-heading">
        <header class="panel-head">
          <div>
            <h1 id="home-heading">What happened</h1>
            <p class="panel-note">The latest that your roles may see. The newest come first.</p>
          </div>
        </header>
        {[...days.values()].map((ofDay) => <Day events={ofDay} zone={zone} now={now} />)}
        {events.length === 0 && <NothingYet seesEvents={seesEvents} />}
      </section>
    </Page>
  );
}

function Day({ events, zone, now }: { events: Event[]; zone: string; now: number }) {
  const { time } = events[0]!;
  const id = `day-${dateText(time, zone)}`;
  return (
    <section class="group" aria-labelledby={id}>
      <header class="group-head">
        <h2 id={id}>{dayText(time, zone, now)}</h2>
      </header>
      <ul role="list">
        {events.map((event) => <EventRow event={event} zone={zone} now={now} />)}
      </ul>
    </section>
  );
}

function EventRow({ event, zone, now }: { event: Event; zone: string; now: number }) {
  const { type, time, subject, data } = event;
  const heading = <strong>{eventTypeLabel(type)}</strong>;
  return (
    <li class="row event">
      <span class="event-time">
        <When at={time} zone={zone} text={clockText(time, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          {data.url ? <a href={data.url} rel="noreferrer">{heading}</a> : heading}{" "}
          <span dir="auto">{data.title?.name}</span> {subject && <span>({subject})</span>}
        </p>
        {data.summary && <p class="row-note" dir="auto">{data.summary}</p>}
      </div>
      <Deadline event={event} zone={zone} now={now} />
    </li>
  );
}

function Deadline({ event: { type, data }, zone, now }: {
  event: Event;
  zone: string;
  now: number;
}) {
  if (!isDeadlineType(type) || typeof data.due !== "string") return null;
  return <span class="deadline">Due {dueText(data.due, zone, now)}</span>;
}

function NothingYet({ seesEvents }: { seesEvents: boolean }) {
  return (
    <div class="empty">
      <p class="empty-title">
        {seesEvents ? "Nothing happened yet" : "Your roles do not show any events"}
      </p>
      <p>
        {seesEvents
          ? "Everything that happens to the requests of your account will stand here."
          : "Ask your account admin for an operations role if you should see them."}
      </p>
    </div>
  );
}
