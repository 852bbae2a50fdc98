import { getTableConfig } from "drizzle-orm/sqlite-core";
import { z } from "zod";
import { type Head, type TablePage, tables } from "./backup.ts";
import type { Client, InStatement } from "@libsql/client";

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

/** Puts the lines of a backup into an empty database of the newest schema; resolves to the number of rows. Throws RestoreError. */
export async function restore(client: Client, lines: AsyncIterable<string>): Promise<number> {
  if (!await isEmpty(client)) {
    throw new RestoreError("Cannot restore into this database: it is not empty");
  }
  const counts = { restored: 0, promised: -1 };
  let head: Head | null = null;
  for await (const text of lines) {
    const said = parseLine(text);
    if ("callboard" in said) head = said;
    else if (!head) {
      throw new RestoreError("Cannot restore this: it does not begin as a backup does");
    } else if ("end" in said) counts.promised = said.rows;
    else {
      await client.batch([insertion(said)], "write");
      counts.restored += said.rows.length;
    }
  }
  if (counts.restored !== counts.promised) {
    throw new RestoreError(
      "Cannot restore all of it: the backup breaks off. Throw this database away",
    );
  }
  await client.batch(sequenceStatements(head!), "write");
  return counts.restored;
}

async function isEmpty(client: Client): Promise<boolean> {
  const names = tables.map((table) => getTableConfig(table).name);
  const held = names.map((name) => `EXISTS (SELECT 1 FROM "${name}")`).join(" OR ");
  const { rows: [answer] } = await client.execute(`SELECT ${held} AS held`);
  return Number(answer!.held) === 0;
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
