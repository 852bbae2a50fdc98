import type { EmailContent } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import type { ShownNotification } from "../domain/notifications.ts";

type Reason = EmailContent["reasons"][number];

interface EventReasonsProps {
  event: Event;
  reasons: Reason[];
  /** The notifications as they are now, without those that were deleted. */
  notifications: ReadonlyMap<number, ShownNotification>;
  /** The page that stands here, to come back to. */
  page: string;
}

/** Why an event was told: every notification as it read then, and what can be done about it now. */
export function EventReasons({ event, reasons, notifications, page }: EventReasonsProps) {
  return (
    <>
      {reasons.map(({ id, sentence }) => (
        <div class="row-note reason">
          <ReasonText
            sentence={sentence}
            event={event}
            notification={notifications.get(id)}
            page={page}
          />
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

function ReasonText({ sentence, event, notification, page }: ReasonTextProps) {
  if (!notification) return <>Why: {sentence} (deleted since)</>;
  const { id, mutedAt } = notification;
  const back = encodeURIComponent(`${page}#event-${event.seq}`);
  return (
    <>
      Why: <a href={`/notifications/${id}`}>{sentence}</a>{" "}
      <a href={narrowPath(notification, event)}>Narrow</a> {mutedAt === null
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

/** The form of every Mute button among the reasons: a page has many of those, and one of this. */
export function ReasonForm() {
  return <form id="reason-form" method="post"></form>;
}

/** The window that leaves out what is like this event; a Default one is left as it is, and a duplicate asks for less. */
function narrowPath({ id, kind }: ShownNotification, { seq }: Event): string {
  return kind === "custom"
    ? `/notifications/${id}/edit?unlike=${seq}`
    : `/notifications/new?from=${id}&unlike=${seq}`;
}
