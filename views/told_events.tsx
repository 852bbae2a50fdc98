import { activityDays } from "../domain/activity.ts";
import type { Event } from "../domain/events.ts";
import { counted } from "./counted.ts";
import { EventListPage } from "./event_list.tsx";
import type { Shell } from "./page.tsx";

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
export function ToldEventsPage({ total, ...props }: ToldEventsProps) {
  const { events, zone } = props;
  return (
    <EventListPage
      {...props}
      back={{ href: "/noise", label: "What fills your inbox" }}
      amount={
        <>
          {counted(total, "event")} in the last {activityDays} days
          {events.length < total && `, of which these are the newest ${events.length}`}. Times in
          {" "}
          {zone}.
        </>
      }
    />
  );
}
