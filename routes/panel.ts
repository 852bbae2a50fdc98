import type { Visit } from "../db/visits.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { granted } from "../domain/notifications.ts";
import { eventTypeIds } from "../domain/catalogue.ts";
import type { PanelProps } from "../views/notification_list.tsx";

/** What the panel shows of a user's notifications: no Default one that the roles do not grant any more. */
export function panelOf(
  { user, notifications, nextDigests }: Visit,
  view: Pick<PanelProps, "query" | "current" | "now">,
): PanelProps {
  const isGranted = granted(user.roles);
  const shown = notifications
    .map((notification) => ({ ...notification, granted: isGranted(notification) }))
    .filter((notification) => notification.granted || notification.kind === "custom")
    .sort((a, b) => place(a) - place(b) || a.id - b.id);
  return { ...view, notifications: shown, nextDigests, reader: user };
}

/** In the order of the catalogue, which is the order of a request's life; Default before Custom. */
function place({ type, kind }: ShownNotification): number {
  const index = eventTypeIds.indexOf(type);
  return (index < 0 ? eventTypeIds.length : index) * 2 + (kind === "custom" ? 1 : 0);
}
