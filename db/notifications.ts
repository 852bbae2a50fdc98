import { sql } from "drizzle-orm";
import { defaultNotifications } from "../domain/catalogue.ts";
import type { Deed } from "../domain/changes.ts";
import { fingerprint } from "../domain/conditions.ts";
import { Conflict, Forbidden, NotFound } from "../domain/errors.ts";
import type { Notification, NotificationInput } from "../domain/notifications.ts";
import { bumpSettings } from "./accounts.ts";
import { auditChange } from "./audit.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import {
  creationBy,
  lastChange,
  madeBy,
  newChange,
  recordChange,
  recordCreation,
  touchedBy,
} from "./changes.ts";
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

/** A notification that was saved, and the change by which it was. */
export interface Saved {
  id: number;
  /** None where it was so already, and since long ago. */
  change: string | undefined;
}

/**
 * Creates a notification that hears of events from now on. Throws Conflict where it exists already, unless the same
 * attempt had created it: its answer was lost.
 */
export async function createNotification(
  db: Database,
  owner: Owner,
  { type, conditions, frequency, attempt = "" }: NotificationInput & { attempt?: string },
  now: number,
): Promise<Saved> {
  const print = fingerprint(type, frequency, conditions);
  const change = { ...newChange(owner.id, "created", now), attempt };
  const [twins, created, , earlier] = await db.batch([
    findTwin(db, owner, print),
    db.all<{ id: number }>(sql`
      INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
      SELECT ${owner.id}, 'custom', ${type}, ${JSON.stringify(conditions)}, ${frequency}, ${print},
        ${endOfLog}, ${now}
      WHERE NOT EXISTS (${twinOf(owner, print)}) RETURNING id`),
    recordCreation(db, change),
    creationBy(db, change),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
    auditChange(db, change),
  ]);
  if (created[0]) return { id: created[0].id, change: change.id };
  const twin = twins[0]!.id;
  const same = earlier.find(({ created }) => created === twin);
  if (!same) throw alreadyExists(twin);
  return { id: twin, change: same.id };
}

/** Changes a Custom notification, unless it was changed since `version` was read. What it has not told yet follows the new settings. */
export async function updateNotification(
  db: Database,
  owner: Owner,
  id: number,
  { version, now, deed = "edited", ...input }: NotificationInput & {
    version: number;
    now: number;
    /** As what it is spoken of. */
    deed?: Deed;
  },
): Promise<Saved> {
  const { type, conditions, frequency } = input;
  const print = fingerprint(type, frequency, conditions);
  const change = newChange(owner.id, deed, now);
  const [found, twins, , , , last] = await db.batch([
    db.all<Found>(sql`
      SELECT kind, version, fingerprint FROM notifications
      WHERE id = ${id} AND user_id = ${owner.id} AND deleted_at IS NULL`),
    findTwin(db, owner, print, id),
    settleBookmarks(db, [owner.id]),
    recordChange(
      db,
      change,
      sql`id = ${id} AND kind = 'custom' AND version = ${version} AND NOT EXISTS (${
        twinOf(owner, print, id)
      })`,
    ),
    db.run(sql`
      UPDATE notifications
      SET type = ${type}, conditions = ${JSON.stringify(conditions)}, frequency = ${frequency},
        fingerprint = ${print}, version = version + 1
      WHERE id IN ${touchedBy(change)}`),
    lastChange(db, change, [id]),
    fallBehind(db, [owner.id]),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
    auditChange(db, change),
  ]);
  const made = madeBy(change, last);
  if (made.touched.length === 0) refuseUpdate(id, print, { found: found[0], twin: twins[0]?.id });
  return { id, change: made.change };
}

interface Found {
  kind: string;
  version: number;
  fingerprint: string;
}

/** Throws why nothing was changed, unless it is already as it was to become. */
function refuseUpdate(
  id: number,
  print: string,
  { found, twin }: { found: Found | undefined; twin: number | undefined },
): void {
  if (!found) throw new NotFound(`Cannot change notification "${id}": it was deleted`);
  if (found.kind === "default") {
    throw new Forbidden(`Cannot change notification "${id}": it is a Default one`);
  }
  if (found.fingerprint === print) return;
  if (twin !== undefined) throw alreadyExists(twin);
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
