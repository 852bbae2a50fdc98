import { sql } from "drizzle-orm";
import type { Email } from "../domain/email.ts";
import type { Database } from "./client.ts";

// The queue of emails that no event caused. They are stored whole, because nothing of them can be composed again.

/** An email that is this sender's alone until its lease ends. */
export interface ClaimedOutgoing extends Email {
  /** 1 for the first. */
  attempts: number;
}

/**
 * Puts an email into the queue; the same id again changes nothing. Resolves to whether it stands there as that user's:
 * not where the user's emails since an instant are `most` already.
 */
export async function queueOutgoing(
  db: Database,
  { id, to, subject, headers, text, html }: Email,
  { userId, now, most, since }: { userId: string; now: number; most: number; since: number },
): Promise<boolean> {
  const [, found] = await db.batch([
    db.run(sql`
      INSERT INTO outgoing (id, user_id, recipient, subject, headers, text, html, created_at, send_at)
      SELECT ${id}, ${userId}, ${to}, ${subject}, ${JSON.stringify(headers)}, ${text}, ${html},
        ${now}, ${now}
      WHERE ${most} > (
        SELECT count(*) FROM outgoing WHERE user_id = ${userId} AND created_at > ${since})
      ON CONFLICT DO NOTHING`),
    db.all(sql`SELECT id FROM outgoing WHERE id = ${id} AND user_id = ${userId}`),
  ]);
  return found.length > 0;
}

/** Takes the emails that wait longest, at most `limit`; nobody else gets them before `now + lease` (milliseconds). */
export async function claimOutgoing(
  db: Database,
  { now, lease, limit }: { now: number; lease: number; limit: number },
): Promise<ClaimedOutgoing[]> {
  const rows = await db.all<Omit<ClaimedOutgoing, "headers"> & { headers: string }>(sql`
    UPDATE outgoing SET send_at = ${now + lease}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM outgoing WHERE state = 'queued' AND send_at <= ${now}
      ORDER BY send_at LIMIT ${limit})
      AND state = 'queued' AND send_at <= ${now}
    RETURNING id, recipient AS "to", subject, headers, text, html, attempts`);
  return rows.map((row) => ({ ...row, headers: JSON.parse(row.headers) }));
}

/** Says that a claimed email was taken. */
export async function markOutgoingSent(db: Database, id: string): Promise<void> {
  await db.run(sql`UPDATE outgoing SET state = 'sent', problem = NULL WHERE id = ${id}`);
}

/** Says that a claimed email will never be taken. */
export async function markOutgoingFailed(
  db: Database,
  id: string,
  problem: string,
): Promise<void> {
  await db.run(sql`UPDATE outgoing SET state = 'failed', problem = ${problem} WHERE id = ${id}`);
}

/** Lets a claimed email wait until an instant. */
export async function postponeOutgoing(
  db: Database,
  id: string,
  { at, problem }: { at: number; problem: string },
): Promise<void> {
  await db.run(sql`
    UPDATE outgoing SET send_at = ${at}, problem = ${problem} WHERE id = ${id} AND state = 'queued'`);
}
