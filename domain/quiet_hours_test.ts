import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { quietEnd, type QuietHours } from "./quiet_hours.ts";
import { localTime } from "./zones.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const night = (zone: string): QuietHours => ({ zone, quietFrom: 22, quietUntil: 7 });

function endText(hours: QuietHours, instant: string): string | null {
  const end = quietEnd(hours, Date.parse(instant));
  return end === null ? null : new Date(end).toISOString();
}

Deno.test("quiet hours across midnight end in the morning, at the wall clock of their reader", () => {
  const madrid = night("Europe/Madrid");
  equal(endText(madrid, "2026-11-20T20:59:59Z"), null);
  equal(endText(madrid, "2026-11-20T21:00:00Z"), "2026-11-21T06:00:00.000Z");
  equal(endText(madrid, "2026-11-21T05:59:59Z"), "2026-11-21T06:00:00.000Z");
  equal(endText(madrid, "2026-11-21T06:00:00Z"), null);
});

Deno.test("quiet hours within a day end on the same day", () => {
  const seoul = { zone: "Asia/Seoul", quietFrom: 9, quietUntil: 17 };
  equal(endText(seoul, "2026-11-20T00:00:00Z"), "2026-11-20T08:00:00.000Z");
  equal(endText(seoul, "2026-11-20T08:00:00Z"), null);
  equal(endText(seoul, "2026-11-19T23:59:00Z"), null);
});

Deno.test("who chose none has none", () => {
  equal(quietEnd({ zone: "UTC", quietFrom: null, quietUntil: null }, 0), null);
});

Deno.test("an unknown zone counts as UTC", () => {
  equal(endText(night("Mars/Olympus"), "2026-11-20T23:00:00Z"), "2026-11-21T07:00:00.000Z");
});

Deno.test("a night in which the clock changes is as long as the clock makes it", () => {
  const madrid = night("Europe/Madrid");
  equal(endText(madrid, "2026-03-28T21:00:00Z"), "2026-03-29T05:00:00.000Z");
  equal(endText(madrid, "2026-10-24T20:00:00Z"), "2026-10-25T06:00:00.000Z");
});

Deno.test("an end that the clock leaves out is the end of the gap, one that comes twice the second", () => {
  const untilTwo = { zone: "Europe/Madrid", quietFrom: 22, quietUntil: 2 };
  equal(endText(untilTwo, "2026-03-28T23:00:00Z"), "2026-03-29T01:00:00.000Z");
  const newYork = { zone: "America/New_York", quietFrom: 22, quietUntil: 2 };
  equal(endText(newYork, "2026-11-01T03:00:00Z"), "2026-11-01T07:00:00.000Z");
});

Deno.test("quiet hours are exactly those that the wall clock shows, whatever the zone and the season", () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC");
  const hours = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 }))
    .filter(([from, until]) => from !== until);
  const anywhere = fc.record({
    zone: zones,
    hours,
    instant: fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) }),
    nearChange: fc.boolean(),
    offset: fc.integer({ min: -day, max: day }),
  });
  fc.assert(
    fc.property(anywhere, ({ zone, hours: [from, until], nearChange, ...drawn }) => {
      const change = localTime(drawn.instant, zone).getTimeZoneTransition("next");
      const instant = nearChange && change
        ? change.epochMilliseconds + drawn.offset
        : drawn.instant;
      const isQuiet = (at: number) =>
        (localTime(at, zone).hour - from + 24) % 24 < (until - from + 24) % 24;
      const end = quietEnd({ zone, quietFrom: from, quietUntil: until }, instant);
      equal(end !== null, isQuiet(instant));
      if (end === null) return;
      ok(!isQuiet(end), "still quiet at the end");
      ok(isQuiet(end - 1), "the end is not the first instant that is not quiet");
      for (let at = instant; at < end; at += 15 * minute) ok(isQuiet(at), "interrupted");
    }),
    { numRuns: 500 },
  );
});
