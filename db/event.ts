import { sql } from "drizzle-orm";
import { collectOwed } from "../domain/compose.ts";
import { NotFound } from "../domain/errors.ts";
import type { Event } from "../domain/events.ts";
import { recipient } from "../domain/recipients.ts";
import { type Upcoming, upcomingEmails } from "../domain/upcoming.ts";
import type { Standing } from "../domain/why.ts";
import { type Database, inList, rowsOf } from "./client.ts";
import { wholeEvents } from "./event_rows.ts";
import { type ArrivalTuple, type Audience, eventWithArrival } from "./log.ts";
import { peopleQueries, toPeople } from "./recipients.ts";
import { standingQuery, type Telling, tellingQuery, toStandings, toTelling } from "./standings.ts";

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
  const users = inList([user.id]);
  const [events, notifications, [other], emails, [account], ...people] = await db.batch([
    eventWithArrival(db, user.account, seq),
    standingQuery(db, users, seq),
    db.all<{ count: number }>(sql`
      SELECT count(*) AS count FROM notifications
      WHERE user_id = ${user.id} AND deleted_at IS NULL
        AND type <> (SELECT type FROM events WHERE seq = ${seq})`),
    tellingQuery(db, users, seq),
    db.all<{ dispatched: number }>(sql`
      SELECT dispatched FROM accounts WHERE id = ${user.account.id}`),
    ...peopleQueries(db, [user.id], now),
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
    notifications: toStandings(notifications).map(({ standing }) => standing),
    others: other!.count,
    emails: emails.map(toTelling),
    upcoming: upcomingEmails(person!, owed.get(user.id)!, now)[0],
  };
}
