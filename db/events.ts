import { hash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { type EventTypeDefinition, eventTypes } from "../domain/catalogue.ts";
import type { Event, EventData, PostedEvent } from "../domain/events.ts";
import { flawOf } from "../domain/flaws.ts";
import { allJson, type Database, endOfLog, jsonParts, jsonRows, rowsOf } from "./client.ts";

/** What became of a posted event. */
export type Outcome = "accepted" | "duplicate" | "conflict" | "unknown account";

/** The accounts whose events the log keeps apart, by id; the studio's is null, because it sees every event. */
export type Audiences = ReadonlyMap<string, string | null>;

/** Every account there is, as an event may name it. */
export async function loadAudiences(db: Database): Promise<Audiences> {
  const rows = await allJson(db, ["id", "profile"], sql`SELECT id, profile FROM accounts`);
  return new Map(
    rowsOf<[string, string]>(rows).map(([id, profile]) => [id, profile === "studio" ? null : id]),
  );
}

/** Appends a batch to the log, all of it durable when this resolves; one outcome for each event, in order. */
export async function appendEvents(
  db: Database,
  posted: readonly PostedEvent[],
  now: number,
  audiences?: Audiences,
): Promise<Outcome[]> {
  const known = audiences ?? await loadAudiences(db);
  const heard = posted.filter((event) => isHeard(event, known));
  const outcomes = (heard.length > 0 ? await append(db, heard, known, now) : []).values();
  return posted.map((event) => isHeard(event, known) ? outcomes.next().value! : "unknown account");
}

/** Whether an event names somebody who exists. */
function isHeard({ accounts }: PostedEvent, known: Audiences): boolean {
  return accounts.some((account) => known.has(account));
}

/** Appends events, each of which somebody hears. One round trip, and a second one only where an event was there already. */
async function append(
  db: Database,
  posted: readonly PostedEvent[],
  known: Audiences,
  now: number,
): Promise<Outcome[]> {
  const rows = posted.map((event) => toRow(event, now));
  const heard = audienceRows(posted, rows, known);
  const inserts = jsonParts(rows).map((part) => insertEvents(db, part, now));
  const [[log], ...results] = await db.batch([
    db.all<{ end: number }>(sql`SELECT ${endOfLog} AS "end"`),
    ...inserts,
    ...jsonParts(heard).map((part) => insertAudiences(db, part)),
  ]);
  const appended = results.slice(0, inserts.length)
    .reduce((sum, { rowsAffected }) => sum + rowsAffected, 0);
  if (appended === rows.length) return rows.map(() => "accepted");
  return await outcomesOf(db, rows, log!.end);
}

function insertEvents(db: Database, rows: string, now: number) {
  return db.run(sql`
    INSERT INTO events (source, id, type, time, subject, data, hash, traceparent, received_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, ${now}
    FROM json_each(${rows}) WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Joined by the hash too: a conflicting repeat must not show the stored event to further accounts. */
function insertAudiences(db: Database, heard: string) {
  return db.run(sql`
    INSERT INTO event_accounts (account_id, seq)
    SELECT account.value, seq
    FROM json_each(${heard}) heard
    JOIN events ON events.source = heard.value ->> 0 AND events.id = heard.value ->> 1
      AND events.hash = heard.value ->> 2
    JOIN json_each(heard.value, '$[3]') account
    WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Which of the rows this batch appended, now that all of them are in the log. */
async function outcomesOf(db: Database, rows: Row[], before: number): Promise<Outcome[]> {
  const keys = rows.map(([source, id]) => [source, id]);
  const stored = await allJson(
    db,
    ["seq", "hash"],
    sql`
    SELECT seq, hash FROM json_each(${JSON.stringify(keys)}) posted
    LEFT JOIN events ON events.source = posted.value ->> 0 AND events.id = posted.value ->> 1
    ORDER BY posted.key`,
  );
  const seen = new Set<number>();
  return rowsOf<[number | null, string | null]>(stored).map(([seq, hash], index) => {
    // Without a row, retention has just removed what was there already.
    if (seq === null) return "duplicate";
    if (hash !== hashOf(rows[index]!)) return "conflict";
    if (seq <= before || seen.has(seq)) return "duplicate";
    seen.add(seq);
    return "accepted";
  });
}

type Row = [
  source: string,
  id: string,
  type: string,
  time: number,
  subject: string | null,
  data: string,
  hash: string,
  traceparent: string | null,
];

function hashOf(row: Row): string {
  return row[6];
}

/** Each event, and the accounts whose logs it enters. */
function audienceRows(posted: readonly PostedEvent[], rows: Row[], known: Audiences) {
  return posted.map(({ accounts }, index) => {
    const row = rows[index]!;
    const heard = accounts.map((account) => known.get(account)).filter((account) =>
      account != null
    );
    return [row[0], row[1], hashOf(row), heard];
  });
}

/** The event as a row; `data` stays text, so that the database never has to parse what others nested. */
function toRow(event: PostedEvent, now: number): Row {
  const { source, id, type, time, subject, accounts, data, traceparent = null } = event;
  const text = JSON.stringify(sorted(data));
  const head = JSON.stringify([type, time, subject, accounts.toSorted()]);
  // The hash of one list of all five, whose last is a text already.
  const sha256 = hash("sha256", `${head.slice(0, -1)},${text}]`);
  return [source, id, type, time ?? now, subject, text, sha256, traceparent];
}

/** The same value with the members of every object in one order: their order is no content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  // An ordinary object would take a member of that name for what it inherits from.
  const isOrdinary = !Object.hasOwn(value, "__proto__");
  const members: Record<string, unknown> = isOrdinary ? {} : Object.create(null);
  for (const key of Object.keys(value).sort()) members[key] = sorted(value[key]);
  return members;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Beyond so many bytes of data only what the catalogue knows is read: a page of a thousand must fit into one answer. */
const largest = 2_000;

const known = ["title", "url", "summary", ...Object.values(eventTypes).flatMap(fieldsOf)];
const knownMembers = [...new Set(known)].map((name) => `'${name}', data -> '$.${name}'`);

/** A row that is not JSON must not take its whole page along. Patching takes away what is not said. */
export const eventColumns = [
  ...["seq", "type", "time", "subject"],
  `CASE WHEN NOT json_valid(data) THEN NULL WHEN octet_length(data) <= ${largest} THEN json(data)
    ELSE json_patch('{}', json_object(${knownMembers.join(", ")})) END`,
];

function fieldsOf({ fields }: EventTypeDefinition): string[] {
  return Object.keys(fields);
}
export type EventTuple = [number, string, number, string | null, EventData];

/** An event from a row of `eventColumns` that has no flaw. */
export function toEvent([seq, type, time, subject, data]: EventTuple): Event {
  return { seq, type, time, subject, data };
}

/** The events among rows of `eventColumns`; what cannot be told any more is set aside, and named to whoever asks. */
export function wholeEvents(
  rows: readonly EventTuple[],
  setAside?: (seq: number, flaw: string) => void,
): Event[] {
  return rows.map(toEvent).filter((event) => {
    const flaw = flawOf(event);
    if (flaw) setAside?.(event.seq, flaw);
    return !flaw;
  });
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
