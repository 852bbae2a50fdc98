import { optionsOrExit, wholeNumber } from "../tasks/arguments.ts";
import { linesBy } from "./processes.ts";
import { type Day, heading, type Kept, type Month, monthDays, monthOf } from "./year_months.ts";
import { rowOf, wrongs } from "./year_months.ts";
import { accountsOf, sizeOf, type YearOptions } from "./year_studio.ts";

// A year in simulated time, with all of its mail but nobody to send it to: `deno task year`. Unless told otherwise it is
// a hundredth of a large studio of 500 accounts, 20,000 people and 50,000 events a day, in two groups of accounts: a
// process and a database each, as one would share out more than one carries. Prints for each month what came in, what
// went out, what is kept and how late emails left, and fails where something grows that should not.

const asked = optionsOrExit(Deno.args, {
  "accounts": wholeNumber(1, 1_000).default(10),
  "people": wholeNumber(1, 100_000).default(200),
  "per-day": wholeNumber(1, 50_000).default(500),
  "days": wholeNumber(30, 3_650).default(365),
  "retention-days": wholeNumber(1, 400).default(90),
  "groups": wholeNumber(1, 64).default(2),
});
const { accounts, people, days, groups, "per-day": perDay, "retention-days": retentionDays } =
  asked;
const start = Date.parse("2026-11-20T00:00:00Z") - days * 86_400_000;
const year = { accounts, people, perDay, days, retentionDays, groups, start };

console.log(told(year));
console.log(heading);
const months = await live(year);
for (const wrong of wrongs(months, retentionDays)) {
  console.error(wrong);
  Deno.exitCode = 1;
}

function told(options: YearOptions): string {
  const count = sizeOf(accountsOf({ ...options, groups: 1 }, 0));
  return `${accounts} accounts in ${groups} groups, ${count} people, ${perDay} events a day, ${retentionDays} days kept`;
}

/** Lets all groups live at once; a month is told when the last of them has lived through it. */
async function live(options: YearOptions): Promise<Month[]> {
  const lived: (Day & { kept?: Kept })[][] = Array.from({ length: groups }, () => []);
  const months: Month[] = [];
  const tell = () => {
    const done = Math.min(...lived.map((days) => days.length));
    const from = months.length * monthDays;
    if (done < from + monthDays) return showDay(done);
    months.push(monthOf(lived.map((days) => days.slice(from, from + monthDays))));
    console.log(rowOf(months.length, months.at(-1)!));
  };
  await Promise.all(lived.map(async (days, group) => {
    for await (const line of linesBy("year_life", [JSON.stringify({ ...options, group })])) {
      days.push(JSON.parse(line));
      tell();
    }
  }));
  return months;
}

/** Says at a terminal how many days are over; the month's row takes its place. */
function showDay(done: number): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(new TextEncoder().encode(`\r${done} days of ${days}\r`));
}
