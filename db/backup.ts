import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Client, Transaction } from "@libsql/client";
import * as schema from "./schema.ts";

// A backup is a text of one JSON value a line: a head, pages of rows, an end. It fits every database that this code
// opens, so that what was kept in a file can go on in a server, and the other way round.

/** Every table, those before others to which the others refer. Not `runs`: what a process did last is said by the next one that runs. */
export const tables: SQLiteTable[] = [
  ...[schema.accounts, schema.users, schema.notifications, schema.changes, schema.digests],
  ...[schema.prepared, schema.heldRoles],
  ...[schema.events, schema.eventAccounts, schema.emails, schema.outbox],
  ...[schema.outgoing, schema.audit],
  ...[schema.heardTokens, schema.sessions, schema.signInLinks, schema.apiKeys],
  ...[schema.directoryEntries, schema.scimKeys],
];

export interface Head {
  callboard: "backup";
  /** The highest number that each counting table ever gave: none may be given twice. */
  sequences: Record<string, number>;
}

export interface TablePage {
  table: string;
  columns: string[];
  rows: unknown[][];
}

/** Says that nothing is missing. */
export interface End {
  end: true;
  rows: number;
}

/** How much a page holds, in rows and in characters but for its last row: a server's answer has an end. */
const pageSize = 1_000;
const pageLength = 1_000_000;

/** The lines of a backup, all of one instant, whatever is written meanwhile; nobody has to wait for it. */
export async function* backUp(client: Client): AsyncGenerator<string> {
  const snapshot = await client.transaction("read");
  try {
    const head: Head = { callboard: "backup", sequences: await sequencesOf(snapshot) };
    yield JSON.stringify(head);
    let rows = 0;
    for (const table of tables) {
      for await (const page of pagesOf(snapshot, table)) {
        yield page.line;
        rows += page.count;
      }
    }
    const end: End = { end: true, rows };
    yield JSON.stringify(end);
  } finally {
    snapshot.close();
  }
}

async function sequencesOf(snapshot: Transaction): Promise<Record<string, number>> {
  const { rows } = await snapshot.execute("SELECT name, seq FROM sqlite_sequence");
  const ours = new Set(tables.map((table) => getTableConfig(table).name));
  return Object.fromEntries(
    rows.map(({ name, seq }) => [String(name), Number(seq)]).filter(([name]) =>
      ours.has(String(name))
    ),
  );
}

/** The pages of a table in the order of its rows, each as the line that it is in the backup. */
async function* pagesOf(snapshot: Transaction, table: SQLiteTable) {
  const { name } = getTableConfig(table);
  const columns = columnsOf(table);
  const selected = columns.map((column) => `"${column}"`).join(", ");
  for (let after = 0;;) {
    const { rows: [page] } = await snapshot.execute({
      sql: `SELECT '[' || group_concat(row) || ']' AS rows, max(place) AS last, count(*) AS count
        FROM (SELECT place, row, sum(length(row)) OVER (ORDER BY place) - length(row) AS before
          FROM (SELECT rowid AS place, json_array(${selected}) AS row FROM "${name}"
            WHERE rowid > ? ORDER BY rowid LIMIT ${pageSize}))
        WHERE before < ${pageLength}`,
      args: [after],
    });
    const count = Number(page!.count);
    if (count === 0) return;
    const start = JSON.stringify({ table: name, columns }).slice(0, -1);
    yield { line: `${start},"rows":${page!.rows}}`, count };
    after = Number(page!.last);
  }
}

/** The columns that say everything of a row. The history is read in the order of rows, so that belongs to it. */
function columnsOf(table: SQLiteTable): string[] {
  const { columns } = getTableConfig(table);
  const names = columns.map(({ name }) => name);
  const isCounting = columns.some((column) => column.primary && column.getSQLType() === "integer");
  return isCounting ? names : ["rowid", ...names];
}
