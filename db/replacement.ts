import { sql } from "drizzle-orm";
import type { Deed } from "../domain/changes.ts";
import { fingerprint } from "../domain/conditions.ts";
import type { Notification, NotificationInput } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { bumpSettings } from "./accounts.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { auditChange } from "./audit.ts";
import { lastChange, madeBy, newChange, recordChange, touchedBy } from "./changes.ts";
import type { Database } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import type { Saved } from "./notifications.ts";

/**
 * Lets what an open Default notification tells come slower, in one change: a Custom copy takes over where the Default
 * stands, what waits in queued emails included, and the Default is muted. Resolves to the change, where it was not long
 * ago; doing it twice, or beside such a copy, changes nothing.
 */
export async function slowDefault(
  db: Database,
  owner: Owner,
  { id, type }: Pick<Notification, "id" | "type">,
  { frequency, now }: { frequency: DigestFrequency; now: number },
): Promise<string | undefined> {
  const input = { type, conditions: [], frequency };
  return (await replace(db, owner, id, { ...input, deed: "rescheduled", now })).change;
}

/** Lets a Custom notification take the place of an open Default one of its type in the same way; undefined where there is no such Default, or such a copy already. */
export async function replaceDefault(
  db: Database,
  owner: Owner,
  id: number,
  input: NotificationInput & { now: number },
): Promise<Saved | undefined> {
  const { change, created } = await replace(db, owner, id, { ...input, deed: "created" });
  return created === undefined ? undefined : { id: created, change };
}

async function replace(
  db: Database,
  owner: Owner,
  id: number,
  { type, conditions, frequency, deed, now }: NotificationInput & { deed: Deed; now: number },
) {
  const print = fingerprint(type, frequency, conditions);
  const change = newChange(owner.id, deed, now);
  const touched = touchedBy(change);
  const [, , created, , , , , , last] = await db.batch([
    settleBookmarks(db, [owner.id]),
    recordChange(
      db,
      change,
      sql`id = ${id} AND kind = 'default' AND type = ${type} AND muted_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM notifications twin
        WHERE twin.user_id = ${owner.id} AND twin.fingerprint = ${print} AND twin.deleted_at IS NULL)`,
    ),
    db.all<{ id: number }>(sql`
      INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
      SELECT user_id, 'custom', type, ${
      JSON.stringify(conditions)
    }, ${frequency}, ${print}, min(bookmark, coalesce((
          SELECT min(pending.value ->> 'seq') - 1 FROM changes, json_each(before, '$.pending') pending
          WHERE changes.id = ${change.id} AND pending.value ->> 'id' = ${id}), bookmark)), ${now}
      FROM notifications WHERE id IN ${touched} RETURNING id`),
    db.run(sql`
      UPDATE notifications SET muted_at = ${now}, version = version + 1 WHERE id IN ${touched}`),
    db.run(sql`
      UPDATE changes SET before = json_insert(before, '$.touched[#]', json_object('id', (
          SELECT id FROM notifications
          WHERE user_id = ${owner.id} AND fingerprint = ${print} AND deleted_at IS NULL), 'was', NULL))
      WHERE id = ${change.id}`),
    fallBehind(db, [owner.id]),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
    lastChange(db, change, [id]),
    auditChange(db, change),
  ]);
  return { change: madeBy(change, last).change, created: created[0]?.id };
}
