import { compile, type Match } from "../domain/match.ts";
import { emptyPool } from "../domain/predicate_pool.ts";
import { asking } from "./matching_world.ts";

// What compiling adds to memory, buffers included. Run by itself it prints the bytes for one notification, so that nothing else is counted.

/** The bytes that one of a million compiled notifications takes beside itself, measured in a process of its own. */
export async function bytesEach(): Promise<number> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--v8-flags=--expose-gc", new URL(import.meta.url).pathname],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure: compiling in a process of its own failed");
  return Number(new TextDecoder().decode(stdout));
}

function used(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc!();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

if (import.meta.main) {
  const accounts = [...asking()];
  const before = used();
  const pool = emptyPool();
  const compiled: Match<unknown>[] = accounts.map(([, asked]) => compile(asked, pool));
  const count = accounts.reduce((sum, [, { length }]) => sum + length, 0);
  console.log((used() - before) / count);
  // Still there: the collector took none of it.
  if (compiled.length === 0) throw new Error("Nothing was compiled");
}
