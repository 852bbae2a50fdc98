import * as z from "zod";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { restore, RestoreError } from "../db/restore.ts";
import { configOrExit } from "../environment.ts";
import { optionsOrExit } from "./arguments.ts";

// Puts a backup into an empty database.

const { from } = optionsOrExit(Deno.args, {
  from: z.string("names the backup, such as backup.ndjson.gz").min(1),
});
const { database } = configOrExit(Deno.env, "task");
const file = await Deno.open(from).catch(() => exitWith(`There is no backup "${from}"`));
const db = await openDatabase(database);
try {
  await migrateDatabase(db);
  console.log(`${await restore(db.$client, linesOf(file.readable))} rows restored`);
} catch (error) {
  if (!(error instanceof RestoreError)) throw error;
  exitWith(error.message);
} finally {
  db.$client.close();
}

async function* linesOf(file: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const text = file.pipeThrough(new DecompressionStream("gzip")).pipeThrough(
    new TextDecoderStream(),
  );
  let rest = "";
  try {
    for await (const piece of text) {
      rest += piece;
      if (!piece.includes("\n")) continue;
      const lines = rest.split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw new RestoreError(`Cannot restore "${from}": it is damaged, or no backup`);
  }
}

function exitWith(problem: string): never {
  console.error(problem);
  Deno.exit(2);
}
