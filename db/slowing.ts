import { sql } from "drizzle-orm";
import { fingerprint } from "../domain/conditions.ts";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { bumpSettings } from "./accounts.ts";
import { settleBookmarks } from "./bookmarks.ts";
import { lastChange, madeBy, newChange, recordChange, touchedBy } from "./changes.ts";
import type { Database } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";

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
  const print = fingerprint(type, frequency, []);
  const change = newChange(owner.id, "rescheduled", now);
  const touched = touchedBy(change);
  const answers = await db.batch([
    settleBookmarks(db, [owner.id]),
    recordChange(
      db,
      change,
      sql`id = ${id} AND kind = 'default' AND type = ${type} AND muted_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM notifications twin
        WHERE twin.user_id = ${owner.id} AND twin.fingerprint = ${print} AND twin.deleted_at IS NULL)`,
    ),
    db.run(sql`
      INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
      SELECT user_id, 'custom', type, conditions, ${frequency}, ${print}, min(bookmark, coalesce((
          SELECT min(pending.value ->> 'seq') - 1 FROM changes, json_each(before, '$.pending') pending
          WHERE changes.id = ${change.id} AND pending.value ->> 'id' = ${id}), bookmark)), ${now}
      FROM notifications WHERE id IN ${touched}`),
    db.run(sql`
      UPDATE notifications SET muted_at = ${now}, version = version + 1 WHERE id IN ${touched}`),
    db.run(sql`
      UPDATE changes SET before = json_insert(before, '$.touched[#]', json_object('id', (
          SELECT id FROM notifications
          WHERE user_id = ${owner.id} AND fingerprint = ${print} AND deleted_at IS NULL), 'was', NULL))
      WHERE id = ${change.id}`),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
    lastChange(db, change, [id]),
  ]);
  return madeBy(change, answers[7]).change;
}
