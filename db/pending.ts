import { sql } from "drizzle-orm";
import { collectOwed } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import type { Notification } from "../domain/notifications.ts";
import { recipient } from "../domain/recipients.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { type Upcoming, upcomingEmails } from "../domain/upcoming.ts";
import { trueBookmark } from "./bookmarks.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple, wholeEvents } from "./event_rows.ts";
import { type Audience, logOf } from "./log.ts";
import { type PeopleAnswers, peopleQueries, toPeople } from "./recipients.ts";

/** What one person will be told if nothing else happens. */
export interface Pending {
  emails: Upcoming[];
  /** Every event that these emails tell. */
  events: Map<number, Event>;
  /** The frequencies at which there are digests, with or without an event in the next one. */
  digests: DigestFrequency[];
  /** The notifications that may speak. */
  notifications: Notification[];
}

interface Somebody {
  id: string;
  account: Audience;
}

const pageSize = 1_000;

/** The queries that `toPending` reads, for a batch. */
export function pendingQueries(db: Database, { id, account }: Somebody, now: number) {
  return [
    db.all<{ dispatched: number }>(sql`
      SELECT dispatched FROM accounts WHERE id = ${account.id}`),
    eventsOwed(db, { id, account }, 0),
    ...peopleQueries(db, [id], now),
  ] as const;
}

type EventRows = { rows: string }[];
export type PendingAnswers = readonly [{ dispatched: number }[], EventRows, ...PeopleAnswers];

/** What somebody will be told next, at `now`. */
export async function loadPending(db: Database, somebody: Somebody, now: number): Promise<Pending> {
  return await toPending(db, somebody, await db.batch(pendingQueries(db, somebody, now)), now);
}

/** The same from the answers of those queries. More than a page of events takes further round trips. */
export async function toPending(
  db: Database,
  somebody: Somebody,
  [[account], firstPage, ...people]: PendingAnswers,
  now: number,
): Promise<Pending> {
  const person = toPeople(people)[0]!;
  const { add, owed } = collectOwed([recipient(person, account!)]);
  const all: Event[] = [];
  for (let answer = firstPage;;) {
    const rows = rowsOf<EventTuple>(answer);
    const events = wholeEvents(rows);
    add(events);
    all.push(...events);
    if (rows.length < pageSize) break;
    answer = await eventsOwed(db, somebody, rows.at(-1)![0]);
  }
  const emails = upcomingEmails(person, owed.get(person.id)!, now);
  const told = new Set(emails.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
  const events = all.filter(({ seq }) => told.has(seq)).map((event) => [event.seq, event] as const);
  const digests = person.digests.map(({ frequency }) => frequency);
  return { emails, events: new Map(events), digests, notifications: person.notifications };
}

/** The events behind `after` that an open notification of somebody may still owe: its type, behind the oldest bookmark. */
function eventsOwed(db: Database, { id, account }: Somebody, after: number) {
  const seq = account.profile === "studio" ? sql`events.seq` : sql`event_accounts.seq`;
  const open = sql`
    FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
    WHERE n.user_id = ${id} AND deleted_at IS NULL AND muted_at IS NULL`;
  return allJson(
    db,
    eventColumns,
    sql`
    SELECT events.seq, type, time, subject, data FROM ${logOf(account)}
    WHERE ${seq} > max(${after}, coalesce((
        SELECT min(${trueBookmark})
        ${open}), 0))
      AND type IN (SELECT n.type ${open})
    ORDER BY 1 LIMIT ${pageSize}`,
  );
}
