import { dirname } from "node:path";
import type { Client, InArgs, InStatement } from "@libsql/client";
import { type SQL, sql } from "drizzle-orm";
import type { LibSQLDatabase } from "drizzle-orm/libsql";
import { Unavailable } from "../domain/errors.ts";
import * as schema from "./schema.ts";

export type Database = LibSQLDatabase<typeof schema> & { $client: Client };

export interface DatabaseConfig {
  /** `file:`, `libsql:`, `https:` or `http:`. */
  url: string;
  authToken?: string | undefined;
}

/** How long a writer waits for another process on the same file, in milliseconds. */
const busyTimeout = 10_000;

/** How much of a file is kept in memory, in KiB: SQLite's own 2,000 hold the working set of some thousand people. */
const cacheSize = 32_000;

/** How long a server may take to answer, in milliseconds; pages give up earlier. */
const answerTimeout = 30_000;

/** An open database. Only a `file:` address loads the native SQLite; the others need nothing but `fetch`. */
export async function openDatabase({ url, authToken }: DatabaseConfig): Promise<Database> {
  if (url.startsWith("file:")) {
    makeFolderOf(url);
    const { drizzle } = await import("drizzle-orm/libsql/node");
    // The driver is synchronous: more connections would only keep more caches cold.
    const connection = { url, timeout: busyTimeout, concurrency: 1 };
    const db = drizzle({ connection, schema });
    await db.$client.execute(`PRAGMA cache_size = -${cacheSize}`);
    return withWriterQueue(db);
  }
  const { drizzle } = await import("drizzle-orm/libsql/web");
  const connection = { url, ...authToken && { authToken }, fetch: askServer };
  return withWriterQueue(drizzle({ connection, schema }));
}

/** `fetch` for a server that has to answer in time and may be elsewhere, or think nothing of our token. */
async function askServer(request: Request): Promise<Response> {
  const signal = AbortSignal.timeout(answerTimeout);
  const response = await fetch(request, { signal }).catch(() => {
    throw new Unavailable("The database was not reached");
  });
  if (![401, 403, 502, 503, 504].includes(response.status)) return response;
  await response.body?.cancel();
  throw new Unavailable(refusal(request, response));
}

function refusal({ headers }: Request, { status }: Response): string {
  if (status >= 500) return `The database answered ${status}`;
  return headers.has("authorization")
    ? "The database does not take TURSO_AUTH_TOKEN: it is wrong or has expired"
    : "The database wants TURSO_AUTH_TOKEN: it is missing";
}

/** Makes the folder that a database file stands in, where this process may; elsewhere it has to be there already. */
function makeFolderOf(fileUrl: string): void {
  const path = fileUrl.slice("file:".length).replace(/^\/\/(?=\/)/, "").replace(/\?.*$/, "");
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
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

/** Whether every statement is over when its call returns, because the database is a file: nothing else is done meanwhile. */
export function answersAtOnce({ $client }: Database): boolean {
  return $client.protocol === "file";
}

/** The `seq` of the newest event that was ever logged; retention does not move it. */
export const endOfLog =
  sql`(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')`;

/** The condition that the INSERT right before this statement created a row of a counting table. It must not have met a conflict: that leaves gaps between ids. */
export function justInserted(id: SQL = sql`id`): SQL {
  return sql`(changes() > 0 AND ${id} > last_insert_rowid() - changes())`;
}

/** A list as one bound JSON parameter: `IN (SELECT value FROM json_each(…))`. */
export function inList(values: readonly (string | number)[]): SQL {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** The items as JSON lists, each short enough for a server, which takes no value over 5 MB. */
export function jsonParts(items: readonly unknown[], most = 1_000_000): string[] {
  const all = JSON.stringify(items);
  if (items.length > 0 && all.length <= most) return [all];
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

/** Whether a statement was refused by a constraint, or by one on that column: somebody else was faster, or a guard spoke. */
export function isConstraintError(error: unknown, column?: string): boolean {
  return column === undefined
    ? says(error, /SQLITE_CONSTRAINT|constraint failed/i)
    : says(error, new RegExp(`constraint failed: (.*, )?${column.replace(".", "\\.")}(?!\\w)`));
}

/** Whether an answer was refused because it is longer than a server gives. */
export function isTooLongError(error: unknown): boolean {
  return says(error, /SQLITE_TOOBIG|too big|RESPONSE_TOO_LARGE|too large/i);
}

/** What keeps the database from doing its work, whatever the statement; null where that is not what the error says. */
export function unavailability(error: unknown): Unavailable | null {
  const known = causes(error).find((cause) => cause instanceof Unavailable);
  if (known) return known;
  if (says(error, /no such (table|column)|has no column named/i)) {
    return new Unavailable("The database is not migrated: run deno task db:migrate");
  }
  if (says(error, /SQLITE_(BUSY|FULL|IOERR|READONLY|CANTOPEN)|TimeoutError/)) {
    return new Unavailable("The database cannot do its work: it is busy, full or away");
  }
  return null;
}

function says(error: unknown, pattern: RegExp): boolean {
  return causes(error).some(({ name, message }) => pattern.test(`${name}: ${message}`));
}

/** The error and what caused it, from the outside in. */
function causes(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}
