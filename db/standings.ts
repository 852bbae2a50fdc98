import { type SQL, sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import type { EmailStanding } from "../domain/email_states.ts";
import type { Standing } from "../domain/why.ts";
import { trueBookmark } from "./bookmarks.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

// What an event met on its way to people, whose ids come as a subquery.

/** An email that tells an event, or would have. */
export interface Telling {
  id: string;
  userId: string;
  frequency: Frequency;
  state: EmailStanding;
  composedAt: number;
  sentAt: number | null;
  problem: string | null;
  content: EmailContent;
}

/** The query for the notifications that are about events of its type, with their true bookmarks. */
export function standingQuery(db: Database, users: SQL, seq: number) {
  return allJson(
    db,
    ["user_id", "created_at", ...notificationColumns],
    sql`
    SELECT n.id, user_id, kind, type, conditions, frequency, muted_at, muted_until, version, n.created_at,
      ${trueBookmark}
        AS bookmark
    FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
    WHERE user_id IN ${users} AND deleted_at IS NULL
      AND type = (SELECT type FROM events WHERE seq = ${seq})
    ORDER BY kind DESC, n.id`,
  );
}

/** The notifications that this query found, and whose they are. */
export function toStandings(answer: { rows: string }[]): { userId: string; standing: Standing }[] {
  return rowsOf<[string, number, ...NotificationTuple]>(answer).map((
    [userId, createdAt, ...row],
  ) => ({ userId, standing: { ...toNotification(row), createdAt } }));
}

type TellingRow = Omit<Telling, "content"> & { content: string };

/** The query for the emails that tell an event, the oldest first. */
export function tellingQuery(db: Database, users: SQL, seq: number) {
  return db.all<TellingRow>(sql`
    SELECT emails.id, user_id AS userId, frequency, coalesce(delivery, state) AS state,
      composed_at AS composedAt, sent_at AS sentAt, problem, content
    FROM emails
    -- Of an email that begins later nothing more is read.
    JOIN json_each(CASE WHEN content ->> '$.items[0].seq' <= ${seq} THEN content END, '$.items') item
      ON item.value ->> 'seq' = ${seq}
    WHERE user_id IN ${users} AND last_seq >= ${seq}
    ORDER BY last_seq, composed_at`);
}

/** An email that this query found. */
export function toTelling({ content, ...row }: TellingRow): Telling {
  return { ...row, content: JSON.parse(content) };
}
