import type { Child } from "hono/jsx";
import { eventTypeLabel, isDeadlineType } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { dueText } from "../domain/schedule.ts";
import { Days } from "./days.tsx";
import { timeText, When } from "./times.tsx";

interface Viewpoint {
  zone: string;
  now: number;
}

/** Events under the days on which they happened; `note` may add a line to each. */
export function EventDays(
  { events, note, zone, now }: Viewpoint & { events: Event[]; note?: (event: Event) => Child },
) {
  return (
    <Days
      items={events}
      at={({ time }) => time}
      row={(event) => <EventRow event={event} note={note?.(event)} zone={zone} now={now} />}
      zone={zone}
      now={now}
    />
  );
}

function EventRow({ event, note, zone, now }: Viewpoint & { event: Event; note?: Child }) {
  const { seq, type, time, data } = event;
  return (
    <li class="row event" id={`event-${seq}`}>
      <span class="event-time">
        <When at={time} zone={zone} text={timeText(time, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          <a href={`/events/${seq}`}>
            <strong>{eventTypeLabel(type)}</strong>
          </a>{" "}
          <span dir="auto">{data.title?.name}</span> <RequestLink event={event} />
        </p>
        {data.summary && <p class="row-note" dir="auto">{data.summary}</p>}
        {note}
      </div>
      <Deadline event={event} zone={zone} now={now} />
    </li>
  );
}

/** "(SR-48213)", which leads to where the event comes from. */
export function RequestLink({ event: { subject, data } }: { event: Event }) {
  if (!subject && !data.url) return null;
  const words = `(${subject ?? "open"})`;
  return data.url ? <a href={data.url} rel="noreferrer">{words}</a> : <span>{words}</span>;
}

function Deadline({ event: { type, data }, zone, now }: Viewpoint & { event: Event }) {
  if (!isDeadlineType(type) || typeof data.due !== "string") return null;
  return <span class="deadline">Due {dueText(data.due, zone, now)}</span>;
}
