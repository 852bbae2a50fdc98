import type { ToldEvent } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { EventDays } from "./events.tsx";

interface ToldEventsProps {
  items: ToldEvent[];
  /** The notifications among the reasons as they are now, without those that were deleted. */
  notifications: ReadonlyMap<number, ShownNotification>;
  /** The page that stands here, to come back to. */
  page: string;
  zone: string;
  now: number;
}

/** What an email tells, by day: each event with why, and with what can be done about that now. */
export function ToldEvents({ items, notifications, page, zone, now }: ToldEventsProps) {
  const reasons = new Map(items.map(({ event, reasons }) => [event.seq, reasons]));
  const note = (event: Event) =>
    reasons.get(event.seq)!.map(({ id, sentence }) => (
      <div class="row-note reason">
        <ReasonText {...{ sentence, event, page }} notification={notifications.get(id)} />
      </div>
    ));
  return (
    <>
      <form id="reason-form" method="post"></form>
      <EventDays {...{ note, zone, now }} events={items.map(({ event }) => event)} />
    </>
  );
}

interface ReasonTextProps {
  sentence: string;
  event: Event;
  notification: ShownNotification | undefined;
  page: string;
}

/** The buttons share one form: a page has many of them. */
function ReasonText({ sentence, event, notification, page }: ReasonTextProps) {
  if (!notification) return <>Why: {sentence} (deleted since)</>;
  const { id, mutedAt } = notification;
  const back = encodeURIComponent(`${page}#event-${event.seq}`);
  return (
    <>
      Why: <a href={`/notifications/${id}`}>{sentence}</a>{" "}
      <a class="link-button" href={narrowPath(notification, event)}>Narrow</a> {mutedAt === null
        ? (
          <button
            type="submit"
            class="link-button"
            form="reason-form"
            formaction={`/notifications/${id}/mute?_method=PUT&back=${back}`}
          >
            Mute
          </button>
        )
        : "(muted since)"}
    </>
  );
}

/** The window that leaves out what is like this event; a Default one is left as it is, and a duplicate asks for less. */
function narrowPath({ id, kind }: ShownNotification, { seq }: Event): string {
  return kind === "custom"
    ? `/notifications/${id}/edit?unlike=${seq}`
    : `/notifications/new?from=${id}&unlike=${seq}`;
}
