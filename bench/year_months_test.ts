import { deepEqual } from "node:assert/strict";
import { type Month, monthOf, wrongs } from "./year_months.ts";

const usual: Month = {
  ...{ events: 100, emails: 50, most: 30, written: 300_000, took: 2, lateness: [10, 20, 900] },
  ...{ rows: { emails: 150, users: 20 }, size: 1_000_000, memory: 200_000_000 },
};

/** A year of usual months whose last one differs. */
function yearUntil(last: Partial<Month>): Month[] {
  return [...Array.from({ length: 11 }, () => usual), { ...usual, ...last }];
}

Deno.test("a year in which every month is as the one before is well", () => {
  deepEqual(wrongs(yearUntil({}), 90), []);
});

Deno.test("a year fails in which something grows after the first events left the log", () => {
  deepEqual(wrongs(yearUntil({ rows: { emails: 600, users: 20 } }), 90), [
    "emails, in rows, grew from 150 to 600",
  ]);
  deepEqual(wrongs(yearUntil({ rows: { ...usual.rows, leaked: 11 } }), 90), [
    "leaked, in rows, grew from 0 to 11",
  ]);
  deepEqual(wrongs(yearUntil({ size: 2_000_000 }), 90), [
    "what is kept, in bytes, grew from 1000000 to 2000000",
  ]);
  deepEqual(wrongs(yearUntil({ memory: 900_000_000 }), 90), [
    "memory, in bytes, grew from 200000000 to 900000000",
  ]);
  const filling = [{ ...usual, rows: {}, size: 0, memory: 0 }, ...yearUntil({})];
  deepEqual(wrongs(filling, 90), [], "what is kept fills up first");
});

Deno.test("a year fails in which more than one email in a hundred leaves a minute late", () => {
  const lateness = (late: number) => Array.from({ length: 200 }, (_, i) => i < late ? 61_000 : 5);
  deepEqual(wrongs(yearUntil({ lateness: lateness(2) }), 90), []);
  deepEqual(wrongs(yearUntil({ lateness: lateness(3) }), 90), [
    "Of month 12, one in a hundred left 61000 ms late",
  ]);
});

Deno.test("a year that ends before anything is removed says so", () => {
  deepEqual(wrongs([usual, usual, usual, usual], 90), [
    "The year is too short to see what is kept",
  ]);
});

Deno.test("a month of several groups adds up what each of them lived through", () => {
  const { rows, size, memory } = usual;
  const day = { events: 100, emails: [20, 0], written: 300_000, took: 2, lateness: [10, 900] };
  const last = { ...day, emails: [10, 5], kept: { rows, size, memory } };
  const other = { ...day, emails: [1, 25] };
  const month = monthOf([[day, last], [other, { ...last, kept: { ...last.kept, memory: 1 } }]]);
  deepEqual(month, {
    ...{ events: 400, emails: 76, most: 25, written: 1_200_000, took: 4 },
    lateness: [10, 10, 10, 10, 900, 900, 900, 900],
    ...{ rows: { emails: 300, users: 40 }, size: 2_000_000, memory: 200_000_000 },
  });
});
