import type { Frequency } from "../domain/catalogue.ts";
import type { Notification } from "../domain/notifications.ts";

/** What a query must select for `toNotification`. */
export const notificationColumns = [
  "id",
  "kind",
  "type",
  "json(conditions)",
  "frequency",
  "bookmark",
  "muted_at",
  "muted_until",
  "version",
];
export type NotificationTuple = [
  number,
  Notification["kind"],
  string,
  Notification["conditions"],
  Frequency,
  number,
  number | null,
  number | null,
  number,
];

/** A notification from a row of `notificationColumns`. */
export function toNotification(row: NotificationTuple): Notification {
  const [id, kind, type, conditions, frequency, bookmark, mutedAt, mutedUntil, version] = row;
  return { id, kind, type, conditions, frequency, bookmark, mutedAt, mutedUntil, version };
}
