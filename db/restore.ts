import { getTableConfig } from "drizzle-orm/sqlite-core";
import * as z from "zod";
import { type Head, type TablePage, tables } from "./backup.ts";
import type { Client, InStatement, Transaction } from "@libsql/client";

/** Why something cannot be restored. */
export class RestoreError extends Error {
  override name = "RestoreError";
}

const line = z.union([
  z.object({ callboard: z.literal("backup"), sequences: z.record(z.string(), z.int()) }),
  z.object({
    table: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.unknown())),
  }),
  z.object({ end: z.literal(true), rows: z.int() }),
]);
type Line = z.output<typeof line>;

/** Puts the lines of a backup into an empty database of the newest schema, all of them or none; resolves to the number of rows. Throws RestoreError. */
export async function restore(client: Client, lines: AsyncIterable<string>): Promise<number> {
  // Nobody may see half of it: what was told would be told again while the emails are still missing.
  const transaction = await client.transaction("write");
  try {
    if (!await isEmpty(transaction)) {
      throw new RestoreError("Cannot restore into this database: it is not empty");
    }
    const count = await insertAll(transaction, lines);
    await transaction.commit();
    return count;
  } finally {
    transaction.close();
  }
}

async function isEmpty(transaction: Transaction): Promise<boolean> {
  const names = tables.map((table) => getTableConfig(table).name);
  const held = names.map((name) => `EXISTS (SELECT 1 FROM "${name}")`).join(" OR ");
  const { rows: [answer] } = await transaction.execute(`SELECT ${held} AS held`);
  return Number(answer!.held) === 0;
}

/** Inserts everything from the first line to the last, which says how many rows there are. */
async function insertAll(transaction: Transaction, lines: AsyncIterable<string>): Promise<number> {
  let head: Head | undefined;
  let [restored, promised] = [0, -1];
  for await (const text of lines) {
    const said = parseLine(text);
    if ("callboard" in said) head = said;
    else if (!head) {
      throw new RestoreError("Cannot restore this: it does not begin as a backup does");
    } else if ("end" in said) promised = said.rows;
    else restored += (await transaction.execute(insertion(said))).rowsAffected;
  }
  if (!head || restored !== promised) {
    throw new RestoreError("Cannot restore this: the backup breaks off");
  }
  await transaction.batch(sequenceStatements(head));
  return restored;
}

function parseLine(text: string): Line {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new RestoreError("Cannot restore this: a line of it is not of a backup");
  }
}

/** The statement that inserts a page. Columns that came later than the backup take their defaults. */
function insertion({ table, columns, rows }: TablePage): InStatement {
  const known = tables.map(getTableConfig).find(({ name }) => name === table);
  const names = new Set(["rowid", ...known?.columns.map(({ name }) => name) ?? []]);
  const unknown = columns.find((column) => !known || !names.has(column));
  if (unknown) {
    throw new RestoreError(
      `Cannot restore "${table}.${unknown}": the backup is of a newer Callboard`,
    );
  }
  const values = columns.map((_, index) => `value ->> ${index}`).join(", ");
  const into = columns.map((column) => `"${column}"`).join(", ");
  return {
    sql: `INSERT INTO "${table}" (${into}) SELECT ${values} FROM json_each(?)`,
    args: [JSON.stringify(rows)],
  };
}

/** The statements after which no number is given again that was given before, even where its row has gone. */
function sequenceStatements({ sequences }: Head): InStatement[] {
  return Object.entries(sequences).flatMap(([name, seq]) => [
    { sql: "DELETE FROM sqlite_sequence WHERE name = ?", args: [name] },
    { sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", args: [name, seq] },
  ]);
}
