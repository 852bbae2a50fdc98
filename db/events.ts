import { type SQL, sql } from "drizzle-orm";
import type { Event, EventData, PostedEvent } from "../domain/events.ts";
import { allJson, type Database, rowsOf } from "./client.ts";

/** What became of a posted event. */
export type Outcome = "accepted" | "duplicate" | "conflict" | "unknown account";

/** Appends a batch to the log, all of it durable when this resolves; one outcome for each event, in order. One round trip. */
export async function appendEvents(
  db: Database,
  posted: readonly PostedEvent[],
  now: number,
): Promise<Outcome[]> {
  const rows = await Promise.all(posted.map((event) => toRow(event, now)));
  const batch = JSON.stringify(rows);
  const [[before], , , stored] = await db.batch([
    db.all<{ seq: number }>(sql`
      SELECT coalesce(max(seq), 0) AS seq FROM sqlite_sequence WHERE name = 'events'`),
    db.run(sql`
      INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
      SELECT value ->> 'source', value ->> 'id', value ->> 'type', value ->> 'time', value ->> 'subject',
        value ->> 'data', value ->> 'hash', ${now}
      FROM json_each(${batch}) posted
      WHERE EXISTS (
        SELECT 1 FROM json_each(posted.value, '$.accounts') named
        JOIN accounts ON accounts.id = named.value)
      ON CONFLICT DO NOTHING`),
    // Joined by the hash too: a conflicting repeat must not show the stored event to further accounts.
    db.run(sql`
      INSERT INTO event_accounts (account_id, seq)
      SELECT accounts.id, events.seq
      FROM json_each(${batch}) posted
      JOIN events ON events.source = posted.value ->> 'source' AND events.id = posted.value ->> 'id'
        AND events.hash = posted.value ->> 'hash'
      JOIN json_each(posted.value, '$.accounts') named
      JOIN accounts ON accounts.id = named.value AND accounts.profile <> 'studio'
      WHERE true
      ON CONFLICT DO NOTHING`),
    allJson(
      db,
      ["seq", "hash"],
      sql`
      SELECT events.seq, events.hash
      FROM json_each(${batch}) posted
      LEFT JOIN events ON events.source = posted.value ->> 'source' AND events.id = posted.value ->> 'id'
      ORDER BY posted.key`,
    ),
  ]);
  return outcomes(rows, rowsOf<[number | null, string | null]>(stored), before?.seq ?? 0);
}

function outcomes(
  rows: { hash: string }[],
  stored: [number | null, string | null][],
  before: number,
): Outcome[] {
  const seen = new Set<number>();
  return stored.map(([seq, hash], index) => {
    if (seq === null) return "unknown account";
    if (hash !== rows[index]!.hash) return "conflict";
    if (seq <= before || seen.has(seq)) return "duplicate";
    seen.add(seq);
    return "accepted";
  });
}

/** The event as a row; `data` stays text, so that the database never has to parse what others nested. */
async function toRow(event: PostedEvent, now: number) {
  const { data, ...rest } = event;
  const content = [event.type, event.time, event.subject, [...event.accounts].sort(), sorted(data)];
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { ...rest, time: event.time ?? now, data: JSON.stringify(data), hash: hash.toHex() };
}

/** The same value with the members of every object in one order: their order is no content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map((
      [key, part],
    ) => [key, sorted(part)]),
  );
}

export const eventColumns = ["seq", "type", "time", "subject", "json(data)"];
export type EventTuple = [number, string, number, string | null, EventData];

/** An event from a row of `eventColumns`. */
export function toEvent([seq, type, time, subject, data]: EventTuple): Event {
  return { seq, type, time, subject, data };
}

/** Whose log is read. */
export interface Audience {
  id: string;
  profile: string;
}

/** The part of the log that an account may see, as a FROM clause; the studio sees all of it. */
export function logOf(account: Audience) {
  return account.profile === "studio" ? sql`events` : sql`
    events JOIN event_accounts ON event_accounts.seq = events.seq
      AND event_accounts.account_id = ${account.id}`;
}

/** The next events of an account's log behind `after`, in order, at most `limit`. */
export function eventsAfter(db: Database, account: Audience, after: number, limit: number) {
  return allJson(
    db,
    eventColumns,
    sql`
    SELECT events.seq, type, time, subject, data FROM ${logOf(account)}
    WHERE ${account.profile === "studio" ? sql`events.seq` : sql`event_accounts.seq`} > ${after}
    ORDER BY 1 LIMIT ${limit}`,
  );
}

/** The query for the events of one type that an account got since an instant, in the order of the log. */
export function eventsOfType(
  db: Database,
  account: Audience,
  { type, since }: { type: SQL; since: number },
) {
  const seq = account.profile === "studio" ? sql`events.seq` : sql`event_accounts.seq`;
  return allJson(
    db,
    eventColumns,
    sql`
      SELECT events.seq, type, time, subject, data FROM ${logOf(account)}
      WHERE type = ${type} AND time >= ${since}
        AND ${seq} >= (SELECT seq FROM events WHERE received_at >= ${since} ORDER BY received_at LIMIT 1)
      ORDER BY 1`,
  );
}

/** The newest events of an account of the given types, newest first. */
export async function latestEvents(
  db: Database,
  account: Audience,
  types: readonly string[],
  limit: number,
): Promise<Event[]> {
  const rows = await allJson(
    db,
    eventColumns,
    sql`
    SELECT events.seq, type, time, subject, data FROM ${logOf(account)}
    WHERE type IN (SELECT value FROM json_each(${JSON.stringify(types)}))
    ORDER BY 1 DESC LIMIT ${limit}`,
  );
  return rowsOf<EventTuple>(rows).map(toEvent);
}
