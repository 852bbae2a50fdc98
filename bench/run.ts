import { digests } from "./digests.ts";
import { intake } from "./intake.ts";
import { matching } from "./matching.ts";
import { tableHead, tableRow } from "./measure.ts";
import { panel, remotePanel } from "./panel.ts";

// Prints, as a Markdown table, how Callboard does beside the limits and peers of the same run.

const { deno, v8 } = Deno.version;
console.log(`Deno ${deno}, V8 ${v8}, ${navigator.hardwareConcurrency} cores; medians.\n`);
console.log(tableHead);
for (const bench of [intake, matching, digests, panel, remotePanel]) {
  for (const comparison of await bench()) console.log(tableRow(comparison));
}
