import * as z from "zod";
import { backUp } from "../db/backup.ts";
import { configOrExit } from "../environment.ts";
import { optionsOrExit } from "./arguments.ts";
import { openMigratedOrExit } from "./database.ts";

// Writes everything that the database holds into a file, while the service runs.

const { to } = optionsOrExit(Deno.args, {
  to: z.string("names the file to write, such as backup.ndjson.gz").min(1),
});
const { database } = configOrExit(Deno.env, "task");
const db = await openMigratedOrExit(database);

// It has another name until it is whole; it holds addresses and titles, so it is nobody else's.
const unfinished = `${to}.part`;
const file = await Deno.open(unfinished, {
  write: true,
  create: true,
  truncate: true,
  mode: 0o600,
});
let lines = 0;
await ReadableStream.from(withBreaks())
  .pipeThrough(new TextEncoderStream())
  .pipeThrough(new CompressionStream("gzip"))
  .pipeTo(file.writable);
await Deno.rename(unfinished, to);
db.$client.close();
console.log(`${lines} lines in ${to}`);

async function* withBreaks() {
  for await (const line of backUp(db.$client)) {
    lines += 1;
    yield `${line}\n`;
  }
}
