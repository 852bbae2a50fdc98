import { sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import { getOrAdd } from "../domain/maps.ts";
import type { Notification } from "../domain/notifications.ts";
import { allJson, type Database, endOfLog, inList, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

// What composing looks at. Whatever is read here stays true until `composition.ts` commits, or
// the commit is refused: every change to the settings of the account and every other commit moves its version or its turn.

/** The accounts in which somebody is owed a look, by id. */
export interface Work {
  /** New events stand beside immediate notifications. */
  dispatch: string[];
  /** A digest is due, or a pause or quiet hours are over. */
  due: string[];
}

/** The accounts in which somebody is owed a look, and which nobody else has claimed. */
export async function accountsWithWork(db: Database, now: number): Promise<Work> {
  const unclaimed = sql`coalesce(a.claimed_until, 0) <= ${now}`;
  const [dispatch, due] = await db.batch([
    allJson(
      db,
      ["id"],
      sql`
      SELECT id FROM accounts a
      WHERE CASE profile WHEN 'studio' THEN dispatched < ${endOfLog}
          ELSE EXISTS (SELECT 1 FROM event_accounts WHERE account_id = a.id AND seq > a.dispatched) END
        AND EXISTS (
          SELECT 1 FROM users u JOIN notifications n ON n.user_id = u.id
          WHERE u.account_id = a.id AND u.behind = 0 AND ${listening})
        AND ${unclaimed}`,
    ),
    allJson(
      db,
      ["account_id"],
      sql`
      WITH due AS (
        SELECT u.account_id FROM digests d JOIN users u ON u.id = d.user_id
        WHERE d.next_at <= ${now} AND u.deactivated_at IS NULL
        UNION
        SELECT u.account_id FROM users u WHERE ${returning(now)})
      SELECT account_id FROM due JOIN accounts a ON a.id = due.account_id WHERE ${unclaimed}`,
    ),
  ]);
  return { dispatch: idsIn(dispatch), due: idsIn(due) };
}

function idsIn(answer: { rows: string }[]): string[] {
  return rowsOf<[string]>(answer).map(([id]) => id);
}

/** An open immediate notification of somebody who gets mail, now or later. */
const listening =
  sql`u.deactivated_at IS NULL AND n.frequency = 'immediately' AND n.deleted_at IS NULL AND n.muted_at IS NULL`;

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

/** The accounts as they stand. */
export async function loadSnapshots(
  db: Database,
  accountIds: readonly string[],
): Promise<Snapshot[]> {
  return toSnapshots(await snapshots(db, accountIds));
}

type SnapshotTuple = [string, Profile, number, number, number, number];

function snapshots(db: Database, accountIds: readonly string[]) {
  const columns = ["id", "profile", "dispatched", "settings_version", "turn", `"end"`];
  return allJson(
    db,
    columns,
    sql`SELECT *, ${endOfLog} AS "end" FROM accounts WHERE id IN ${inList(accountIds)}`,
  );
}

function toSnapshots(answer: { rows: string }[]): Snapshot[] {
  return rowsOf<SnapshotTuple>(answer).map((
    [id, profile, dispatched, settingsVersion, turn, end],
  ) => ({ id, profile, dispatched, settingsVersion, turn, end }));
}

/** An immediate notification and whose it is. */
export interface Listener extends Notification {
  userId: string;
  roles: Role[];
}

/** How many of them are read at a time: the studio may have more than fit into a server's answer. */
const mostListeners = 10_000;

/** The open immediate notifications of accounts, by account id. */
export async function loadListeners(
  db: Database,
  accountIds: readonly string[],
): Promise<Map<string, Listener[]>> {
  const found = new Map<string, Listener[]>(accountIds.map((id) => [id, []]));
  for (let after = 0;;) {
    const rows = rowsOf<ListenerTuple>(await listenersBehind(db, accountIds, after));
    for (const [accountId, userId, roles, ...row] of rows) {
      const listener = { ...toNotification(row), userId, roles };
      found.get(accountId)!.push(listener);
      after = listener.id;
    }
    if (rows.length < mostListeners) return found;
  }
}

/** The query for those whose ids are higher, in the order of their ids. */
function listenersBehind(db: Database, accountIds: readonly string[], after: number) {
  return allJson(
    db,
    ["account_id", "user_id", "json(roles)", ...notificationColumns],
    sql`
    SELECT n.*, u.account_id, u.roles FROM users u JOIN notifications n ON n.user_id = u.id
    WHERE u.account_id IN ${inList(accountIds)} AND ${listening} AND n.id > ${after}
    ORDER BY n.id LIMIT ${mostListeners}`,
  );
}

type ListenerTuple = [string, string, Role[], ...NotificationTuple];

/** Accounts, and by account id the people whose digest is due or whose pause or quiet hours are over, at most `limit` of them. */
export async function loadDuePeople(
  db: Database,
  accountIds: readonly string[],
  { now, limit }: { now: number; limit: number },
): Promise<{ accounts: Snapshot[]; userIds: Map<string, string[]> }> {
  const ids = inList(accountIds);
  const [accounts, due] = await db.batch([
    snapshots(db, accountIds),
    allJson(
      db,
      ["account_id", "id"],
      sql`
      SELECT u.account_id, u.id FROM digests d JOIN users u ON u.id = d.user_id
      WHERE d.next_at <= ${now} AND u.account_id IN ${ids} AND u.deactivated_at IS NULL
      UNION
      SELECT u.account_id, u.id FROM users u WHERE u.account_id IN ${ids} AND ${returning(now)}
      LIMIT ${limit}`,
    ),
  ]);
  const userIds = new Map<string, string[]>();
  for (const [accountId, id] of rowsOf<[string, string]>(due)) {
    getOrAdd(userIds, accountId, () => []).push(id);
  }
  return { accounts: toSnapshots(accounts), userIds };
}
