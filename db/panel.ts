import { sql } from "drizzle-orm";
import type { Event } from "../domain/events.ts";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { type Audience, eventsOfType, type EventTuple, toEvent } from "./events.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

// What the settings panel and its window show, one round trip each.

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
  return toLoaded(await db.batch([notificationsOf(db, userId), digestsOf(db, userId)]));
}

/** Which events are asked for: those of one type, or of the type of one notification. */
export type About = { type: string } | { id: number };

/** The same together with events since an instant, in the order of the log: still one round trip. */
export async function loadWithEvents(
  db: Database,
  user: { id: string; account: Audience },
  { since, ...about }: About & { since: number },
): Promise<LoadedNotifications & { events: Event[] }> {
  const type = "type" in about
    ? sql`${about.type}`
    : sql`(SELECT type FROM notifications WHERE id = ${about.id} AND user_id = ${user.id})`;
  const [rows, due, events] = await db.batch([
    notificationsOf(db, user.id),
    digestsOf(db, user.id),
    eventsOfType(db, user.account, { type, since }),
  ]);
  return { ...toLoaded([rows, due]), events: rowsOf<EventTuple>(events).map(toEvent) };
}

function notificationsOf(db: Database, userId: string) {
  return allJson(
    db,
    notificationColumns,
    sql`
      SELECT * FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY type, id`,
  );
}

type Due = { frequency: DigestFrequency; nextAt: number };

function digestsOf(db: Database, userId: string) {
  return db.all<Due>(sql`
    SELECT frequency, next_at AS nextAt FROM digests WHERE user_id = ${userId}`);
}

function toLoaded([rows, due]: [{ rows: string }[], Due[]]): LoadedNotifications {
  return {
    notifications: rowsOf<NotificationTuple>(rows).map(toNotification),
    nextDigests: new Map(due.map(({ frequency, nextAt }) => [frequency, nextAt])),
  };
}
