import { sql } from "drizzle-orm";
import { fingerprint } from "../domain/conditions.ts";
import type { Brought } from "../domain/transfers.ts";
import { bumpSettings } from "./accounts.ts";
import { auditChange } from "./audit.ts";
import { changeBy, changesBy, newChange, recordCreation } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";

/**
 * Creates those notifications that their owner does not have, from now on, as one change that can be undone; resolves
 * to that change, if any. The same attempt again creates nothing.
 */
export async function importNotifications(
  db: Database,
  owner: Owner,
  list: readonly Brought[],
  { attempt, now }: { attempt: string; now: number },
): Promise<string | undefined> {
  const wanted = list.map(({ type, conditions, frequency, muted }) => ({
    ...{ type, conditions, frequency, mutedAt: muted ? now : null },
    print: fingerprint(type, frequency, conditions),
  }));
  const change = { ...newChange(owner.id, "imported", now), attempt };
  const [, , , , , [made]] = await db.batch([
    db.run(sql`
      INSERT INTO notifications
        (user_id, kind, type, conditions, frequency, fingerprint, bookmark, muted_at, created_at)
      SELECT ${owner.id}, 'custom', value ->> 'type', value -> 'conditions', value ->> 'frequency',
        value ->> 'print', ${endOfLog}, value ->> 'mutedAt', ${now}
      FROM json_each(${JSON.stringify(wanted)})
      WHERE NOT EXISTS (${changesBy(change)})
        AND NOT EXISTS (
          SELECT 1 FROM notifications twin
          WHERE twin.user_id = ${owner.id} AND twin.fingerprint = value ->> 'print'
            AND twin.kind = 'custom' AND twin.deleted_at IS NULL)
      GROUP BY value ->> 'print' ORDER BY min(key)`),
    recordCreation(db, change),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
    auditChange(db, change),
    changeBy(db, change),
  ]);
  return made?.id;
}
