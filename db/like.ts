import { type SQL, sql } from "drizzle-orm";

/** Whether a value contains a text, or only begins with it. */
export function contains(value: SQL, text: string): SQL {
  return sql`${value} LIKE ${`%${literal(text)}%`} ESCAPE '\\'`;
}

export function beginsWith(value: SQL, text: string): SQL {
  return sql`${value} LIKE ${`${literal(text)}%`} ESCAPE '\\'`;
}

/** The text as a pattern of itself. SQLite knows no capitals beyond ASCII, so every other letter stands for any. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&").replace(/[^\x20-\x7e]/gu, "_");
}
