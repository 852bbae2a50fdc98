import { type SQL, sql } from "drizzle-orm";
import { undoLimit } from "../domain/changes.ts";
import { hearingLimit } from "../domain/email_states.ts";
import { auditViewingsEnd } from "./audit.ts";
import type { Database } from "./client.ts";
import { stillOpen } from "./sessions.ts";

/** How many rows one step looks at: few enough to keep nobody waiting for the write lock. */
const stepSize = 500;

/** How long everybody else has the database to themselves after a step that wrote, in milliseconds. */
const pause = 20;

/** How long the audit log is kept at least, in milliseconds. */
const auditLeast = 30 * 86_400_000;

/** How long a page of a viewing may stand open and still be told that it is over, in milliseconds. */
const longestPage = 86_400_000;

export type CleanCounts = { events: number; emails: number };

/** Removes events and emails from before an instant, and what has expired by now, in short steps; resolves to how many. */
export async function cleanUp(
  db: Database,
  { now, before }: { now: number; before: number },
): Promise<CleanCounts> {
  await removeFound(db, sql`outbox`, sql`sent_at < ${before}`);
  await removeFound(db, sql`notifications`, sql`deleted_at < ${before}`);
  // The log's own trigger keeps what is younger than a month, however short the rest is kept.
  await removeFound(
    db,
    sql`audit`,
    sql`at < ${before} AND at <= (SELECT max(at) FROM audit) - ${auditLeast}`,
  );
  await removeFound(db, sql`changes`, sql`at <= ${now - undoLimit}`);
  await tellViewingsEnd(db, now);
  await removeSought(db, sql`heard_tokens`, { where: sql`heard_at <= ${now - hearingLimit}` });
  await removeSought(db, sql`sessions`, { where: sql`NOT ${stillOpen(now)}` });
  await removeSought(db, sql`sign_in_links`, { where: sql`expires_at <= ${now}` });
  await removeSought(db, sql`outgoing`, {
    where: sql`created_at < ${before} AND state <> 'queued'`,
  });
  const events = await removeEvents(db, before);
  const emails = await removeSought(db, sql`emails`, {
    where: sql`composed_at < ${before} AND state <> 'queued'`,
    // They stand in the order in which they were composed.
    until: sql`composed_at >= ${before}`,
  });
  return { events, emails };
}

/** Tells in the log that viewings ended whose browser never asked again. */
async function tellViewingsEnd(db: Database, now: number): Promise<void> {
  const which = sql`viewing_id IS NOT NULL AND viewing_until <= ${now - longestPage}`;
  await db.batch([
    auditViewingsEnd(db, which, now),
    db.run(sql`UPDATE sessions SET viewing_id = NULL, viewing_until = NULL WHERE ${which}`),
  ]);
}

/** Removes rows that an index finds. */
async function removeFound(db: Database, table: SQL, where: SQL): Promise<void> {
  await inSteps(async () => {
    const { rowsAffected } = await db.run(sql`
      DELETE FROM ${table} WHERE rowid IN (
        SELECT rowid FROM ${table} WHERE ${where} LIMIT ${stepSize})`);
    return { removed: rowsAffected, more: rowsAffected === stepSize };
  });
}

/** Looks at every row of a table, page after page, up to a page with a row from which on nothing is to be removed. */
async function removeSought(
  db: Database,
  table: SQL,
  { where, until = sql`0` }: { where: SQL; until?: SQL },
): Promise<number> {
  let after = 0;
  return await inSteps(async () => {
    const page = sql`(
      SELECT rowid FROM ${table} WHERE rowid > ${after} ORDER BY rowid LIMIT ${stepSize})`;
    const [[seen], { rowsAffected }] = await db.batch([
      db.all<{ last: number | null; count: number; ends: number }>(sql`
        SELECT max(rowid) AS last, count(*) AS count, max(${until}) AS ends FROM ${table}
        WHERE rowid IN ${page}`),
      db.run(sql`DELETE FROM ${table} WHERE rowid IN ${page} AND ${where}`),
    ]);
    after = seen!.last ?? after;
    return { removed: rowsAffected, more: seen!.count === stepSize && seen!.ends === 0 };
  });
}

async function removeEvents(db: Database, before: number): Promise<number> {
  return await inSteps(async () => {
    const old =
      sql`SELECT seq FROM events WHERE received_at < ${before} ORDER BY received_at LIMIT ${stepSize}`;
    const [, { rowsAffected }] = await db.batch([
      db.run(sql`DELETE FROM event_accounts WHERE seq IN (${old})`),
      db.run(sql`DELETE FROM events WHERE seq IN (${old})`),
    ]);
    return { removed: rowsAffected, more: rowsAffected === stepSize };
  });
}

interface Step {
  removed: number;
  more: boolean;
}

async function inSteps(take: () => Promise<Step>): Promise<number> {
  for (let total = 0;;) {
    const { removed, more } = await take();
    total += removed;
    if (!more) return total;
    // A file answers without ever waiting: without a pause nobody else would get a turn.
    await new Promise((resolve) => setTimeout(resolve, removed > 0 ? pause : 0));
  }
}
