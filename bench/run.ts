import { coldStart } from "./cold_start.ts";
import { composing } from "./composing.ts";
import { connections } from "./connections.ts";
import { digests } from "./digests.ts";
import { forecast } from "./forecast.ts";
import { intake } from "./intake.ts";
import { matching } from "./matching.ts";
import { type Line, tableHead, tableRow } from "./measure.ts";
import { panel, remotePanel } from "./panel.ts";
import { morningPeak } from "./peak.ts";
import { sending } from "./providers.ts";
import { search } from "./search.ts";

// Prints, as a Markdown table, how Callboard does beside its limits and peers; with names as arguments, only those benches.

const benches: Record<string, () => Promise<Line[]>> = {
  intake,
  matching,
  composing,
  digests,
  sending,
  panel,
  remotePanel,
  connections,
  search,
  forecast,
  coldStart,
};

/** Those that take many minutes, and are measured only where they are named. */
const long: typeof benches = { peak: morningPeak };

const known = { ...benches, ...long };
const unknown = Deno.args.filter((name) => !Object.hasOwn(known, name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(" or ")}: ${Object.keys(known).join(", ")}`);
  Deno.exit(2);
}
const asked = Deno.args.length > 0
  ? Object.entries(known).filter(([name]) => Deno.args.includes(name))
  : Object.entries(benches);

const { deno, v8 } = Deno.version;
console.log(`Deno ${deno}, V8 ${v8}, ${navigator.hardwareConcurrency} cores; medians.\n`);
console.log(tableHead);
for (const [, bench] of asked) {
  for (const line of await bench()) console.log(tableRow(line));
}
