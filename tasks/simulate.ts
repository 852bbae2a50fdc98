import { instant, optionsOrExit, wholeNumber } from "./arguments.ts";
import { cast } from "../demo/cast.ts";
import { type CloudEvent, simulate } from "../demo/story.ts";

// Writes simulated events as NDJSON. The same arguments give the same bytes, so the clock has no say in them.

const options = optionsOrExit(Deno.args, {
  "accounts": wholeNumber(1, 10_000).default(cast.length),
  "days": wholeNumber(1, 3_650).default(30),
  "per-day": wholeNumber(1, 1_000_000).default(100),
  "seed": wholeNumber(0, 4_294_967_295).default(1),
  "until": instant().default(Date.parse("2026-11-20T00:00:00Z")),
});

const { accounts, days, seed, until } = options;
await print(simulate({ accounts, days, perDay: options["per-day"], seed, until }));

/** Resolves when all is written, or nobody reads any more. */
async function print(events: Iterable<CloudEvent>): Promise<void> {
  const output = Deno.stdout.writable.getWriter();
  try {
    for (const lines of chunksOf(events)) await output.write(new TextEncoder().encode(lines));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function* chunksOf(events: Iterable<CloudEvent>): Generator<string> {
  let lines = "";
  for (const event of events) {
    lines += `${JSON.stringify(event)}\n`;
    if (lines.length < 65_536) continue;
    yield lines;
    lines = "";
  }
  yield lines;
}
