import { eventTypeLabel } from "../domain/catalogue.ts";
import type { ToldEvent } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { requestStates } from "../domain/requests.ts";
import { EventDays } from "./events.tsx";
import { Moment } from "./times.tsx";

interface ToldEventsProps {
  /** Those of one page. */
  items: ToldEvent[];
  /** The notifications among the reasons as they are now, without those that were deleted. */
  notifications: ReadonlyMap<number, ShownNotification>;
  /** The page that stands here, to come back to. */
  page: string;
  zone: string;
  now: number;
}

/** What an email tells, by day: the newest event of each request, what came before folded away, and each with why and what can be done about that now. */
export function ToldEvents({ items, ...props }: ToldEventsProps) {
  const requests = requestStates(items);
  const byNewest = new Map(requests.map((request) => [request.newest.event.seq, request]));
  const note = ({ seq }: Event) => {
    const { newest, earlier } = byNewest.get(seq)!;
    return (
      <>
        <Reasons told={newest} {...props} />
        {earlier.length > 0 && <EarlierEvents earlier={earlier} {...props} />}
      </>
    );
  };
  // The days run as the log does.
  const events = requests.map(({ newest }) => newest.event).sort((a, b) => a.seq - b.seq);
  const { zone, now } = props;
  return (
    <>
      <form id="reason-form" method="post"></form>
      <EventDays {...{ events, note, zone, now }} />
    </>
  );
}

type Surroundings = Omit<ToldEventsProps, "items">;

function EarlierEvents({ earlier, ...props }: Surroundings & { earlier: ToldEvent[] }) {
  const { zone, now } = props;
  return (
    <details class="earlier">
      <summary>{earlier.length} earlier</summary>
      <ul role="list">
        {earlier.map(({ event, reasons }) => (
          <li id={`event-${event.seq}`}>
            <a href={`/events/${event.seq}`}>{eventTypeLabel(event.type)}</a>,{" "}
            <Moment at={event.time} zone={zone} now={now} />
            {event.data.summary && <p class="row-note" dir="auto">{event.data.summary}</p>}
            <Reasons told={{ event, reasons }} {...props} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Reasons({ told, page, notifications }: Surroundings & { told: ToldEvent }) {
  const { event, reasons } = told;
  return (
    <>
      {reasons.map(({ id, sentence }) => (
        <div class="row-note reason">
          <ReasonText {...{ sentence, event, page }} notification={notifications.get(id)} />
        </div>
      ))}
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
