import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import { type Database, inList } from "./client.ts";

/** An email that is this sender's alone until its lease ends. */
export interface ClaimedEmail {
  id: string;
  userId: string;
  frequency: Frequency;
  content: EmailContent;
  composedAt: number;
  /** 1 for the first. */
  attempts: number;
  /** Why it had to wait before. Null at a further attempt: whoever made the last one did not come back. */
  problem: string | null;
  /** Since when the provider does not take it, in milliseconds, or null. */
  failingSince: number | null;
  /** When the lease ends, in milliseconds. */
  leasedUntil: number;
}

/** Takes the emails that wait longest, at most `limit`; nobody else gets them before `now + lease` (milliseconds). */
export async function claimEmails(
  db: Database,
  { now, lease, limit }: { now: number; lease: number; limit: number },
): Promise<ClaimedEmail[]> {
  const rows = await db.all<{ email: string }>(sql`
    UPDATE emails SET send_at = ${now + lease}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM emails WHERE state = 'queued' AND send_at <= ${now} ORDER BY send_at LIMIT ${limit})
      AND state = 'queued' AND send_at <= ${now}
    RETURNING json_object('id', id, 'userId', user_id, 'frequency', frequency, 'content', json(content),
      'composedAt', composed_at, 'attempts', attempts, 'problem', problem,
      'failingSince', failing_since, 'leasedUntil', send_at) AS email`);
  return rows.map(({ email }) => JSON.parse(email));
}

/** Puts an email back into the queue, not to be tried before `at`; `failedAt` where that is because a provider failed. */
export async function postpone(
  db: Database,
  id: string,
  { at, problem, failedAt = null }: { at: number; problem: string; failedAt?: number | null },
) {
  await db.run(sql`
    UPDATE emails SET send_at = ${at}, problem = ${problem},
      failing_since = coalesce(failing_since, ${failedAt})
    WHERE id = ${id} AND state = 'queued'`);
}

/** Lets go of emails that were claimed and never tried. */
export async function releaseEmails(
  db: Database,
  claimed: readonly Pick<ClaimedEmail, "id">[],
  now: number,
) {
  await db.run(sql`
    UPDATE emails SET send_at = ${now}, attempts = attempts - 1
    WHERE id IN ${inList(claimed.map(({ id }) => id))} AND state = 'queued'`);
}
