import { type SQL, sql } from "drizzle-orm";
import type { Via } from "../domain/audit.ts";
import { defaultNotifications } from "../domain/catalogue.ts";
import { undoLimit } from "../domain/changes.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUndo } from "./audit.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { touchedBy } from "./changes.ts";
import { type Database, inList } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { undoOptOut } from "./opt_outs.ts";

/**
 * Puts the notifications that a change touched back as they were, so that nothing that came meanwhile is lost or told
 * twice; undoing twice is harmless. Throws Conflict when one was changed again or its like exists by now.
 */
export async function undoChange(
  db: Database,
  owner: Owner,
  id: string,
  now: number,
  via: Via = "page",
): Promise<void> {
  const judged = judge(owner, id, now);
  const undoable = sql`
    (SELECT * FROM (${judged}) WHERE undone_at IS NULL AND NOT old AND NOT overtaken AND twin IS NULL)`;
  const [[found]] = await db.batch([
    db.all<Judged>(sql`
      SELECT undone_at IS NOT NULL AS undone, old, overtaken, twin FROM (${judged})`),
    settleBookmarks(db, [owner.id]),
    auditUndo(db, undoable, { at: now, via }),
    restore(db, undoable),
    db.run(sql`
      UPDATE notifications SET deleted_at = ${now}, version = version + 1
      FROM ${undoable} change, json_each(change.before, '$.touched') touched
      WHERE notifications.id = touched.value ->> 'id' AND touched.value ->> 'was' IS NULL`),
    ...undoOptOut(db, undoable, { userId: owner.id, at: now, via }),
    db.run(sql`UPDATE changes SET undone_at = ${now} WHERE id IN (SELECT id FROM ${undoable})`),
    fallBehind(db, [owner.id]),
    ensureDigests(db, [owner], now),
    bumpSettings(db, owner.id),
  ]);
  refuse(found);
}

interface Judged {
  undone: 0 | 1;
  old: 0 | 1;
  overtaken: 0 | 1;
  twin: number | null;
}

/** The change, with everything that can stand in the way of undoing it. */
function judge(owner: Owner, id: string, now: number): SQL {
  const touched = touchedBy({ id });
  const defaults = inList([...defaultNotifications(owner.roles).keys()]);
  return sql`
    SELECT *, at <= ${now - undoLimit} AS old,
      EXISTS (
        SELECT 1 FROM changes later, json_each(later.before, '$.touched') again
        -- What was copied is its new owner's to change.
        WHERE later.user_id IN (SELECT user_id FROM notifications WHERE id IN ${touched})
          AND later.rowid > changes.rowid AND later.undone_at IS NULL
          AND again.value ->> 'id' IN ${touched}) AS overtaken,
      (SELECT twin.id FROM json_each(before, '$.touched') touched
        JOIN notifications gone ON gone.id = touched.value ->> 'id'
          AND (gone.deleted_at IS NOT NULL OR gone.fingerprint <> touched.value ->> '$.was.fingerprint')
        JOIN notifications twin ON twin.user_id = ${owner.id} AND twin.deleted_at IS NULL
          AND twin.fingerprint = touched.value ->> '$.was.fingerprint' AND twin.id NOT IN ${touched}
          -- Said twice, because each kind has an index of its own.
          AND (twin.kind = 'custom' AND twin.deleted_at IS NULL
            OR twin.kind = 'default' AND twin.type = touched.value ->> '$.was.type' AND twin.type IN ${defaults})
        LIMIT 1) AS twin
    FROM changes WHERE id = ${id} AND user_id = ${owner.id}`;
}

/** The statement that puts back what was there before, the bookmarks included. */
function restore(db: Database, undoable: SQL) {
  return db.run(sql`
    UPDATE notifications
    SET type = touched.value ->> '$.was.type', conditions = touched.value -> '$.was.conditions',
      frequency = touched.value ->> '$.was.frequency', fingerprint = touched.value ->> '$.was.fingerprint',
      bookmark = min(touched.value ->> '$.was.bookmark',
        coalesce(untold.seq - 1, touched.value ->> '$.was.bookmark')),
      muted_at = touched.value ->> '$.was.mutedAt', muted_until = touched.value ->> '$.was.mutedUntil',
      deleted_at = NULL, version = version + 1
    FROM ${undoable} change, json_each(change.before, '$.touched') touched
    LEFT JOIN (${untold(undoable)}) untold ON untold.id = touched.value ->> 'id'
    WHERE notifications.id = touched.value ->> 'id' AND touched.value ->> 'was' IS NOT NULL`);
}

/** For each notification the first event that an email was about to tell, and that was not told since: the change took it out of the queue. */
function untold(undoable: SQL): SQL {
  return sql`
    SELECT pending.value ->> 'id' AS id, min(pending.value ->> 'seq') AS seq
    FROM ${undoable} change, json_each(change.before, '$.pending') pending
    WHERE NOT EXISTS (
      SELECT 1 FROM emails, json_each(content, '$.items') item
      WHERE emails.user_id = change.user_id AND state <> 'canceled' AND last_seq >= pending.value ->> 'seq'
        AND item.value ->> 'seq' = pending.value ->> 'seq')
    GROUP BY 1`;
}

function refuse(found: Judged | undefined): void {
  if (!found || (found.old && !found.undone)) {
    throw new NotFound(
      "This cannot be undone any more: it was more than an hour ago, or your roles have changed since",
    );
  }
  if (found.undone) return;
  if (found.overtaken) {
    throw new Conflict(
      "This cannot be undone: it was changed again meanwhile, in another window or by a colleague",
    );
  }
  if (found.twin !== null) {
    throw new Conflict(
      "This cannot be undone: a notification that asks the same was created meanwhile",
      found.twin,
    );
  }
}
