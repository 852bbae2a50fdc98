import { sql } from "drizzle-orm";
import { undoLimit } from "../domain/changes.ts";
import { hearingLimit } from "../domain/email_states.ts";
import type { Database } from "./client.ts";

/** How many rows one step removes: small enough to keep nobody waiting for the write lock. */
const step = 500;

export interface CleanCounts {
  events: number;
  emails: number;
}

/** Removes events and emails from before an instant, and what has expired by now; resolves to how many. */
export async function cleanUp(
  db: Database,
  { now, before }: { now: number; before: number },
): Promise<CleanCounts> {
  await db.batch([
    db.run(sql`DELETE FROM sessions WHERE expires_at <= ${now}`),
    db.run(sql`DELETE FROM sign_in_links WHERE expires_at <= ${now}`),
    db.run(sql`DELETE FROM heard_tokens WHERE heard_at <= ${now - hearingLimit}`),
    db.run(sql`DELETE FROM outbox WHERE sent_at < ${before}`),
    db.run(sql`DELETE FROM notifications WHERE deleted_at < ${before}`),
    db.run(sql`DELETE FROM changes WHERE at <= ${now - undoLimit}`),
  ]);
  return { events: await removeEvents(db, before), emails: await removeEmails(db, before) };
}

async function removeEvents(db: Database, before: number): Promise<number> {
  return await inSteps(async () => {
    const old =
      sql`SELECT seq FROM events WHERE received_at < ${before} ORDER BY received_at LIMIT ${step}`;
    const [, removed] = await db.batch([
      db.run(sql`DELETE FROM event_accounts WHERE seq IN (${old})`),
      db.all(sql`DELETE FROM events WHERE seq IN (${old}) RETURNING seq`),
    ]);
    return removed.length;
  });
}

async function removeEmails(db: Database, before: number): Promise<number> {
  return await inSteps(async () => {
    const removed = await db.all(sql`
      DELETE FROM emails WHERE id IN (
        SELECT id FROM emails WHERE composed_at < ${before} AND state <> 'queued' LIMIT ${step})
      RETURNING id`);
    return removed.length;
  });
}

async function inSteps(remove: () => Promise<number>): Promise<number> {
  for (let total = 0;;) {
    const removed = await remove();
    total += removed;
    if (removed < step) return total;
  }
}
