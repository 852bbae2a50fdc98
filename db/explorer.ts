import { type SQL, sql } from "drizzle-orm";
import type { LogEntry } from "../domain/event_log.ts";
import { flawOf } from "../domain/flaws.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple, toEvent } from "./event_rows.ts";
import { type LogSearch, partOfLog } from "./log_search.ts";

/** A page of the log, the newest first. */
export interface LogPage {
  entries: LogEntry[];
  /** The `seq` before which to go on; null at the end. */
  older: number | null;
  /** Whether the search stopped before it had looked at everything. */
  stopped: boolean;
}

const pageSize = 50;

/** What the log holds for somebody of the studio; nothing for anybody else. One round trip. */
export async function loadLog(
  db: Database,
  user: { id: string },
  search: LogSearch,
): Promise<LogPage> {
  const { log, seq, top, bottom, floor, holds } = partOfLog(search);
  const [[reach], rows] = await db.batch([
    db.all<{ floor: number; bottom: number }>(sql`SELECT ${floor} AS floor, ${bottom} AS bottom`),
    allJson(
      db,
      entryColumns,
      sql`
      SELECT events.*, ${accountNames} AS accounts FROM ${log}
      WHERE ${isStudio(user.id)} AND ${seq} < ${top} AND ${seq} >= ${bottom} ${holds}
      ORDER BY ${seq} DESC LIMIT ${pageSize + 1}`,
    ),
  ]);
  const entries = rowsOf<EntryTuple>(rows).map(toEntry);
  if (entries.length > pageSize) {
    const page = entries.slice(0, pageSize);
    return { entries: page, older: page.at(-1)!.event.seq, stopped: false };
  }
  const stopped = reach!.bottom > reach!.floor;
  return { entries, older: stopped ? reach!.bottom : null, stopped };
}

/** The names of an event's accounts, as a list of JSON. */
const accountNames = sql`(
  SELECT json_group_array(name) FROM event_accounts JOIN accounts ON accounts.id = account_id
  WHERE event_accounts.seq = events.seq)`;

/** Whether the user is one of the studio's, as of now. */
export function isStudio(userId: string): SQL {
  return sql`EXISTS (
    SELECT 1 FROM users JOIN accounts ON accounts.id = users.account_id
    WHERE users.id = ${userId} AND accounts.profile = 'studio' AND users.deactivated_at IS NULL)`;
}

const entryColumns = [...["received_at", "source", "id", "json(accounts)"], ...eventColumns];
type EntryTuple = [number, string, string, string[], ...EventTuple];

function toEntry([receivedAt, source, id, accounts, ...row]: EntryTuple): LogEntry {
  const event = toEvent(row);
  const flaw = flawOf(event);
  const shown = flaw ? { ...event, time: receivedAt, data: {} } : event;
  return { event: shown, flaw, receivedAt, source, id, accounts };
}

/** The query for one event, for somebody of the studio, to be run beside others. */
export function entryQuery(db: Database, user: { id: string }, seq: number) {
  return allJson(
    db,
    entryColumns,
    sql`SELECT events.*, ${accountNames} AS accounts FROM events
      WHERE seq = ${seq} AND ${isStudio(user.id)}`,
  );
}

/** The event that this query found, if any. */
export function foundEntry(answer: { rows: string }[]): LogEntry | undefined {
  return rowsOf<EntryTuple>(answer).map(toEntry)[0];
}
