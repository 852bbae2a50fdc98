import { type SQL, sql } from "drizzle-orm";
import type { AuditDeed, KeySubject, Via } from "../domain/audit.ts";
import { type Database, justInserted } from "./client.ts";

// The audit log is written by statements in the same batch as what they tell of: there is no change without its entry,
// no entry without its change, and no round trip more. Triggers refuse whatever else is done to it.

/** Who does something; null for whoever runs the service. */
export interface By {
  actor: string | null;
  via: Via;
}

/** Whoever runs the service, at its command line. */
export const byCommand: By = { actor: null, via: "command" };

/** Somebody at a page of ours. */
export function byPage(actor: string): By {
  return { actor, via: "page" };
}

/** A directory, by its key. */
export function byScimKey(key: { id: string }): By {
  return { actor: key.id, via: "SCIM" };
}

const columns = sql`
  (at, account_id, actor_id, via, deed, subject, subject_id, user_id, before, after)`;

/** The statement that tells what a recorded change did to each notification that it touched; it goes behind the change. */
export function auditChange(
  db: Database,
  { id, deed, via = "page" }: { id: string; deed: AuditDeed; via?: Via },
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT change.at, u.account_id, u.id, ${via}, ${deed}, 'notification', n.id, n.user_id,
      ${was(sql`touched.value -> 'was'`)}, ${stateOf}
    FROM changes change JOIN users u ON u.id = change.user_id
    JOIN json_each(change.before, '$.touched') touched
    JOIN notifications n ON n.id = touched.value ->> 'id'
    WHERE change.id = ${id}`);
}

/** The statement that tells of what is about to be undone; it goes before. */
export function auditUndo(
  db: Database,
  undoable: SQL,
  { at, via }: { at: number; via: Via },
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, u.account_id, u.id, ${via}, 'undone', 'notification', n.id, n.user_id,
      ${stateOf}, ${was(sql`touched.value -> 'was'`)}
    FROM ${undoable} change JOIN users u ON u.id = change.user_id
    JOIN json_each(change.before, '$.touched') touched
    JOIN notifications n ON n.id = touched.value ->> 'id'`);
}

/** A notification as it is; null once deleted. */
const stateOf = sql`
  CASE WHEN n.deleted_at IS NULL THEN json_object('type', n.type, 'conditions', json(n.conditions),
    'frequency', n.frequency, 'mutedAt', n.muted_at, 'mutedUntil', n.muted_until) END`;

function was(recorded: SQL): SQL {
  return sql`nullif(json_remove(${recorded}, '$.fingerprint', '$.bookmark'), 'null')`;
}

interface Told {
  at: number;
  by: By;
  deed: AuditDeed;
}

/** The statement that tells of something done to those users for whom `which` holds; what they were and become as JSON. */
export function auditUsers(
  db: Database,
  { at, by, deed }: Told,
  { which, before, after }: { which: SQL; before: SQL; after: SQL },
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, account_id, ${by.actor}, ${by.via}, ${deed}, 'user', id, id, ${before}, ${after}
    FROM users WHERE ${which}`);
}

/** The statement that tells of the viewing that is about to begin in the session for which `which` holds. */
export function auditViewingBegins(
  db: Database,
  { which, as }: { which: SQL; as: string },
  now: number,
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${now}, seen.account_id, viewing.user_id, 'page', 'began viewing as', 'user', seen.id,
      seen.id, NULL, NULL
    FROM (SELECT user_id FROM sessions WHERE ${which}) viewing JOIN users seen ON seen.id = ${as}`);
}

/** The statement that tells of the viewings which end with what is about to happen to those sessions for which `which` holds. */
export function auditViewingsEnd(db: Database, which: SQL, now: number) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT min(${now}, viewing_until), seen.account_id, viewing.user_id, 'page', 'ended viewing as',
      'user', seen.id, seen.id, NULL, NULL
    FROM (SELECT * FROM sessions WHERE viewing_id IS NOT NULL AND ${which}) viewing
    JOIN users seen ON seen.id = viewing.viewing_id`);
}

/** The statement that tells what became of those prepared notifications for which `which` holds. */
export function auditPreparations(db: Database, which: SQL, { at, by, deed }: Told) {
  const state = sql`json_object('type', type, 'conditions', json(conditions),
    'frequency', frequency, 'mutedAt', NULL)`;
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, account_id, ${by.actor}, ${by.via}, ${deed}, 'prepared notification', role, NULL,
      ${deed === "prepared" ? sql`NULL, ${state}` : sql`${state}, NULL`}
    FROM prepared WHERE ${which}`);
}

/** The statement that tells of the notifications which the INSERT right before it gave people. */
export function auditGiven(db: Database, { at, by, deed }: Told) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, u.account_id, ${by.actor}, ${by.via}, ${deed}, 'notification', n.id, u.id, NULL,
      ${stateOf}
    FROM notifications n JOIN users u ON u.id = n.user_id WHERE ${justInserted(sql`n.id`)}`);
}

/** The statement that tells of an email that is about to change its state, if it stands in `from`. */
export function auditEmail(
  db: Database,
  id: string,
  { at, by, deed }: Told,
  { from, to }: { from: "queued" | "failed"; to: "queued" | "failed" },
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, u.account_id, ${by.actor}, ${by.via}, ${deed}, 'email', e.id, u.id,
      json_object('state', ${from}), json_object('state', ${to})
    FROM emails e JOIN users u ON u.id = e.user_id WHERE e.id = ${id} AND e.state = ${from}`);
}

/** The statement that tells what became of a key, which belongs to an account or to none. */
export function auditKey(
  db: Database,
  { subject, name, accountId = null }: {
    subject: KeySubject;
    name: string;
    accountId?: string | null;
  },
  { at, by, deed }: Told,
  which = sql`true`,
) {
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, ${accountId}, ${by.actor}, ${by.via}, ${deed}, ${subject}, ${name}, NULL, NULL, NULL
    WHERE ${which}`);
}

/** The statement that tells what an account is called from now on, and was before; it goes before the change. */
export function auditAccount(
  db: Database,
  { id, name, isNew }: { id: string; name: string; isNew: boolean },
  told: Told,
) {
  const { at, by, deed } = told;
  return db.run(sql`
    INSERT INTO audit ${columns}
    SELECT ${at}, ${id}, ${by.actor}, ${by.via}, ${deed}, 'account', ${id}, NULL,
      CASE WHEN accounts.id IS NOT NULL THEN json_object('name', accounts.name) END,
      json_object('name', ${name})
    FROM (SELECT 1) LEFT JOIN accounts ON accounts.id = ${id}
    WHERE accounts.name IS NOT ${name} AND (accounts.id IS NULL) = ${isNew ? 1 : 0}`);
}
