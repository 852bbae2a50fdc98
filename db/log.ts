import { type SQL, sql } from "drizzle-orm";
import type { Event } from "../domain/events.ts";
import { allJson, type Database, jsonRows, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple, wholeEvents } from "./event_rows.ts";

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

/** The column of that clause by which the log is ordered. */
export function seqOf(account: Audience) {
  return account.profile === "studio" ? sql`events.seq` : sql`event_accounts.seq`;
}

/** A place in the log of an account. */
export interface Place {
  account: Audience;
  /** The last `seq` before it. */
  after: number;
}

/** The query for the next events behind each of these places, in order, at most `limit` each: a row of rows for each place. */
export function eventsAfter(db: Database, places: readonly Place[], limit: number) {
  const given = places.map(({ account: { id, profile }, after }) => ({ id, profile, after }));
  const page = (log: SQL, seq: SQL) =>
    jsonRows(
      eventColumns,
      sql`
      SELECT events.seq, type, time, subject, data FROM ${log} AND ${seq} > place.value ->> 'after'
      ORDER BY ${seq} LIMIT ${limit}`,
    );
  const all = sql`events WHERE true`;
  const own = sql`
    event_accounts JOIN events ON events.seq = event_accounts.seq
    WHERE account_id = place.value ->> 'id'`;
  return db.all<{ rows: string }>(sql`
    SELECT CASE place.value ->> 'profile' WHEN 'studio' THEN (${page(all, sql`events.seq`)})
      ELSE (${page(own, sql`event_accounts.seq`)}) END AS rows
    FROM json_each(${JSON.stringify(given)}) place ORDER BY place.key`);
}

/** The query for one event of an account's log and when it came in: at most one row of these columns. */
export function eventWithArrival(db: Database, account: Audience, seq: number) {
  return allJson(
    db,
    ["received_at", ...eventColumns],
    sql`
    SELECT events.seq, type, time, subject, data, received_at FROM ${logOf(account)}
    WHERE events.seq = ${seq}`,
  );
}

/** When an event came in, in milliseconds since the epoch, and the event. */
export type ArrivalTuple = [number, ...EventTuple];

/** One event of an account's log, or undefined. */
export async function findEvent(
  db: Database,
  account: Audience,
  seq: number,
): Promise<Event | undefined> {
  const found = rowsOf<ArrivalTuple>(await eventWithArrival(db, account, seq));
  return wholeEvents(found.map(([, ...row]) => row))[0];
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
  return wholeEvents(rowsOf(rows));
}
