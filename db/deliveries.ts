import { sql } from "drizzle-orm";
import { deliveries, type Delivery } from "../domain/email_states.ts";
import { NotFound } from "../domain/errors.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUsers, type By } from "./audit.ts";
import { type Database, inList } from "./client.ts";

/** The reader of an email, by user id; null where there is no such email. And whether this was told before. */
export async function findTold(
  db: Database,
  { emailId, token }: { emailId: string; token: string },
): Promise<{ userId: string | null; isRepeated: boolean }> {
  const [found] = await db.all<{ userId: string | null; isRepeated: number }>(sql`
    SELECT (SELECT user_id FROM emails WHERE id = ${emailId}) AS userId,
      EXISTS (SELECT 1 FROM heard_tokens WHERE token = ${token}) AS isRepeated`);
  return { userId: found!.userId, isRepeated: found!.isRepeated === 1 };
}

/** Remembers that something was told. */
export async function rememberTold(db: Database, token: string, now: number) {
  await heard(db, token, now);
}

/** Notes what became of an email on its way, unless more is known already; `at` is when it happened, in milliseconds. */
export async function noteDelivery(
  db: Database,
  { emailId, delivery, at }: { emailId: string; delivery: Delivery; at: number },
  { token, now }: { token: string; now: number },
) {
  const weaker = deliveries.slice(0, deliveries.indexOf(delivery));
  await db.batch([
    db.run(sql`
      UPDATE emails SET delivery = ${delivery}, delivery_at = ${at},
        deliver_by = CASE WHEN ${delivery} <> 'delivered' THEN deliver_by END
      WHERE id = ${emailId} AND (delivery IS NULL OR delivery IN ${inList(weaker)})`),
    heard(db, token, now),
  ]);
}

/** Ends all mail to the reader of an email, whose address takes none, or who marked it as spam. */
export async function stopMail(
  db: Database,
  userId: string,
  { at, complained }: { at: number; complained: boolean },
) {
  await db.batch([
    db.run(sql`
      UPDATE users SET address_failed_at = coalesce(address_failed_at, ${at}),
        complained_at = coalesce(complained_at, ${complained ? at : null})
      WHERE id = ${userId}`),
    // Colleagues may now be the last to hear of something.
    bumpSettings(db, userId),
  ]);
}

/** Lets a colleague get mail again whose address failed or who complained, from now on; doing it twice is harmless. */
export async function resumeMail(
  db: Database,
  accountId: string,
  id: string,
  { now, by }: { now: number; by: By },
) {
  const [, found] = await db.batch([
    auditUsers(db, { at: now, by, deed: "mail resumed" }, {
      which: sql`id = ${id} AND account_id = ${accountId}
        AND coalesce(address_failed_at, complained_at) IS NOT NULL`,
      before: sql`json_object('state', iif(complained_at IS NULL, 'address failed', 'complained'))`,
      after: sql`json_object('state', 'active')`,
    }),
    db.all(sql`
      UPDATE users SET address_failed_at = NULL, complained_at = NULL
      WHERE id = ${id} AND account_id = ${accountId} RETURNING id`),
    bumpSettings(db, sql`(SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId})`),
  ]);
  if (found.length === 0) {
    throw new NotFound(`Cannot resume mail to user "${id}": not in this account`);
  }
}

function heard(db: Database, token: string, now: number) {
  return db.run(sql`
    INSERT INTO heard_tokens (token, heard_at) VALUES (${token}, ${now}) ON CONFLICT DO NOTHING`);
}
