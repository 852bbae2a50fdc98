import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Searchable } from "../domain/search.ts";
import { LastNote } from "./coverage.tsx";
import { Icon } from "./icons.tsx";

interface ActionsProps {
  notification: Searchable;
  /** The account in which nobody would hear about its event type without it. */
  lastIn?: string;
  /** Whether its owner may give copies to colleagues. */
  mayCopy?: boolean;
}

/** The three dots of a notification: everything that can be done with it. htmx sends what the plain links and forms would. */
export function NotificationActions({ notification, lastIn, mayCopy }: ActionsProps) {
  const { id, type, kind } = notification;
  const name = `Actions for ${eventTypeLabel(type)}`;
  const note = lastIn === undefined ? undefined : `last-${id}`;
  return (
    <div class="row-actions">
      <button
        type="button"
        id={`actions-${id}`}
        class="icon-button"
        popovertarget={`menu-${id}`}
        aria-haspopup="menu"
        aria-label={name}
      >
        <Icon name="ellipsis" />
      </button>
      <div
        id={`menu-${id}`}
        class="menu"
        popover="auto"
        role="menu"
        aria-label={name}
        hx-boost:inherited="push:false"
      >
        {kind === "custom" && <WindowItem href={`/notifications/${id}/edit`} label="Edit" />}
        <WindowItem href={`/notifications/new?from=${id}`} label="Duplicate" />
        {kind === "custom" && mayCopy && (
          <PageItem href={`/notifications/${id}/copies`} label="Copy to colleagues" />
        )}
        {lastIn !== undefined && <LastNote id={note} account={lastIn} types={[type]} />}
        <MuteItem notification={notification} note={note} />
        {canSnooze(notification) && (
          <PageItem href={`/notifications/${id}/snooze`} label="Snooze" note={note} />
        )}
        {kind === "custom" && <DeleteItem id={id} note={note} />}
      </div>
    </div>
  );
}

function WindowItem({ href, label }: { href: string; label: string }) {
  return <a role="menuitem" class="menu-item" href={href} hx-target="#window">{label}</a>;
}

/** `note` is the id of what there is to know before. */
function MuteItem(
  { notification: { id, mutedAt }, note }: { notification: Searchable; note?: string },
) {
  const isMuted = mutedAt !== null;
  return (
    <form
      role="none"
      method="post"
      action={`/notifications/${id}/mute?_method=${isMuted ? "DELETE" : "PUT"}`}
      hx-target="closest li"
      hx-swap="outerHTML"
    >
      <button type="submit" role="menuitem" class="menu-item" aria-describedby={note}>
        {isMuted ? "Unmute" : "Mute"}
      </button>
    </form>
  );
}

function canSnooze({ mutedAt, mutedUntil }: Searchable): boolean {
  return mutedAt === null || mutedUntil !== null;
}

/** Leads to a page of its own, not to a part of this one. */
function PageItem({ href, label, note }: { href: string; label: string; note?: string }) {
  return (
    <a role="menuitem" class="menu-item" href={href} hx-boost="false" aria-describedby={note}>
      {label}
    </a>
  );
}

function DeleteItem({ id, note }: { id: number; note?: string }) {
  return (
    <form
      role="none"
      method="post"
      action={`/notifications/${id}?_method=DELETE`}
      hx-target="#list"
      hx-swap="outerHTML"
    >
      <button
        type="submit"
        role="menuitem"
        class="menu-item menu-item-danger"
        aria-describedby={note}
      >
        Delete
      </button>
    </form>
  );
}
