import { dirname } from "node:path";
import type { Client, InArgs, InStatement } from "@libsql/client";
import { type SQL, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import * as schema from "./schema.ts";

export type Database = LibSQLDatabase<typeof schema> & { $client: Client };

export interface DatabaseConfig {
  /** `file:`, `libsql:`, `https:` or `http:`. */
  url: string;
  authToken?: string | undefined;
}

/** How long a writer waits for another process on the same file, in milliseconds. */
const busyTimeout = 10_000;

/** An open database. Only a `file:` address loads the native SQLite; the others need nothing but `fetch`. */
export async function openDatabase({ url, authToken }: DatabaseConfig): Promise<Database> {
  if (url.startsWith("file:")) {
    makeFolderOf(url);
    const { drizzle } = await import("drizzle-orm/libsql/node");
    // The driver is synchronous: more connections would only keep more caches cold.
    const connection = { url, timeout: busyTimeout, concurrency: 1 };
    return withWriterQueue(drizzle({ connection, schema }));
  }
  const { drizzle } = await import("drizzle-orm/libsql/web");
  return withWriterQueue(drizzle({ connection: authToken ? { url, authToken } : { url }, schema }));
}

/** Makes the folder that a database file stands in. */
function makeFolderOf(fileUrl: string): void {
  const path = fileUrl.slice("file:".length).replace(/^\/\/(?=\/)/, "").replace(/\?.*$/, "");
  Deno.mkdirSync(dirname(path), { recursive: true });
}

/** The database, where a batch that writes waits for its turn at once. Had it read first, it could not wait: it would be refused. */
function withWriterQueue(db: Database): Database {
  const client = db.$client;
  const batch = client.batch.bind(client);
  client.batch = (statements, mode = statements.every(isQuery) ? "deferred" : "write") =>
    batch(statements, mode);
  return db;
}

function isQuery(statement: InStatement | [string, InArgs?]): boolean {
  const [text] = typeof statement === "string"
    ? [statement]
    : Array.isArray(statement)
    ? statement
    : [statement.sql];
  return /^\s*SELECT\b/i.test(text);
}

/** The `seq` of the newest event that was ever logged; retention does not move it. */
export const endOfLog =
  sql`(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')`;

/** A list as one bound JSON parameter: `IN (SELECT value FROM json_each(…))`. */
export function inList(values: readonly (string | number)[]): SQL {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** The items as JSON lists, each short enough for a server, which takes no value over 5 MB. */
export function jsonParts(items: readonly unknown[], most = 1_000_000): string[] {
  const parts: string[][] = [];
  let length = Infinity;
  for (const text of items.map((item) => JSON.stringify(item))) {
    if (length + text.length > most) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(text);
    length += text.length;
  }
  return parts.map((texts) => `[${texts.join(",")}]`);
}

/** A query whose rows arrive as one JSON text: many rows cost what one costs. Read it with `rowsOf`. */
export function jsonRows(columns: readonly string[], from: SQL): SQL {
  const list = sql.raw(columns.join(", "));
  return sql`SELECT json_group_array(json_array(${list})) AS rows FROM (${from})`;
}

/** The rows of a `jsonRows` answer, each as the tuple of its columns. */
export function rowsOf<Row extends unknown[]>(answer: { rows: string }[]): Row[] {
  return JSON.parse(answer[0]!.rows);
}

/** A query for `jsonRows` answers, to be run alone or in a batch. */
export function allJson(db: Database, columns: readonly string[], from: SQL) {
  return db.all<{ rows: string }>(jsonRows(columns, from));
}

/** Whether a statement was refused by a constraint: somebody else was faster, or a guard spoke. */
export function isConstraintError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/SQLITE_CONSTRAINT|constraint failed/i.test(`${cause.message}`)) return true;
  }
  return false;
}

/** Whether an answer was refused because it is longer than a server gives. */
export function isTooLongError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/SQLITE_TOOBIG|too big|RESPONSE_TOO_LARGE|too large/i.test(cause.message)) return true;
  }
  return false;
}
