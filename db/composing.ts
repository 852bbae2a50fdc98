import { sql } from "drizzle-orm";
import type { Frequency, Profile, Role } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency, DigestTimes } from "../domain/schedule.ts";
import { allJson, type Database, endOfLog, inList, rowsOf } from "./client.ts";
import { notificationColumns, type NotificationTuple, toNotification } from "./notifications.ts";

// What composing reads and writes, one account at a time. Whatever is read here stays true until the commit, or the
// commit is refused: every change to the settings of the account and every other commit moves its version or its turn.

/** An account in which somebody is owed a look, and for what. */
export interface Work {
  accountId: string;
  /** New events stand beside immediate notifications. */
  dispatch: boolean;
  /** A digest is due, or a pause is over. */
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

/** Somebody who is behind, and not, or no longer, paused. */
function returning(now: number) {
  return sql`u.behind = 1 AND u.deactivated_at IS NULL AND coalesce(u.paused_until, 0) <= ${now}`;
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
      [...notificationColumns, "user_id", "json(roles)"],
      sql`
      SELECT n.*, u.roles FROM users u JOIN notifications n ON n.user_id = u.id
      WHERE u.account_id = ${accountId} AND ${listening}`,
    ),
  ]);
  const listeners = rowsOf<[...NotificationTuple, string, Role[]]>(rows).map((row) => ({
    ...toNotification(row.slice(0, 8) as NotificationTuple),
    userId: row[8],
    roles: row[9],
  }));
  return { account: account!, listeners };
}

function snapshot(db: Database, accountId: string) {
  return db.all<Snapshot>(sql`
    SELECT id, profile, dispatched, settings_version AS settingsVersion, turn, ${endOfLog} AS "end"
    FROM accounts WHERE id = ${accountId}`);
}

/** The account and the people whose digest is due or whose pause is over, at most `limit` of them. */
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

/** Somebody for whom emails are composed. */
export interface Person extends DigestTimes {
  id: string;
  roles: Role[];
  behind: boolean;
  /** Once set and passed, the next email catches up. */
  pausedUntil: number | null;
  notifications: Notification[];
  /** The digests that the person has, due or not. */
  digests: { frequency: DigestFrequency; nextAt: number }[];
  told: Set<number>;
}

type PersonTuple = [string, Role[], string, number, number, 0 | 1, number | null];

/** Everything about these people that composing needs to know. */
export async function loadPeople(db: Database, userIds: readonly string[]): Promise<Person[]> {
  const ids = inList(userIds);
  const [people, notifications, due, told] = await db.batch([
    allJson(
      db,
      ["id", "json(roles)", "zone", "digest_hour", "digest_weekday", "behind", "paused_until"],
      sql`
      SELECT * FROM users WHERE id IN ${ids}`,
    ),
    allJson(
      db,
      [...notificationColumns, "user_id"],
      sql`
      SELECT * FROM notifications WHERE user_id IN ${ids} AND deleted_at IS NULL AND muted_at IS NULL
      ORDER BY id`,
    ),
    allJson(
      db,
      ["user_id", "frequency", "next_at"],
      sql`SELECT * FROM digests WHERE user_id IN ${ids}`,
    ),
    allJson(
      db,
      ["user_id", "seq"],
      sql`
      SELECT user_id, item.value ->> 'seq' AS seq
      FROM emails JOIN json_each(content, '$.items') item
      WHERE user_id IN ${ids} AND state <> 'canceled' AND last_seq > (
        SELECT min(bookmark) FROM notifications n
        WHERE n.user_id = emails.user_id AND deleted_at IS NULL AND muted_at IS NULL)`,
    ),
  ]);
  const found = new Map(rowsOf<PersonTuple>(people).map((row) => [row[0], toPerson(row)]));
  for (const row of rowsOf<[...NotificationTuple, string]>(notifications)) {
    found.get(row[8])!.notifications.push(toNotification(row.slice(0, 8) as NotificationTuple));
  }
  for (const [id, frequency, nextAt] of rowsOf<[string, DigestFrequency, number]>(due)) {
    found.get(id)!.digests.push({ frequency, nextAt });
  }
  for (const [id, seq] of rowsOf<[string, number]>(told)) found.get(id)!.told.add(seq);
  return [...found.values()];
}

