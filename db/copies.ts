import { sql } from "drizzle-orm";
import type { Colleague } from "../domain/copies.ts";
import { fingerprint } from "../domain/conditions.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { bumpSettings } from "./accounts.ts";
import { auditChange } from "./audit.ts";
import { changeBy, changesBy, newChange, recordCreation } from "./changes.ts";
import { allJson, type Database, endOfLog, rowsOf } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { shownColumns, type ShownTuple, toShown } from "./notification_rows.ts";
import { ownerColumns, type OwnerRow, toOwner } from "./owners.ts";

/** The active colleagues of a user, by name, each with what they have about an event type. One round trip. */
export async function loadColleagues(
  db: Database,
  { id, account }: { id: string; account: { id: string } },
  type: string,
): Promise<(Owner & Colleague)[]> {
  const colleagues =
    sql`users WHERE account_id = ${account.id} AND id <> ${id} AND deactivated_at IS NULL`;
  const [people, rows] = await db.batch([
    db.all<ColleagueRow>(sql`
      SELECT ${ownerColumns}, name, email, opt_outs AS optOuts FROM ${colleagues} ORDER BY name`),
    allJson(
      db,
      ["user_id", ...shownColumns],
      sql`
      SELECT * FROM notifications
      WHERE user_id IN (SELECT id FROM ${colleagues}) AND type = ${type} AND deleted_at IS NULL`,
    ),
  ]);
  const held = Map.groupBy(rowsOf<[string, ...ShownTuple]>(rows), ([userId]) => userId);
  return people.map((row) => ({
    ...toOwner(row),
    optOuts: JSON.parse(row.optOuts),
    notifications: (held.get(row.id) ?? []).map(([, ...shown]) => toShown(shown)),
  }));
}

type ColleagueRow =
  & OwnerRow
  & Omit<Colleague, "roles" | "optOuts" | "notifications">
  & { optOuts: string };

/** Who gets a copy, and whether it arrives muted. */
export type Recipient = Owner & { muted: boolean };

/**
 * Gives colleagues a Custom notification of a user, from now on, as one change that the user can undo; resolves to
 * that change, if any. The same attempt again makes nothing, nor does one for people of another account.
 */
export async function copyNotification(
  db: Database,
  owner: { id: string; account: { id: string } },
  { type, conditions, frequency }: ShownNotification,
  { to, attempt, now }: { to: readonly Recipient[]; attempt: string; now: number },
): Promise<string | undefined> {
  const print = fingerprint(type, frequency, conditions);
  const people = JSON.stringify(to.map(({ id, muted }) => ({ id, mutedAt: muted ? now : null })));
  const change = { ...newChange(owner.id, "copied", now), attempt };
  const [, , , , , [made]] = await db.batch([
    db.run(sql`
      INSERT INTO notifications
        (user_id, kind, type, conditions, frequency, fingerprint, bookmark, muted_at, created_at)
      SELECT users.id, 'custom', ${type}, ${JSON.stringify(conditions)}, ${frequency}, ${print},
        ${endOfLog}, person.value ->> 'mutedAt', ${now}
      FROM json_each(${people}) person JOIN users ON users.id = person.value ->> 'id'
      WHERE account_id = ${owner.account.id} AND deactivated_at IS NULL
        AND NOT EXISTS (${changesBy(change)})
        AND NOT EXISTS (
          SELECT 1 FROM notifications twin
          WHERE twin.user_id = users.id AND twin.fingerprint = ${print} AND twin.kind = 'custom'
            AND twin.deleted_at IS NULL)`),
    recordCreation(db, change),
    ensureDigests(db, [...to], now),
    bumpSettings(db, owner.id),
    auditChange(db, change),
    changeBy(db, change),
  ]);
  return made?.id;
}
