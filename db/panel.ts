import { type SQL, sql } from "drizzle-orm";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { type Database, jsonRows, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

/** All notifications of a user, and when the next digests are due. */
export interface LoadedNotifications {
  notifications: Notification[];
  nextDigests: Map<DigestFrequency, number>;
}

/** All notifications of a user that were not deleted, and when the next digests are due: one round trip. */
export async function loadNotifications(
  db: Database,
  userId: string,
): Promise<LoadedNotifications> {
  const own = sql`
    SELECT * FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY type, id`;
  const answers = await db.all<{ rows: string } & DigestsAnswer>(sql`
    SELECT (${jsonRows(notificationColumns, own)}) AS rows, ${digestsOf(userId)}`);
  return {
    notifications: rowsOf<NotificationTuple>(answers).map(toNotification),
    nextDigests: toNextDigests(answers[0]!),
  };
}

/** The column for when the next digests of a user are due. */
export function digestsOf(userId: string): SQL {
  const due = sql`SELECT frequency, next_at FROM digests WHERE user_id = ${userId}`;
  return sql`(${jsonRows(["frequency", "next_at"], due)}) AS digests`;
}

/** What that column holds. */
export interface DigestsAnswer {
  digests: string;
}

/** When each digest is due that there is. */
export function toNextDigests({ digests }: DigestsAnswer): Map<DigestFrequency, number> {
  return new Map(rowsOf<[DigestFrequency, number]>([{ rows: digests }]));
}
