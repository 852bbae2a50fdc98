import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import { collectOwed, type EmailContent } from "../domain/compose.ts";
import type { EmailState } from "../domain/email_states.ts";
import { NotFound } from "../domain/errors.ts";
import type { Event } from "../domain/events.ts";
import { recipient } from "../domain/recipients.ts";
import { type Upcoming, upcomingEmails } from "../domain/upcoming.ts";
import type { Standing } from "../domain/why.ts";
import { trueBookmark } from "./bookmarks.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { type ArrivalTuple, type Audience, eventWithArrival, wholeEvents } from "./events.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";
import { peopleQueries, toPeople } from "./recipients.ts";

/** An email that tells an event, or would have. */
export interface Telling {
  id: string;
  frequency: Frequency;
  state: EmailState;
  composedAt: number;
  sentAt: number | null;
  problem: string | null;
  content: EmailContent;
}

/** An event and everything that it met on its way to one person. */
export interface EventStory {
  event: Event;
  /** When it came in, in milliseconds since the epoch. */
  receivedAt: number;
  /** The notifications of its type, with their true bookmarks. */
  notifications: Standing[];
  /** How many notifications are about other types. */
  others: number;
  /** The oldest first. */
  emails: Telling[];
  /** The email that it will come in, unless something changes. */
  upcoming: Upcoming | undefined;
}

/** What became of an event of the account for one of its people; throws NotFound. One round trip. */
export async function loadEventStory(
  db: Database,
  user: { id: string; account: Audience },
  { seq, now }: { seq: number; now: number },
): Promise<EventStory> {
  const [events, notifications, [other], emails, [account], ...people] = await db.batch([
    eventWithArrival(db, user.account, seq),
    standingQuery(db, user.id, seq),
    db.all<{ count: number }>(sql`
      SELECT count(*) AS count FROM notifications
      WHERE user_id = ${user.id} AND deleted_at IS NULL
        AND type <> (SELECT type FROM events WHERE seq = ${seq})`),
    tellingQuery(db, user.id, seq),
    db.all<{ dispatched: number }>(sql`
      SELECT dispatched FROM accounts WHERE id = ${user.account.id}`),
    ...peopleQueries(db, [user.id]),
  ]);
  const [found] = rowsOf<ArrivalTuple>(events);
  if (!found) throw new NotFound(`Cannot show event "${seq}": it is not yours, or too old`);
  const [receivedAt, ...row] = found;
  const [event] = wholeEvents([row]);
  if (!event) throw new NotFound(`Cannot show event "${seq}": it was damaged and is set aside`);
  const [person] = toPeople(people);
  const { add, owed } = collectOwed([recipient(person!, account!)]);
  add([event]);
  return {
    event,
    receivedAt,
    notifications: rowsOf<[number, ...NotificationTuple]>(notifications).map((
      [createdAt, ...standing],
    ) => ({ ...toNotification(standing), createdAt })),
    others: other!.count,
    emails: emails.map((email) => ({ ...email, content: JSON.parse(email.content) })),
    upcoming: upcomingEmails(person!, owed.get(user.id)!, now)[0],
  };
}

function standingQuery(db: Database, userId: string, seq: number) {
  return allJson(
    db,
    ["created_at", ...notificationColumns],
    sql`
    SELECT n.id, kind, type, conditions, frequency, muted_at, muted_until, version, n.created_at,
      ${trueBookmark}
        AS bookmark
    FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
    WHERE user_id = ${userId} AND deleted_at IS NULL
      AND type = (SELECT type FROM events WHERE seq = ${seq})
    ORDER BY kind DESC, n.id`,
  );
}

function tellingQuery(db: Database, userId: string, seq: number) {
  return db.all<Omit<Telling, "content"> & { content: string }>(sql`
    SELECT emails.id, frequency, state, composed_at AS composedAt, sent_at AS sentAt, problem, content
    FROM emails
    -- Of an email that begins later nothing more is read.
    JOIN json_each(CASE WHEN content ->> '$.items[0].seq' <= ${seq} THEN content END, '$.items') item
      ON item.value ->> 'seq' = ${seq}
    WHERE user_id = ${userId} AND last_seq >= ${seq}
    ORDER BY last_seq, composed_at`);
}
