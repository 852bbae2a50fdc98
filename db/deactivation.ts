import { sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUsers, auditViewingsEnd, type By, byCommand } from "./audit.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { guarded, mustKeepAdmin, mustManagePeople } from "./guards.ts";
import { findOwner } from "./owners.ts";
import { stopViewings } from "./viewing.ts";

/** Ends all mail and every session of a colleague at once, what was queued included; doing it twice is harmless. Throws NotFound and Forbidden. */
export async function deactivateUser(
  db: Database,
  accountId: string,
  id: string,
  now: number,
  by: By = byCommand,
): Promise<void> {
  const [found] = await guarded(db.batch([
    findMember(db, accountId, id),
    mustManagePeople(db, by),
    ...leaving(db, { accountId, id }, { now, by }),
  ]));
  if (found.length === 0) throw new NotFound(`Cannot deactivate user "${id}": not in this account`);
}

/** The statements by which a colleague leaves. */
export function leaving(
  db: Database,
  { accountId, id }: { accountId: string; id: string },
  { now, by }: { now: number; by: By },
) {
  const member = colleague(accountId, id);
  return [
    mustKeepAdmin(db, accountId, { leaving: [id], by }),
    auditUsers(db, { at: now, by, deed: "deactivated" }, {
      which: sql`id = ${member} AND deactivated_at IS NULL`,
      before: sql`json_object('state', 'active')`,
      after: sql`json_object('state', 'deactivated')`,
    }),
    db.run(sql`
      UPDATE users SET deactivated_at = coalesce(deactivated_at, ${now}) WHERE id = ${member}`),
    auditViewingsEnd(db, sql`user_id = ${member}`, now),
    db.run(sql`DELETE FROM sessions WHERE user_id = ${member}`),
    stopViewings(db, sql`viewing_id = ${member}`, now),
    db.run(sql`DELETE FROM sign_in_links WHERE user_id = ${member}`),
    db.run(sql`DELETE FROM digests WHERE user_id = ${member}`),
    db.run(sql`
      UPDATE emails SET state = 'canceled', problem = 'the user was deactivated'
      WHERE user_id = ${member} AND state = 'queued'`),
    db.run(sql`
      DELETE FROM outgoing WHERE user_id = ${member} AND state = 'queued'
        AND recipient = (SELECT email FROM users WHERE id = ${member})`),
    bumpSettings(db, member),
  ] as const;
}

/** Lets a colleague sign in and get mail again, from now on; doing it twice is harmless. Throws NotFound and Forbidden. */
export async function reactivateUser(
  db: Database,
  accountId: string,
  id: string,
  now: number,
  by: By = byCommand,
): Promise<void> {
  const [member] = await findMember(db, accountId, id);
  if (!member) throw new NotFound(`Cannot reactivate user "${id}": not in this account`);
  const owner = await findOwner(db, id);
  await guarded(db.batch([mustManagePeople(db, by), ...returning(db, owner, { now, by })]));
}

/** The statements by which somebody returns. */
export function returning(db: Database, owner: Owner, { now, by }: { now: number; by: By }) {
  const { id } = owner;
  return [
    auditUsers(db, { at: now, by, deed: "reactivated" }, {
      which: sql`id = ${id} AND deactivated_at IS NOT NULL`,
      before: sql`json_object('state', 'deactivated')`,
      after: sql`json_object('state', 'active')`,
    }),
    db.run(sql`
      UPDATE notifications SET bookmark = ${endOfLog}
      WHERE user_id = ${id} AND (SELECT deactivated_at FROM users WHERE id = ${id}) IS NOT NULL`),
    // What was asked for meanwhile has a window that nobody looked into.
    db.run(sql`
      DELETE FROM digests
      WHERE user_id = ${id} AND (SELECT deactivated_at FROM users WHERE id = ${id}) IS NOT NULL`),
    db.run(sql`
      UPDATE users SET deactivated_at = NULL, behind = 0, paused_until = NULL, held_until = NULL
      WHERE id = ${id} AND deactivated_at IS NOT NULL`),
    forgetChanges(db, [id]),
    // Whoever returns is not paused any more.
    ensureDigests(db, [{ ...owner, pausedUntil: null }], now),
    bumpSettings(db, id),
  ] as const;
}

function findMember(db: Database, accountId: string, id: string) {
  return db.all(sql`SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId}`);
}

function colleague(accountId: string, id: string) {
  return sql`(SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId})`;
}
