import { sql } from "drizzle-orm";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple } from "./event_rows.ts";

// An email may tell more events than fit into one answer of a server, which ends at 5 MB.

/** How many events are asked for at a time by number. */
export const mostNumbered = 2_000;

/** The queries for events by their numbers, each small enough for one answer; at least one. */
export function eventsNumbered(db: Database, seqs: readonly number[]) {
  const parts = Array.from({ length: Math.max(1, Math.ceil(seqs.length / mostNumbered)) })
    .map((_, part) => seqs.slice(part * mostNumbered, (part + 1) * mostNumbered));
  return parts.map((part) =>
    allJson(db, eventColumns, sql`SELECT * FROM events WHERE seq IN ${inList(part)} ORDER BY seq`)
  );
}

/** The rows of further such queries, one after the other. */
export async function rowsInTurn(queries: ReturnType<typeof allJson>[]): Promise<EventTuple[]> {
  const rows: EventTuple[] = [];
  for (const query of queries) rows.push(...rowsOf<EventTuple>(await query));
  return rows;
}
