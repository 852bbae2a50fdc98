import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Searchable } from "../domain/search.ts";
import { Icon } from "./icons.tsx";

/** The three dots of a notification: everything that can be done with it. */
export function NotificationActions({ notification }: { notification: Searchable }) {
  const { id, type, kind } = notification;
  const name = `Actions for ${eventTypeLabel(type)}`;
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
      <div id={`menu-${id}`} class="menu" popover="auto" role="menu" aria-label={name}>
        {kind === "custom" && <WindowItem href={`/notifications/${id}/edit`} label="Edit" />}
        <WindowItem href={`/notifications/new?from=${id}`} label="Duplicate" />
        <MuteItem notification={notification} />
        {kind === "custom" && <DeleteItem id={id} />}
      </div>
    </div>
  );
}

function WindowItem({ href, label }: { href: string; label: string }) {
  return (
    <a role="menuitem" class="menu-item" href={href} hx-get={href} hx-target="#window">{label}</a>
  );
}

function MuteItem({ notification: { id, mutedAt } }: { notification: Searchable }) {
  const path = `/notifications/${id}/mute`;
  const isMuted = mutedAt !== null;
  const method = isMuted ? "DELETE" : "PUT";
  return (
    <form
      role="none"
      method="post"
      action={`${path}?_method=${method}`}
      {...{ [isMuted ? "hx-delete" : "hx-put"]: path }}
      hx-target="closest li"
      hx-swap="outerHTML"
    >
      <button type="submit" role="menuitem" class="menu-item">{isMuted ? "Unmute" : "Mute"}</button>
    </form>
  );
}

function DeleteItem({ id }: { id: number }) {
  const path = `/notifications/${id}`;
  return (
    <form
      role="none"
      method="post"
      action={`${path}?_method=DELETE`}
      hx-delete={path}
      hx-target="#list"
      hx-swap="outerHTML"
    >
      <button type="submit" role="menuitem" class="menu-item menu-item-danger">Delete</button>
    </form>
  );
}
