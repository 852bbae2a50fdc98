import { deepEqual, equal, ok } from "node:assert/strict";
import { lastDays } from "./days.ts";

Deno.test("the last days end today, by the calendar of the reader and not by UTC", () => {
  const now = Date.parse("2026-11-20T23:30:00Z");
  deepEqual(lastDays(3, { zone: "UTC", now }).dates, ["2026-11-18", "2026-11-19", "2026-11-20"]);
  deepEqual(lastDays(2, { zone: "Europe/Madrid", now }).dates, ["2026-11-20", "2026-11-21"]);
});

Deno.test("an instant falls on its local day, also around a change of the clock", () => {
  // The clock went back on Sunday 25 October, which had 25 hours.
  const days = lastDays(3, { zone: "Europe/Madrid", now: Date.parse("2026-10-26T12:00:00Z") });
  deepEqual(days.dates, ["2026-10-24", "2026-10-25", "2026-10-26"]);
  const index = (instant: string) => days.indexOf(Date.parse(instant));
  equal(index("2026-10-24T21:59:59Z"), 0);
  equal(index("2026-10-24T22:00:00Z"), 1);
  equal(index("2026-10-25T22:59:59Z"), 1);
  equal(index("2026-10-25T23:00:00Z"), 2);
});

Deno.test("what lies before the first day, or after today, falls on none", () => {
  const days = lastDays(2, { zone: "UTC", now: Date.parse("2026-11-20T12:00:00Z") });
  ok(days.indexOf(Date.parse("2026-11-18T23:59:59Z")) < 0);
  ok(days.indexOf(Date.parse("2026-11-21T00:00:00Z")) < 0);
  equal(days.indexOf(Date.parse("2026-11-20T23:59:59Z")), 1);
});

Deno.test("a zone that the platform does not know counts by UTC", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  deepEqual(lastDays(1, { zone: "Mars/Olympus", now }).dates, ["2026-11-20"]);
});
