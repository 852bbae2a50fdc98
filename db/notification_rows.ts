import type { Frequency } from "../domain/catalogue.ts";
import type { Notification, ShownNotification } from "../domain/notifications.ts";

/** What a query must select for `toShown`. */
export const shownColumns = [
  "id",
  "kind",
  "type",
  "json(conditions)",
  "frequency",
  "muted_at",
  "muted_until",
  "version",
];
export type ShownTuple = [
  number,
  Notification["kind"],
  string,
  Notification["conditions"],
  Frequency,
  number | null,
  number | null,
  number,
];

/** A notification as its owner sees it, from a row of `shownColumns`. */
export function toShown(row: ShownTuple): ShownNotification {
  const [id, kind, type, conditions, frequency, mutedAt, mutedUntil, version] = row;
  return { id, kind, type, conditions, frequency, mutedAt, mutedUntil, version };
}

/** What a query must select for `toNotification`. */
export const notificationColumns = ["bookmark", ...shownColumns];
export type NotificationTuple = [number, ...ShownTuple];

/** A notification from a row of `notificationColumns`. */
export function toNotification([bookmark, ...shown]: NotificationTuple): Notification {
  return { ...toShown(shown), bookmark };
}
