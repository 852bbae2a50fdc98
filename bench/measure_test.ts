import { deepEqual, equal } from "node:assert/strict";
import { latencies, percentile, tableRow } from "./measure.ts";

Deno.test("a percentile is the number that so many percent do not exceed", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  deepEqual([50, 95, 99, 100].map((percent) => percentile(hundred, percent)), [50, 95, 99, 100]);
  deepEqual([50, 99].map((percent) => percentile([7], percent)), [7, 7]);
});

Deno.test("so many requests are under way at once, and those that warm up are not counted", async () => {
  let [underWay, most, asked] = [0, 0, 0];
  const measured = await latencies(async () => {
    [asked, underWay] = [asked + 1, underWay + 1];
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
  }, { count: 40, atOnce: 4 });
  deepEqual([measured.length, asked, most], [40, 44, 4]);
});

Deno.test("the table says whether a peer is beaten as often as it should be", () => {
  const line = { work: "matching", unit: "events", amount: 1_000, ours: 0.5, against: "sift" };
  equal(
    tableRow({ ...line, theirs: 2.5, goal: 5 }),
    "| matching | 2,000 events/s | sift | 400 events/s | 5.0 times faster | 5 times its rate: holds |",
  );
  equal(
    tableRow({ ...line, theirs: 0.25, goal: 0.7 }),
    "| matching | 2,000 events/s | sift | 4,000 events/s | 2.0 times its time | at most 1.43 times its time: **missed** |",
  );
});

Deno.test("the table says whether a limit holds", () => {
  equal(
    tableRow({ work: "search, p95", unit: "ms", value: 4, limit: 5, should: "not exceed" }),
    "| search, p95 | 4 ms | a limit | 5 ms | 0.80 of it | not exceed: holds |",
  );
  equal(
    tableRow({ work: "matching", unit: "events/s", value: 1e5, limit: 2e5, should: "reach" }),
    "| matching | 100,000 events/s | a limit | 200,000 events/s | 0.50 of it | reach: **missed** |",
  );
});
