import { sql } from "drizzle-orm";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
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
  const own = allJson(
    db,
    notificationColumns,
    sql`
      SELECT * FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY type, id`,
  );
  const [rows, due] = await db.batch([own, digestsOf(db, userId)]);
  return {
    notifications: rowsOf<NotificationTuple>(rows).map(toNotification),
    nextDigests: toNextDigests(due),
  };
}

/** When a digest of a user is due. */
export interface Due {
  frequency: DigestFrequency;
  nextAt: number;
}

/** The query for when the next digests of a user are due. */
export function digestsOf(db: Database, userId: string) {
  return db.all<Due>(sql`
    SELECT frequency, next_at AS nextAt FROM digests WHERE user_id = ${userId}`);
}

/** When each digest is due that there is. */
export function toNextDigests(due: Due[]): Map<DigestFrequency, number> {
  return new Map(due.map(({ frequency, nextAt }) => [frequency, nextAt]));
}
