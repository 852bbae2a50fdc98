import { type SQL, sql } from "drizzle-orm";
import type { Via } from "../domain/audit.ts";
import { type Change, type ChangeRecord, type Deed, undoLimit } from "../domain/changes.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import type { Stay } from "../domain/selection.ts";
import { bumpSettings } from "./accounts.ts";
import { auditChange } from "./audit.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { type Database, inList, justInserted } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { newOptOut, rememberOptOut } from "./opt_outs.ts";

// Whatever a person does to notifications is recorded together with what was before. The record comes first and says
// which notifications the change touches; the change itself then goes by the record.

/** A change on its way into the record. */
export interface NewChange {
  id: string;
  userId: string;
  deed: Deed;
  at: number;
  attempt?: string;
  stays?: Stay[];
  optOut?: OptOut;
  via?: Via;
}

/** A change by a person, now. */
export function newChange(userId: string, deed: Deed, at: number): NewChange {
  return { id: crypto.randomUUID(), userId, deed, at };
}

/** The statement that records those of a person's notifications for which `which` holds, as they are; where there are none, nothing. */
export function recordChange(db: Database, change: NewChange, which: SQL) {
  return db.run(sql`
    INSERT INTO changes (id, user_id, at, before)
    SELECT ${change.id}, ${change.userId}, ${change.at}, json_object(${described(change)},
      'optOut', ${
    newOptOut(change.userId, change.optOut)
  }, 'touched', json_group_array(json_object('id', id, 'was', json_object(
        'type', type, 'conditions', json(conditions), 'frequency', frequency, 'fingerprint', fingerprint,
        'bookmark', bookmark, 'mutedAt', muted_at, 'mutedUntil', muted_until))),
      'pending', (${pendingOf(change.userId)}))
    FROM notifications
    WHERE user_id = ${change.userId} AND deleted_at IS NULL AND ${which}
    GROUP BY user_id`);
}

/** The statement that records the notifications which the INSERT right before it created, if any. */
export function recordCreation(db: Database, change: NewChange) {
  return db.run(sql`
    INSERT INTO changes (id, user_id, at, before)
    SELECT ${change.id}, ${change.userId}, ${change.at}, json_object(${described(change)},
      'touched', json_group_array(json_object('id', id, 'was', NULL)), 'pending', json_array())
    FROM notifications WHERE ${justInserted()} GROUP BY kind`);
}

function described({ deed, attempt = "", stays = [] }: NewChange): SQL {
  return sql`'deed', ${deed}, 'attempt', nullif(${attempt}, ''), 'stays', json(${
    JSON.stringify(stays)
  })`;
}

function pendingOf(userId: string): SQL {
  return sql`
    SELECT json_group_array(json_object(
      'id', json_extract(content, '$.reasons[' || reason.value || '].id'), 'seq', item.value ->> 'seq'))
    FROM emails, json_each(content, '$.items') item, json_each(item.value, '$.reasons') reason
    WHERE emails.user_id = ${userId} AND state = 'queued'`;
}

/** The ids that a recorded change touches, as a list for `IN`. */
export function touchedBy({ id }: Pick<NewChange, "id">): SQL {
  return sql`
    (SELECT touched.value ->> 'id' FROM changes, json_each(before, '$.touched') touched WHERE changes.id = ${id})`;
}

/** The query for the last change of these notifications that still stands and can be undone. */
export function lastChange(db: Database, { userId, at }: NewChange, ids: readonly number[]) {
  return db.all<{ id: string; deed: Deed; touched: string }>(sql`
    SELECT id, before ->> 'deed' AS deed,
      (SELECT json_group_array(value ->> 'id') FROM json_each(before, '$.touched')) AS touched
    FROM changes
    WHERE user_id = ${userId} AND undone_at IS NULL AND at > ${at - undoLimit} AND EXISTS (
      SELECT 1 FROM json_each(before, '$.touched') WHERE value ->> 'id' IN ${inList(ids)})
    ORDER BY changes.rowid DESC LIMIT 1`);
}

/** The query for what the same attempt created earlier, and by which change. */
export function creationBy(db: Database, { userId, attempt = "" }: NewChange) {
  return db.all<{ id: string; created: number }>(sql`
    SELECT id, before ->> '$.touched[0].id' AS created FROM changes
    WHERE user_id = ${userId} AND before ->> 'attempt' = ${attempt} AND undone_at IS NULL`);
}

/** The query for the change that an attempt made, undone or not. */
export function changeBy(db: Database, change: NewChange) {
  return db.all<{ id: string }>(changesBy(change));
}

/** What selects the change that an attempt made: whoever sends a form again makes nothing. */
export function changesBy({ userId, attempt = "" }: NewChange): SQL {
  return sql`
    SELECT id FROM changes WHERE user_id = ${userId} AND before ->> 'attempt' = ${attempt}`;
}

/** What became of a change that was asked for. */
export interface Made {
  /** The change by which it is so now: this one, or the earlier one that had done the same; none where that is long ago. */
  change: string | undefined;
  /** The notifications that were touched just now. */
  touched: number[];
  /** Those asked for that their owner ever had. */
  found: { id: number; kind: string; deleted: 0 | 1 }[];
}

/** Makes a change to those of a person's notifications for which `which` holds, and records it, in one commit. */
export async function makeChange(
  db: Database,
  change: NewChange,
  { ids, which, set, owner }: {
    ids: readonly number[];
    which: SQL;
    set: SQL;
    /** Whose digests have to follow, where frequencies change. */
    owner?: Owner;
  },
): Promise<Made> {
  const [, , , , , , found, last] = await db.batch([
    settleBookmarks(db, [change.userId]),
    recordChange(db, change, sql`id IN ${inList(ids)} AND ${which}`),
    db.run(sql`UPDATE notifications SET ${set} WHERE id IN ${touchedBy(change)}`),
    fallBehind(db, [change.userId]),
    ensureDigests(db, owner ? [owner] : [], change.at),
    bumpSettings(db, change.userId),
    db.all<Made["found"][number]>(sql`
      SELECT id, kind, deleted_at IS NOT NULL AS deleted FROM notifications
      WHERE id IN ${inList(ids)} AND user_id = ${change.userId}`),
    lastChange(db, change, ids),
    auditChange(db, change),
    ...rememberOptOut(db, change),
  ]);
  return { ...madeBy(change, last), found };
}

/** Which change did it, as `lastChange` answers right after it. */
export function madeBy(
  change: NewChange,
  [last]: Awaited<ReturnType<typeof lastChange>>,
): Pick<Made, "change" | "touched"> {
  const touched: number[] = last?.id === change.id ? JSON.parse(last.touched) : [];
  return { change: last?.deed === change.deed ? last.id : undefined, touched };
}

/** A change of a person, undone or not; null where it was long ago or never made. */
export async function findChange(
  db: Database,
  userId: string,
  id: string,
): Promise<Change | null> {
  const [row] = await db.all<{ before: string; undone: 0 | 1 }>(sql`
    SELECT before, undone_at IS NOT NULL AS undone FROM changes
    WHERE id = ${id} AND user_id = ${userId}`);
  if (!row) return null;
  const { deed, touched, stays }: ChangeRecord = JSON.parse(row.before);
  return { id, deed, touched, stays, undone: row.undone === 1 };
}

/** The statement after which nothing of what these people did can be undone: it would reach behind what happens now. */
export function forgetChanges(db: Database, userIds: readonly string[]) {
  return db.run(sql`DELETE FROM changes WHERE user_id IN ${inList(userIds)}`);
}
