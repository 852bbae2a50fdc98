import { and, eq, gt } from "drizzle-orm";
import Mailgun from "mailgun.js";
import * as z from "zod";
import { type Database, openDatabase } from "../../db/client.ts";
import { accounts, eventAccounts, events, notifications, users } from "../../db/schema.ts";
import { notificationSentence } from "../../domain/sentences.ts";
import type { Email } from "../../domain/email.ts";
import { compile } from "../../domain/match.ts";
import { signedEmail } from "../../views/emails/signed.ts";
import { morning } from "../mornings.ts";
import { wording } from "../sending.ts";

// The job that every peer does for each recipient, as it is usually written: three queries by drizzle for the person,
// what they ask for and what happened since; our own matching and wording; and one POST by mailgun.js as it comes.

/** What a job carries. */
export const recipientOf = z.object({ userId: z.string() });
export type Recipient = z.infer<typeof recipientOf>;

/** The people whose digest is due, at most `limit`. */
export async function recipientsDue({ $client }: Database, limit: number): Promise<Recipient[]> {
  const { rows } = await $client.execute({
    sql: "SELECT user_id FROM digests WHERE next_at <= ? LIMIT ?",
    args: [morning, limit],
  });
  return rows.map((row) => ({ userId: String(row.user_id) }));
}

/** Sends one person's digest; resolves to false where it would have been empty, and was not sent. */
export type SendDigest = (recipient: Recipient) => Promise<boolean>;

/** Makes the email of one person from the database, and posts it. */
export function digestsFrom(
  db: Database,
  post: (email: Email) => Promise<unknown>,
): SendDigest {
  return async ({ userId }) => {
    const [found] = await db.select().from(users)
      .innerJoin(accounts, eq(accounts.id, users.accountId)).where(eq(users.id, userId));
    const { users: reader, accounts: account } = found!;
    const asked = await db.select().from(notifications)
      .where(and(eq(notifications.userId, userId), eq(notifications.frequency, "daily")));
    const bookmark = Math.min(...asked.map((each) => each.bookmark));
    const log = await db.select().from(events)
      .innerJoin(eventAccounts, eq(eventAccounts.seq, events.seq))
      .where(and(eq(eventAccounts.accountId, account.id), gt(eventAccounts.seq, bookmark)))
      .orderBy(events.seq);
    const match = compile(asked.map((each) => ({ ...each, sentence: notificationSentence(each) })));
    const items = log.map(({ events: event }) => ({ event, reasons: match(event) }))
      .filter(({ reasons }) => reasons.length > 0);
    if (items.length === 0) return false;
    const id = crypto.randomUUID();
    const reasons = [...new Set(items.flatMap((item) => item.reasons))];
    const email = await signedEmail({
      ...{ emailId: id, ...wording, composedAt: morning, frequency: "daily", catchUp: false },
      ...{ reader, account, items, reasons },
    }, wording.secretKey);
    await post({ id, to: reader.email, ...email });
    return true;
  };
}

/** mailgun.js, as its own page shows it. */
function mailgunAt(url: string): (email: Email) => Promise<unknown> {
  const client = new Mailgun(FormData).client({ username: "api", key: "key", url, useFetch: true });
  return ({ to, subject, text, html, headers }) =>
    client.messages.create(wording.mailDomain, {
      ...{ from: "Callboard <notifications@callboard.example>", to, subject, text, html },
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [`h:${name}`, value])),
    });
}

/** What a peer is given on its command line: where the recipients are, where mail goes, its own server, and how many recipients. */
export async function peerArguments() {
  const [url, sink, server, limit] = Deno.args as [string, string, string, string];
  const db = await openDatabase({ url });
  const recipients = await recipientsDue(db, Number(limit));
  return { sendDigest: digestsFrom(db, mailgunAt(sink)), server, recipients };
}

/** Resolves to how many emails were sent once `count` jobs are over; `over` is told of each. */
export function jobsToCome(count: number): { over: (sent: boolean) => void; all: Promise<number> } {
  const { promise: all, resolve } = Promise.withResolvers<number>();
  let [left, emails] = [count, 0];
  const over = (sent: boolean) => {
    if (sent) emails += 1;
    left -= 1;
    if (left === 0) resolve(emails);
  };
  return { over, all };
}
