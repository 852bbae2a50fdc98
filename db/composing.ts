import { sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import type { Notification } from "../domain/notifications.ts";
import { allJson, type Database, endOfLog, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

// What composing looks at, one account at a time. Whatever is read here stays true until `composition.ts` commits, or
// the commit is refused: every change to the settings of the account and every other commit moves its version or its turn.

/** An account in which somebody is owed a look, and for what. */
export interface Work {
  accountId: string;
  /** New events stand beside immediate notifications. */
  dispatch: boolean;
  /** A digest is due, or a pause or quiet hours are over. */
  due: boolean;
}

/** The accounts in which somebody is owed a look. */
export async function accountsWithWork(db: Database, now: number): Promise<Work[]> {
  const rows = await db.all<{ id: string; dispatch: number; due: number }>(sql`
    SELECT id, max(dispatch) AS dispatch, max(due) AS due FROM (
      SELECT id, 1 AS dispatch, 0 AS due FROM accounts a
      WHERE CASE profile WHEN 'studio' THEN dispatched < ${endOfLog}
          ELSE EXISTS (SELECT 1 FROM event_accounts WHERE account_id = a.id AND seq > a.dispatched) END
        AND EXISTS (
          SELECT 1 FROM users u JOIN notifications n ON n.user_id = u.id
          WHERE u.account_id = a.id AND ${listening})
      UNION
      SELECT u.account_id, 0, 1 FROM digests d JOIN users u ON u.id = d.user_id
      WHERE d.next_at <= ${now} AND u.deactivated_at IS NULL
      UNION
      SELECT u.account_id, 0, 1 FROM users u WHERE ${returning(now)})
    GROUP BY id`);
  return rows.map(({ id, dispatch, due }) => ({
    accountId: id,
    dispatch: dispatch === 1,
    due: due === 1,
  }));
}

/** An open immediate notification of somebody whose mail flows. */
const listening = sql`u.deactivated_at IS NULL AND u.behind = 0
  AND n.frequency = 'immediately' AND n.deleted_at IS NULL AND n.muted_at IS NULL`;

/** Somebody who is behind, and neither paused nor held, or no longer. */
function returning(now: number) {
  return sql`u.behind = 1 AND u.deactivated_at IS NULL
    AND max(coalesce(u.paused_until, 0), coalesce(u.held_until, 0)) <= ${now}`;
}

/** The state of an account from which an email is composed. */
export interface Snapshot {
  id: string;
  profile: Profile;
  dispatched: number;
  settingsVersion: number;
  turn: number;
  /** The end of the log: what comes later is a later look's. */
  end: number;
}

/** An immediate notification and whose it is. */
export interface Listener extends Notification {
  userId: string;
  roles: Role[];
}

/** The account and its immediate notifications. */
export async function loadListeners(
  db: Database,
  accountId: string,
): Promise<{ account: Snapshot; listeners: Listener[] }> {
  const [[account], rows] = await db.batch([
    snapshot(db, accountId),
    allJson(
      db,
      ["user_id", "json(roles)", ...notificationColumns],
      sql`
      SELECT n.*, u.roles FROM users u JOIN notifications n ON n.user_id = u.id
      WHERE u.account_id = ${accountId} AND ${listening}`,
    ),
  ]);
  const listeners = rowsOf<[string, Role[], ...NotificationTuple]>(rows).map((
    [userId, roles, ...row],
  ) => ({ ...toNotification(row), userId, roles }));
  return { account: account!, listeners };
}

function snapshot(db: Database, accountId: string) {
  return db.all<Snapshot>(sql`
    SELECT id, profile, dispatched, settings_version AS settingsVersion, turn, ${endOfLog} AS "end"
    FROM accounts WHERE id = ${accountId}`);
}

/** The account and the people whose digest is due or whose pause or quiet hours are over, at most `limit` of them. */
export async function loadDuePeople(
  db: Database,
  accountId: string,
  { now, limit }: { now: number; limit: number },
): Promise<{ account: Snapshot; userIds: string[] }> {
  const [[account], due] = await db.batch([
    snapshot(db, accountId),
    db.all<{ id: string }>(sql`
      SELECT u.id FROM digests d JOIN users u ON u.id = d.user_id
      WHERE d.next_at <= ${now} AND u.account_id = ${accountId} AND u.deactivated_at IS NULL
      UNION
      SELECT u.id FROM users u WHERE u.account_id = ${accountId} AND ${returning(now)}
      LIMIT ${limit}`),
  ]);
  return { account: account!, userIds: due.map(({ id }) => id) };
}
