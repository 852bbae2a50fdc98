import type { Child } from "hono/jsx";
import { eventTypeLabel, isDeadlineType } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { dueText } from "../domain/schedule.ts";
import { clockText, dateText, dayText, When } from "./times.tsx";

interface Viewpoint {
  zone: string;
  now: number;
}

/** Events under the days on which they happened; `note` may add a line to each. */
export function EventDays(
  { events, note, zone, now }: Viewpoint & { events: Event[]; note?: (event: Event) => Child },
) {
  const days = Map.groupBy(events, ({ time }) => dateText(time, zone));
  return (
    <>
      {[...days].map(([date, ofDay]) => (
        <section class="group" aria-labelledby={`day-${date}`}>
          <header class="group-head">
            <h2 id={`day-${date}`}>{dayText(ofDay[0]!.time, zone, now)}</h2>
          </header>
          <ul role="list">
            {ofDay.map((event) => (
              <EventRow event={event} note={note?.(event)} zone={zone} now={now} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function EventRow({ event, note, zone, now }: Viewpoint & { event: Event; note?: Child }) {
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
        {note}
      </div>
      <Deadline event={event} zone={zone} now={now} />
    </li>
  );
}

function Deadline({ event: { type, data }, zone, now }: Viewpoint & { event: Event }) {
  if (!isDeadlineType(type) || typeof data.due !== "string") return null;
  return <span class="deadline">Due {dueText(data.due, zone, now)}</span>;
}
