import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/** The query for what the database's clock shows, in milliseconds. */
export function clockQuery(db: Database) {
  return db.get<{ now: number }>(sql`SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now`);
}
