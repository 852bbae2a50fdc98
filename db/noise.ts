import { sql } from "drizzle-orm";
import type { Notification } from "../domain/notifications.ts";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";
import { toldTo } from "./recipients.ts";

/** What somebody has accounted for. */
export interface Standing {
  /** All that were not deleted, with their true bookmarks. */
  notifications: Notification[];
  /** What emails told of what lies behind those bookmarks. */
  told: Set<number>;
  /** Of each event in emails that are not sent yet, the notifications that it is told for. */
  queued: number[][];
}

/** What somebody has accounted for. One round trip. */
export async function loadStanding(db: Database, userId: string): Promise<Standing> {
  const [rows, told, queued] = await db.batch([
    allJson(
      db,
      notificationColumns,
      sql`
      SELECT n.id, kind, type, conditions, frequency, muted_at, muted_until, version,
        CASE WHEN frequency = 'immediately' AND NOT behind THEN max(bookmark, dispatched) ELSE bookmark END
          AS bookmark
      FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
      WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY n.id`,
    ),
    toldTo(db, inList([userId])),
    allJson(
      db,
      ["json(ids)"],
      sql`
      SELECT (SELECT json_group_array(json_extract(content, '$.reasons[' || reason.value || '].id'))
        FROM json_each(item.value, '$.reasons') reason) AS ids
      FROM emails, json_each(content, '$.items') item
      WHERE user_id = ${userId} AND state = 'queued'`,
    ),
  ]);
  return {
    notifications: rowsOf<NotificationTuple>(rows).map(toNotification),
    told: new Set(rowsOf<[string, number]>(told).map(([, seq]) => seq)),
    queued: rowsOf<[number[]]>(queued).map(([ids]) => ids),
  };
}
