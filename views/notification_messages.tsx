import type { Child } from "hono/jsx";
import { eventTypeLabel } from "../domain/catalogue.ts";
import { notificationSentence } from "../domain/conditions.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { Message } from "./messages.tsx";

/** What can have been done to a notification that is still there. */
export type Outcome = "saved" | "muted" | "unmuted";

/** What was just done to a notification, with the way back where there is one. */
export function OutcomeMessage(
  { outcome, notification }: { outcome: Outcome; notification: ShownNotification },
) {
  const sentence = notificationSentence(notification);
  if (outcome === "saved") return <Message>Saved: {sentence}</Message>;
  const undo = <MuteUndo id={notification.id} isMuted={outcome === "muted"} />;
  return outcome === "muted"
    ? <Message undo={undo}>Muted: {sentence}</Message>
    : <Message undo={undo}>Unmuted from now on: {sentence}</Message>;
}

/** What was deleted; undoing it creates the same one anew, from now on. */
export function DeletedMessage({ notification }: { notification: ShownNotification }) {
  return (
    <Message undo={<DeleteUndo notification={notification} />}>
      Deleted: {notificationSentence(notification)}
    </Message>
  );
}

/** The same where all that is left is the event type. */
export function DeletedTypeMessage({ type }: { type: string }) {
  return <Message>Deleted: {eventTypeLabel(type)}</Message>;
}

/** A message on its way into the status region of a page that stays. */
export function StatusPartial({ children }: { children: Child }) {
  return <hx-partial hx-target="#status" hx-swap="innerHTML">{children}</hx-partial>;
}

function MuteUndo({ id, isMuted }: { id: number; isMuted: boolean }) {
  const path = `/notifications/${id}/mute`;
  return (
    <form
      method="post"
      action={`${path}?_method=${isMuted ? "DELETE" : "PUT"}`}
      {...{ [isMuted ? "hx-delete" : "hx-put"]: path }}
      hx-target={`#notification-${id}`}
      hx-swap="outerHTML"
    >
      <button type="submit" class="link-button">Undo</button>
    </form>
  );
}

function DeleteUndo({ notification }: { notification: ShownNotification }) {
  const { type, frequency, conditions } = notification;
  return (
    <form method="post" action="/notifications" hx-post="/notifications" hx-target="#window">
      <input type="hidden" name="type" value={type} />
      <input type="hidden" name="frequency" value={frequency} />
      {conditions.map((condition) => (
        <>
          <input type="hidden" name={`op.${condition.field}`} value={condition.op} />
          {("values" in condition ? condition.values : [`${condition.value}`]).map((value) => (
            <input type="hidden" name={`where.${condition.field}`} value={value} />
          ))}
        </>
      ))}
      <button type="submit" class="link-button">Undo</button>
    </form>
  );
}
