import { sql } from "drizzle-orm";
import type { Frequency, Role } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import type { Notification } from "../domain/notifications.ts";
import type { QuietHours } from "../domain/quiet_hours.ts";
import { bumpSettings } from "./accounts.ts";
import { trueBookmark } from "./bookmarks.ts";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import { type EventTuple, wholeEvents } from "./events.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";
import { eventsNumbered, rowsInTurn } from "./numbered_events.ts";

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

/** Who an email goes to, as of now. */
export interface Reader extends QuietHours {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  pausedUntil: number | null;
  addressFailedAt: number | null;
  deactivatedAt: number | null;
  account: { id: string; name: string };
  /** Those not deleted and not muted. */
  notifications: Notification[];
}

const readerColumns = [
  "id",
  "name",
  "email",
  "zone",
  "quiet_from",
  "quiet_until",
  "json(roles)",
  "paused_until",
  "address_failed_at",
  "deactivated_at",
  "account_id",
  "account_name",
];
type ReaderTuple = [
  string,
  string,
  string,
  string,
  number | null,
  number | null,
  Role[],
  number | null,
  number | null,
  number | null,
  string,
  string,
];

/** Everything that sending these emails asks again: their readers by user id, and the events by `seq` that can be told. One round trip, and one more for every 2,000 events. */
export async function loadForSending(
  db: Database,
  claimed: readonly ClaimedEmail[],
  setAside?: (seq: number, flaw: string) => void,
): Promise<{ readers: Map<string, Reader>; events: Map<number, Event> }> {
  const users = inList([...new Set(claimed.map(({ userId }) => userId))]);
  const seqs = new Set(claimed.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
  const [firstEvents, ...moreEvents] = eventsNumbered(db, [...seqs]);
  const [people, notifications, events] = await db.batch([
    allJson(
      db,
      readerColumns,
      sql`
      SELECT u.*, a.name AS account_name FROM users u JOIN accounts a ON a.id = u.account_id
      WHERE u.id IN ${users}`,
    ),
    allJson(
      db,
      ["user_id", ...notificationColumns],
      sql`
      SELECT n.id, kind, type, conditions, frequency, muted_at, muted_until, version, user_id,
        ${trueBookmark}
          AS bookmark
      FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
      WHERE user_id IN ${users} AND deleted_at IS NULL AND muted_at IS NULL`,
    ),
    firstEvents!,
  ]);
  const readers = new Map(rowsOf<ReaderTuple>(people).map((row) => [row[0], toReader(row)]));
  for (const [userId, ...row] of rowsOf<[string, ...NotificationTuple]>(notifications)) {
    readers.get(userId)!.notifications.push(toNotification(row));
  }
  const rows = [...rowsOf<EventTuple>(events), ...await rowsInTurn(moreEvents)];
  const bySeq = wholeEvents(rows, setAside).map((event) => [event.seq, event] as const);
  return { readers, events: new Map(bySeq) };
}

function toReader(row: ReaderTuple): Reader {
  const [id, name, email, zone, quietFrom, quietUntil, roles, ...rest] = row;
  const [pausedUntil, addressFailedAt, deactivatedAt, ...account] = rest;
  return {
    id,
    name,
    email,
    zone,
    quietFrom,
    quietUntil,
    roles,
    pausedUntil,
    addressFailedAt,
    deactivatedAt,
    account: { id: account[0], name: account[1] },
    notifications: [],
  };
}

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

/** Notes that an email can never be delivered and, where the address is to blame, that it takes no mail. */
export async function markFailed(
  db: Database,
  email: Pick<ClaimedEmail, "id" | "userId">,
  { problem, addressFailedAt }: { problem: string; addressFailedAt: number | null },
) {
  await db.batch([
    db.run(
      sql`UPDATE emails SET state = 'failed', problem = ${problem} WHERE id = ${email.id} AND state = 'queued'`,
    ),
    db.run(sql`
      UPDATE users SET address_failed_at = coalesce(address_failed_at, ${addressFailedAt})
      WHERE id = ${email.userId}`),
    // Colleagues may now be the last to hear of something.
    bumpSettings(db, email.userId),
  ]);
}

/** Takes an email back before it was sent: what it would have told counts as untold again. */
export async function cancelEmail(
  db: Database,
  email: Pick<ClaimedEmail, "id" | "userId">,
  problem: string,
) {
  await db.batch([
    db.run(
      sql`UPDATE emails SET state = 'canceled', problem = ${problem} WHERE id = ${email.id} AND state = 'queued'`,
    ),
    nextTurn(db, email.userId),
  ]);
}

/** Narrows an email to what still holds; the rest counts as untold again. */
export async function narrowEmail(db: Database, email: ClaimedEmail, content: EmailContent) {
  const lastSeq = content.items.at(-1)!.seq;
  await db.batch([
    db.run(sql`
      UPDATE emails
      SET content = ${JSON.stringify(content)}, last_seq = ${lastSeq},
        window = CASE WHEN window = last_seq THEN ${lastSeq} ELSE window END
      WHERE id = ${email.id}`),
    nextTurn(db, email.userId),
  ]);
}

/**
 * Gives an email up, which no provider took and none has: what it tells is owed again, by an email that takes its
 * place. Its own bookmarks would also bring back what was muted meanwhile.
 */
export async function giveUp(
  db: Database,
  { id, userId }: Pick<ClaimedEmail, "id" | "userId">,
  { successor, problem, now }: { successor: string; problem: string; now: number },
) {
  await db.batch([
    db.run(sql`
      UPDATE emails SET state = 'canceled', given_up_at = ${now}, problem = ${problem}
      WHERE id = ${id} AND state = 'queued'`),
    db.run(sql`
      INSERT INTO emails (id, user_id, frequency, window, content, last_seq, composed_at, send_at)
      SELECT ${successor}, user_id, frequency, window, content, last_seq, ${now}, ${now} FROM emails
      WHERE id = ${id} AND given_up_at = ${now}`),
    nextTurn(db, userId),
  ]);
}

/** The statement after which whoever composes for the user's account has to look again. */
function nextTurn(db: Database, userId: string) {
  return db.run(sql`
    UPDATE accounts SET turn = turn + 1 WHERE id = (SELECT account_id FROM users WHERE id = ${userId})`);
}
