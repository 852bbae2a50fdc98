import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { isZone, knownZone, localTime, offsetAt } from "./zones.ts";

const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];

Deno.test("every zone that a browser may report is known, old spellings too", () => {
  const reported = [...zones, "Asia/Calcutta", "Asia/Kolkata", "America/Nuuk", "US/Pacific"];
  deepEqual(reported.filter((zone) => !isZone(zone)), []);
});

Deno.test("offsets, misspellings and dates are no zones, and count as UTC", () => {
  const strangers = [
    "",
    "+02:00",
    "europe/madrid",
    "Europe",
    "Madrid",
    "2026-01-01[Europe/Madrid]",
  ];
  deepEqual(strangers.filter(isZone), []);
  deepEqual(strangers.map(knownZone), strangers.map(() => "UTC"));
});

Deno.test("an offset is right however the instants before it were asked for", () => {
  const instants = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
  const questions = fc.array(instants, { minLength: 2, maxLength: 12 });
  fc.assert(fc.property(fc.constantFrom(...zones), questions, (zone, asked) => {
    for (const instant of asked) agrees(instant, zone);
  }));
});

Deno.test("an offset is right on both sides of every change of the clock", () => {
  for (
    const zone of ["Europe/Madrid", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"]
  ) {
    let change = localTime(Date.UTC(2009, 0), zone).getTimeZoneTransition("next");
    for (let count = 0; change && count < 40; count++) {
      const instant = change.epochMilliseconds;
      for (const beside of [instant - 1, instant, instant + 1, instant - 1]) agrees(beside, zone);
      change = change.getTimeZoneTransition("next");
    }
  }
});

function agrees(instant: number, zone: string): void {
  equal(offsetAt(instant, zone), localTime(instant, zone).offsetNanoseconds / 1_000_000);
}
