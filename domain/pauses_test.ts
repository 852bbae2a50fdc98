import { deepEqual, equal, throws } from "node:assert/strict";
import { Invalid } from "./errors.ts";
import { parsePause, snoozeDays } from "./pauses.ts";

const now = Date.parse("2026-11-20T23:30:00Z");

Deno.test("a pause ends when its day begins where its owner lives", () => {
  equal(parsePause("2026-12-01", "Europe/Madrid", now), Date.parse("2026-11-30T23:00:00Z"));
  equal(parsePause("2026-12-01", "Asia/Seoul", now), Date.parse("2026-11-30T15:00:00Z"));
  equal(parsePause("2026-12-01", "Mars/Olympus", now), Date.parse("2026-12-01T00:00:00Z"));
});

Deno.test("on a day that begins late, because the clock went forward, it ends with the first instant", () => {
  equal(parsePause("2027-04-30", "Africa/Cairo", now), Date.parse("2027-04-29T22:00:00Z"));
});

Deno.test("tomorrow, where its owner lives, is the earliest", () => {
  equal(parsePause("2026-11-21", "UTC", now), Date.parse("2026-11-21T00:00:00Z"));
  throws(() => parsePause("2026-11-21", "Europe/Madrid", now), Invalid);
});

Deno.test("what is no date, or too far away, is refused in words", () => {
  for (const date of ["", "soon", "2026-02-30", "2027-11-21", "2026-11-20"]) {
    throws(() => parsePause(date, "UTC", now), /^Invalid: Choose /, date);
  }
});

Deno.test("a snooze is offered until tomorrow and until the next Monday, where its owner lives", () => {
  const days = (zone: string, at: string) =>
    Object.values(snoozeDays(zone, Date.parse(at))).map((day) => new Date(day).toISOString());
  // Friday in Madrid, and Saturday there an hour and a half later.
  deepEqual(days("Europe/Madrid", "2026-11-20T21:30:00Z"), [
    "2026-11-20T23:00:00.000Z",
    "2026-11-22T23:00:00.000Z",
  ]);
  deepEqual(days("Europe/Madrid", "2026-11-20T23:00:00Z")[0], "2026-11-21T23:00:00.000Z");
  const sunday = days("UTC", "2026-11-22T12:00:00Z");
  equal(sunday[0], sunday[1]);
  equal(days("UTC", "2026-11-23T12:00:00Z")[1], "2026-11-30T00:00:00.000Z");
});
