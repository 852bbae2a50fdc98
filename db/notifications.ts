import { sql } from "drizzle-orm";
import { defaultNotifications } from "../domain/catalogue.ts";
import { fingerprint } from "../domain/conditions.ts";
import { Conflict, Forbidden, NotFound } from "../domain/errors.ts";
import type { Notification, NotificationInput } from "../domain/notifications.ts";
import { bumpSettings } from "./accounts.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { allJson, type Database, endOfLog, inList, rowsOf } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

/** One notification of its owner; throws NotFound. */
export async function findNotification(
  db: Database,
  userId: string,
  id: number,
): Promise<Notification> {
  const rows = await allJson(
    db,
    notificationColumns,
    sql`
    SELECT * FROM notifications WHERE id = ${id} AND user_id = ${userId} AND deleted_at IS NULL`,
  );
  const [row] = rowsOf<NotificationTuple>(rows);
  if (!row) {
    throw new NotFound(`Cannot find notification "${id}": it was deleted, or never existed`);
  }
  return toNotification(row);
}

/** Creates a notification that hears of events from now on; resolves to its id. Throws Conflict where it exists already. */
export async function createNotification(
  db: Database,
  owner: Owner,
  input: NotificationInput,
  now: number,
): Promise<number> {
  const { type, conditions, frequency } = input;
  const print = fingerprint(type, frequency, conditions);
  const [twins, created] = await db.batch([
    findTwin(db, owner, print),
    db.all<{ id: number }>(sql`
      INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
      SELECT ${owner.id}, 'custom', ${type}, ${JSON.stringify(conditions)}, ${frequency}, ${print},
        ${endOfLog}, ${now}
      WHERE NOT EXISTS (${twinOf(owner, print)}) RETURNING id`),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
  ]);
  if (!created[0]) throw alreadyExists(twins[0]!.id);
  return created[0].id;
}

/** Changes a Custom notification, unless it was changed since `version` was read. What it has not told yet follows the new settings. */
export async function updateNotification(
  db: Database,
  owner: Owner,
  id: number,
  change: NotificationInput & { version: number; now: number },
): Promise<void> {
  const { type, conditions, frequency, version, now } = change;
  const print = fingerprint(type, frequency, conditions);
  const [found, twins, , updated] = await db.batch([
    db.all<{ kind: string; version: number }>(sql`
      SELECT kind, version FROM notifications
      WHERE id = ${id} AND user_id = ${owner.id} AND deleted_at IS NULL`),
    findTwin(db, owner, print, id),
    settleBookmarks(db, [owner.id]),
    db.all(sql`
      UPDATE notifications
      SET type = ${type}, conditions = ${JSON.stringify(conditions)}, frequency = ${frequency},
        fingerprint = ${print}, version = version + 1
      WHERE id = ${id} AND user_id = ${owner.id} AND kind = 'custom' AND deleted_at IS NULL
        AND version = ${version} AND NOT EXISTS (${twinOf(owner, print, id)})
      RETURNING id`),
    fallBehind(db, [owner.id]),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
  ]);
  if (updated.length > 0) return;
  if (!found[0]) throw new NotFound(`Cannot change notification "${id}": it was deleted`);
  if (found[0].kind === "default") {
    throw new Forbidden(`Cannot change notification "${id}": it is a Default one`);
  }
  if (twins[0]) throw alreadyExists(twins[0].id);
  throw new Conflict(
    `Cannot change notification "${id}": it was changed in another window meanwhile`,
  );
}

/** Another notification of the owner that asks exactly the same, a Default one only while the roles grant it. */
function twinOf(owner: Owner, print: string, except = 0) {
  const defaults = [...defaultNotifications(owner.roles).keys()];
  return sql`
    SELECT id FROM notifications
    WHERE user_id = ${owner.id} AND fingerprint = ${print} AND deleted_at IS NULL AND id <> ${except}
      AND (kind = 'custom' OR type IN ${inList(defaults)})`;
}

function findTwin(db: Database, owner: Owner, print: string, except?: number) {
  return db.all<{ id: number }>(twinOf(owner, print, except));
}

function alreadyExists(twin: number): Conflict {
  return new Conflict("This notification already exists", twin);
}

/** Keeps a notification quiet until it is unmuted; pressing twice changes nothing. */
export async function muteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<void> {
  const [found] = await db.batch([
    db.all(sql`
      UPDATE notifications SET muted_at = coalesce(muted_at, ${now})
      WHERE id = ${id} AND user_id = ${userId} AND deleted_at IS NULL RETURNING id`),
    bumpSettings(db, userId),
  ]);
  if (found.length === 0) throw new NotFound(`Cannot mute notification "${id}": it was deleted`);
}

/** Keeps several notifications of a user quiet; resolves to the ids of those that were not muted before. */
export async function muteNotifications(
  db: Database,
  userId: string,
  ids: readonly number[],
  now: number,
): Promise<number[]> {
  const [muted] = await db.batch([
    db.all<{ id: number }>(sql`
      UPDATE notifications SET muted_at = ${now}
      WHERE id IN ${inList(ids)} AND user_id = ${userId} AND deleted_at IS NULL AND muted_at IS NULL
      RETURNING id`),
    bumpSettings(db, userId),
  ]);
  return muted.map(({ id }) => id);
}

/** Lets several notifications of a user speak again, from now on. */
export async function unmuteNotifications(
  db: Database,
  userId: string,
  ids: readonly number[],
): Promise<void> {
  await db.batch([
    db.run(sql`
      UPDATE notifications SET muted_at = NULL, bookmark = ${endOfLog}
      WHERE id IN ${
      inList(ids)
    } AND user_id = ${userId} AND deleted_at IS NULL AND muted_at IS NOT NULL`),
    bumpSettings(db, userId),
  ]);
}

/** Lets a notification speak again, from now on: what happened while it was muted stays untold. */
export async function unmuteNotification(db: Database, userId: string, id: number): Promise<void> {
  const [found] = await db.batch([
    db.all(sql`
      SELECT id FROM notifications WHERE id = ${id} AND user_id = ${userId} AND deleted_at IS NULL`),
    db.run(sql`
      UPDATE notifications SET muted_at = NULL, bookmark = ${endOfLog}
      WHERE id = ${id} AND user_id = ${userId} AND muted_at IS NOT NULL`),
    bumpSettings(db, userId),
  ]);
  if (found.length === 0) throw new NotFound(`Cannot unmute notification "${id}": it was deleted`);
}

/** Deletes a Custom notification and whatever it had pending; deleting twice is harmless. */
export async function deleteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<void> {
  const [found] = await db.batch([
    db.all<{ kind: string }>(
      sql`SELECT kind FROM notifications WHERE id = ${id} AND user_id = ${userId}`,
    ),
    db.run(sql`
      UPDATE notifications SET deleted_at = coalesce(deleted_at, ${now})
      WHERE id = ${id} AND user_id = ${userId} AND kind = 'custom'`),
    bumpSettings(db, userId),
  ]);
  if (!found[0]) {
    throw new NotFound(`Cannot delete notification "${id}": there is no such notification`);
  }
  if (found[0].kind === "default") {
    throw new Forbidden(
      `Cannot delete notification "${id}": it is a Default one and can only be muted`,
    );
  }
}
