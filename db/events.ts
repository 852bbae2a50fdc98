import { sql } from "drizzle-orm";
import type { PostedEvent } from "../domain/events.ts";
import { allJson, type Database, endOfLog, jsonParts, rowsOf } from "./client.ts";
import { hashOf, type PostedRow, toRow } from "./posted_rows.ts";

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

/** Each row is parsed once, before its columns are taken out of it: out of a text, each would parse it again. */
function insertEvents(db: Database, rows: string, now: number) {
  return db.run(sql`
    INSERT INTO events (source, id, type, time, subject, data, hash, traceparent, received_at)
    WITH posted AS MATERIALIZED (SELECT jsonb(value) AS event FROM json_each(${rows}))
    SELECT event ->> 0, event ->> 1, event ->> 2, event ->> 3, event ->> 4, event ->> 5, event ->> 6, event ->> 7, ${now}
    FROM posted WHERE true
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
async function outcomesOf(db: Database, rows: PostedRow[], before: number): Promise<Outcome[]> {
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

/** Each event, and the accounts whose logs it enters. */
function audienceRows(posted: readonly PostedEvent[], rows: PostedRow[], known: Audiences) {
  return posted.map(({ accounts }, index) => {
    const row = rows[index]!;
    const heard = accounts.map((account) => known.get(account)).filter((account) =>
      account != null
    );
    return [row[0], row[1], hashOf(row), heard];
  });
}
