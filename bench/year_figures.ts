import { sql } from "drizzle-orm";
import { allJson, type Database, inList, rowsOf } from "../db/client.ts";
import type { Frequency } from "../domain/catalogue.ts";
import { quietEnd } from "../domain/quiet_hours.ts";
import type { Kept } from "./year_months.ts";

// What is read from the database of a simulated year: how late its mail was, and what it keeps.

type LeftTuple = [string, Frequency, number, number, string, number | null, number | null];

/** How late each of these emails left, which are given with when they did, in milliseconds: after its window, or after the first event that it tells came in, unless quiet hours held it. */
export async function latenessOf(
  db: Database,
  left: ReadonlyMap<string, number>,
): Promise<number[]> {
  const columns = [
    "id",
    "frequency",
    "window",
    "received_at",
    "zone",
    "quiet_from",
    "quiet_until",
  ];
  const answer = await allJson(
    db,
    columns,
    sql`
    SELECT emails.id, frequency, window, received_at, zone, quiet_from, quiet_until
    FROM emails JOIN users ON users.id = user_id JOIN events ON seq = content ->> '$.items[0].seq'
    WHERE emails.id IN ${inList([...left.keys()])}`,
  );
  return rowsOf<LeftTuple>(answer).map(([id, frequency, window, receivedAt, zone, from, until]) => {
    const quiet = { zone, quietFrom: from, quietUntil: until };
    const due = frequency === "immediately" ? quietEnd(quiet, receivedAt) ?? receivedAt : window;
    return left.get(id)! - due;
  });
}

/** What the database and this process hold now. */
export async function keptIn(db: Database): Promise<Kept> {
  const tables = await db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  );
  const rows: Kept["rows"] = {};
  for (const { name } of tables) {
    const [found] = await db.all<{ rows: number }>(
      sql`SELECT count(*) AS rows FROM ${sql.identifier(name)}`,
    );
    rows[name] = found!.rows;
  }
  const [found] = await db.all<{ size: number }>(sql`
    SELECT (page_count - freelist_count) * page_size AS size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`);
  return { rows, size: found!.size, memory: Deno.memoryUsage().rss };
}
