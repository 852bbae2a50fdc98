import { type SQL, sql } from "drizzle-orm";
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

/** What its claimant knows of an email: whose turn it is can change by the minute. */
export type Claim = Pick<ClaimedEmail, "id" | "userId" | "leasedUntil">;

/** The condition that emails are still their claimant's: they were neither taken over nor taken back meanwhile. */
export function stillClaimed(claims: readonly Pick<Claim, "id" | "leasedUntil">[]): SQL {
  return sql`(emails.id IN ${
    inList(claims.map(({ id }) => id))
  } AND state = 'queued' AND send_at = ${claims[0]!.leasedUntil})`;
}

/** The condition that nobody changed the settings of an email's account since a version; always true without one. */
export function settingsStill(version: number | undefined): SQL {
  return version === undefined ? sql`true` : sql`(
    SELECT settings_version FROM users JOIN accounts ON accounts.id = users.account_id
    WHERE users.id = emails.user_id) = ${version}`;
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

/**
 * Puts a claimed email back into the queue, not to be tried before `at`; `failedAt` where that is because a provider
 * failed. Resolves to whether it was its claimant's to put, and by settings that still hold.
 */
export async function postpone(
  db: Database,
  claim: Claim,
  { at, problem, failedAt = null, settings }: {
    at: number;
    problem: string;
    failedAt?: number | null;
    /** The version by which its reader wants it later. */
    settings?: number;
  },
): Promise<boolean> {
  const { rowsAffected } = await db.run(sql`
    UPDATE emails SET send_at = ${at}, problem = ${problem},
      failing_since = coalesce(failing_since, ${failedAt})
    WHERE ${stillClaimed([claim])} AND ${settingsStill(settings)}`);
  return rowsAffected > 0;
}

/** Lets go of emails that were claimed together and never tried. */
export async function releaseEmails(
  db: Database,
  claimed: readonly Pick<Claim, "id" | "leasedUntil">[],
  now: number,
) {
  await db.run(sql`
    UPDATE emails SET send_at = ${now}, attempts = attempts - 1 WHERE ${stillClaimed(claimed)}`);
}
