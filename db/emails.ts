import { sql } from "drizzle-orm";
import type { EmailContent } from "../domain/compose.ts";
import { bumpSettings } from "./accounts.ts";
import { type Claim, type ClaimedEmail, settingsStill, stillClaimed } from "./claims.ts";
import type { Database } from "./client.ts";

// What becomes of an email after it was claimed. Whoever stood still for longer than the lease lasts says nothing any
// more: somebody else has it. That the provider took it counts whoever says so.

/** An email that the provider took, the provider's own id for it, and how it was worded. */
export interface SentEmail {
  id: string;
  providerId: string;
  sent: NonNullable<EmailContent["sent"]>;
  /** When it has to be known as delivered, in milliseconds; null where nobody watches. */
  deliverBy: number | null;
}

/** Notes that the provider took these emails. */
export async function markSent(db: Database, sent: readonly SentEmail[], now: number) {
  await db.run(sql`
    UPDATE emails SET state = 'sent', sent_at = ${now}, provider_id = value ->> 'providerId', problem = NULL,
      content = json_set(content, '$.sent', value -> 'sent'),
      deliver_by = CASE WHEN delivery IS NOT 'delivered' THEN value ->> 'deliverBy' END
    FROM json_each(${JSON.stringify(sent)})
    WHERE emails.id = value ->> 'id'`);
}

/** Notes that an email can never be delivered and, where the address is to blame, that it takes no mail. */
export async function markFailed(
  db: Database,
  email: Claim,
  { problem, addressFailedAt }: { problem: string; addressFailedAt: number | null },
) {
  await db.batch([
    db.run(
      sql`UPDATE emails SET state = 'failed', problem = ${problem} WHERE ${stillClaimed([email])}`,
    ),
    db.run(sql`
      UPDATE users SET address_failed_at = coalesce(address_failed_at, ${addressFailedAt})
      WHERE id = ${email.userId}`),
    // Colleagues may now be the last to hear of something.
    bumpSettings(db, email.userId),
  ]);
}

/** Takes an email back before it was sent: what it would have told counts as untold again. Resolves to false where the settings by which nobody wants it hold no more. */
export async function cancelEmail(
  db: Database,
  email: Claim,
  { problem, settings }: { problem: string; settings?: number },
): Promise<boolean> {
  const [{ rowsAffected }] = await db.batch([
    db.run(sql`
      UPDATE emails SET state = 'canceled', problem = ${problem}
      WHERE ${stillClaimed([email])} AND ${settingsStill(settings)}`),
    nextTurn(db, email.userId),
  ]);
  return rowsAffected > 0;
}

/** Narrows an email to what still holds; the rest counts as untold again. Resolves to false where the settings by which that is so hold no more. */
export async function narrowEmail(
  db: Database,
  email: ClaimedEmail,
  { content, settings }: { content: EmailContent; settings?: number },
): Promise<boolean> {
  const lastSeq = content.items.at(-1)!.seq;
  const [{ rowsAffected }] = await db.batch([
    db.run(sql`
      UPDATE emails
      SET content = ${JSON.stringify(content)}, last_seq = ${lastSeq},
        window = CASE WHEN window = last_seq THEN ${lastSeq} ELSE window END
      WHERE ${stillClaimed([email])} AND ${settingsStill(settings)}`),
    nextTurn(db, email.userId),
  ]);
  return rowsAffected > 0;
}

/**
 * Gives an email up, which no provider took and none has: what it tells is owed again, by an email that takes its
 * place. Its own bookmarks would also bring back what was muted meanwhile.
 */
export async function giveUp(
  db: Database,
  claim: Claim,
  { successor, problem, now }: { successor: string; problem: string; now: number },
) {
  const { id, userId } = claim;
  await db.batch([
    db.run(sql`
      UPDATE emails SET state = 'canceled', given_up_at = ${now}, problem = ${problem}
      WHERE ${stillClaimed([claim])}`),
    db.run(sql`
      INSERT INTO emails (id, user_id, frequency, window, content, last_seq, composed_at, send_at)
      SELECT ${successor}, user_id, frequency, window, content, last_seq, ${now}, ${now} FROM emails
      WHERE id = ${id} AND given_up_at = ${now} AND changes() > 0`),
    nextTurn(db, userId),
  ]);
}

/** The statement after which whoever composes for the user's account has to look again. */
function nextTurn(db: Database, userId: string) {
  return db.run(sql`
    UPDATE accounts SET turn = turn + 1 WHERE id = (SELECT account_id FROM users WHERE id = ${userId})`);
}