function toPerson(
  [id, roles, zone, digestHour, digestWeekday, behind, pausedUntil]: PersonTuple,
): Person {
  return {
    id,
    roles,
    zone,
    digestHour,
    digestWeekday,
    behind: behind === 1,
    pausedUntil,
    notifications: [],
    digests: [],
    told: new Set(),
  };
}

export interface NewEmail {
  id: string;
  userId: string;
  frequency: Frequency;
  window: number;
  content: EmailContent;
  lastSeq: number;
}

/** What one look at the log accounts for. */
export interface Composition {
  account: Snapshot;
  emails: NewEmail[];
  /** Whose notifications of which frequencies now stand at `upTo`. */
  bookmarks: { userId: string; frequency: Frequency }[];
  /** The digests that were due, and when they are due next. */
  digests: { userId: string; frequency: DigestFrequency; window: number; next: number }[];
  /** Who is no longer behind, and whether the pause is behind them too. */
  caughtUp: { userId: string; resumed: boolean }[];
  /** The last `seq` that this look considered. */
  upTo: number;
  /** Whether all immediate notifications of the account were considered up to `upTo`. */
  dispatched: boolean;
  now: number;
}

/** Writes the emails and everything that they account for, or, by a constraint, nothing: when anything that was read has changed since. */
export async function commitComposition(db: Database, c: Composition): Promise<void> {
  const { account, upTo } = c;
  await db.batch([
    // NULL is refused by the column, and with it the whole batch.
    db.run(sql`
      UPDATE accounts
      SET turn = CASE WHEN turn = ${account.turn} AND settings_version = ${account.settingsVersion}
          THEN turn + 1 END,
        dispatched = CASE WHEN ${
      c.dispatched ? 1 : 0
    } THEN max(dispatched, ${upTo}) ELSE dispatched END
      WHERE id = ${account.id}`),
    ...c.emails.length > 0 ? [insertEmails(db, c)] : [],
    ...c.bookmarks.length > 0 ? [moveBookmarks(db, c)] : [],
    ...c.digests.length > 0 ? moveDigests(db, c) : [],
    ...c.caughtUp.length > 0 ? [catchUp(db, c)] : [],
  ]);
}

function insertEmails(db: Database, { emails, now }: Composition) {
  return db.run(sql`
    INSERT INTO emails (id, user_id, frequency, window, content, last_seq, composed_at, send_at)
    SELECT value ->> 'id', value ->> 'userId', value ->> 'frequency', value ->> 'window', value -> 'content',
      value ->> 'lastSeq', ${now}, ${now}
    FROM json_each(${JSON.stringify(emails)})`);
}

function moveBookmarks(db: Database, { bookmarks, upTo }: Composition) {
  return db.run(sql`
    UPDATE notifications SET bookmark = max(bookmark, ${upTo})
    FROM json_each(${JSON.stringify(bookmarks)}) moved
    WHERE user_id = moved.value ->> 'userId' AND frequency = moved.value ->> 'frequency'`);
}

/** Moves the digests to their next windows; those for which nobody has a notification any more go. */
function moveDigests(db: Database, { digests }: Composition) {
  const moved = JSON.stringify(digests);
  return [
    db.run(sql`
      UPDATE digests SET last_at = moved.value ->> 'window', next_at = moved.value ->> 'next'
      FROM json_each(${moved}) moved
      WHERE user_id = moved.value ->> 'userId' AND frequency = moved.value ->> 'frequency'`),
    db.run(sql`
      DELETE FROM digests
      WHERE user_id IN (SELECT value ->> 'userId' FROM json_each(${moved}))
        AND NOT EXISTS (
          SELECT 1 FROM notifications n
          WHERE n.user_id = digests.user_id AND n.frequency = digests.frequency AND deleted_at IS NULL)`),
  ];
}

function catchUp(db: Database, { caughtUp }: Composition) {
  return db.run(sql`
    UPDATE users
    SET behind = 0, paused_until = CASE WHEN moved.value ->> 'resumed' THEN NULL ELSE paused_until END
    FROM json_each(${JSON.stringify(caughtUp)}) moved
    WHERE users.id = moved.value ->> 'userId'`);
}
