import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  type DigestFrequency,
  type DigestTimes,
  dueText,
  nextDigestAt,
  nextDigestText,
} from "./schedule.ts";

const morning: DigestTimes = { zone: "Europe/Madrid", digestHour: 8, digestWeekday: 1 };
const hour = 3_600_000;

/** The first windows after a local time, as the wall clock in that zone shows them. */
function windows(
  { count = 3, frequency, from, ...times }: DigestTimes & {
    count?: number;
    frequency: DigestFrequency;
    from: string;
  },
): string[] {
  let after = Temporal.PlainDateTime.from(from).toZonedDateTime(times.zone).epochMilliseconds;
  let last: number | null = null;
  return Array.from({ length: count }, () => {
    last = after = nextDigestAt(times, frequency, { after, last });
    return wallClock(after, times.zone);
  });
}

function at(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

function wallClock(instant: number, zone: string): string {
  return at(instant, zone).toString({ smallestUnit: "minute", timeZoneName: "never" });
}

const examples: [string, Parameters<typeof windows>[0], string[]][] = [
  [
    "daily is tomorrow at the reader's hour when today's hour has passed",
    { ...morning, frequency: "daily", from: "2026-11-20T08:00", count: 2 },
    ["2026-11-21T08:00+01:00", "2026-11-22T08:00+01:00"],
  ],
  [
    "daily is today at the reader's hour when that is still to come",
    { ...morning, frequency: "daily", from: "2026-11-20T07:59", count: 1 },
    ["2026-11-20T08:00+01:00"],
  ],
  [
    "weekly is the reader's weekday, the same day when its hour is still to come",
    { ...morning, digestWeekday: 5, frequency: "weekly", from: "2026-11-20T07:00", count: 2 },
    ["2026-11-20T08:00+01:00", "2026-11-27T08:00+01:00"],
  ],
  [
    "weekly on Sunday belongs to the week that began on Monday",
    { ...morning, digestWeekday: 7, frequency: "weekly", from: "2026-11-23T07:00", count: 2 },
    ["2026-11-29T08:00+01:00", "2026-12-06T08:00+01:00"],
  ],
  [
    "daily in Madrid keeps its hour when summer time begins",
    { ...morning, frequency: "daily", from: "2026-03-28T07:00" },
    ["2026-03-28T08:00+01:00", "2026-03-29T08:00+02:00", "2026-03-30T08:00+02:00"],
  ],
  [
    "daily at the hour that Madrid leaves out comes at the first instant after it",
    { ...morning, digestHour: 2, frequency: "daily", from: "2026-03-28T00:00" },
    ["2026-03-28T02:00+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00"],
  ],
  [
    "daily at the hour that Los Angeles has twice comes at the first of the two",
    {
      ...morning,
      zone: "America/Los_Angeles",
      digestHour: 1,
      frequency: "daily",
      from: "2026-10-31T00:00",
    },
    ["2026-10-31T01:00-07:00", "2026-11-01T01:00-07:00", "2026-11-02T01:00-08:00"],
  ],
  [
    "daily at the hour that Lord Howe cuts in half comes when the clock shows half past",
    {
      ...morning,
      zone: "Australia/Lord_Howe",
      digestHour: 2,
      frequency: "daily",
      from: "2026-10-03T00:00",
    },
    ["2026-10-03T02:00+10:30", "2026-10-04T02:30+11:00", "2026-10-05T02:00+11:00"],
  ],
  [
    "daily in Casablanca keeps its hour through Ramadan",
    { ...morning, zone: "Africa/Casablanca", frequency: "daily", from: "2026-02-14T07:00" },
    ["2026-02-14T08:00+01:00", "2026-02-15T08:00+00:00", "2026-02-16T08:00+00:00"],
  ],
  [
    "daily in Samoa has no window on the day that the calendar left out",
    { ...morning, zone: "Pacific/Apia", frequency: "daily", from: "2011-12-28T07:00" },
    ["2011-12-28T08:00-10:00", "2011-12-29T08:00-10:00", "2011-12-31T08:00+14:00"],
  ],
  [
    "daily at the last hour of a day that ends early in Nuuk comes an hour earlier",
    {
      ...morning,
      zone: "America/Nuuk",
      digestHour: 23,
      frequency: "daily",
      from: "2026-03-27T12:00",
    },
    ["2026-03-27T23:00-02:00", "2026-03-28T22:00-02:00", "2026-03-29T23:00-01:00"],
  ],
  [
    "hourly in Kolkata follows the local clock, half past in UTC",
    { ...morning, zone: "Asia/Kolkata", frequency: "hourly", from: "2026-11-20T09:31", count: 2 },
    ["2026-11-20T10:00+05:30", "2026-11-20T11:00+05:30"],
  ],
  [
    "hourly in Madrid goes on past the hour that is left out",
    { ...morning, frequency: "hourly", from: "2026-03-29T00:30" },
    ["2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00"],
  ],
  [
    "hourly in Madrid tells each of the two hours of the same name",
    { ...morning, frequency: "hourly", from: "2026-10-25T01:30", count: 4 },
    [
      "2026-10-25T02:00+02:00",
      "2026-10-25T02:00+01:00",
      "2026-10-25T03:00+01:00",
      "2026-10-25T04:00+01:00",
    ],
  ],
  [
    "hourly in Lord Howe comes at the end of a gap that took the full hour",
    { ...morning, zone: "Australia/Lord_Howe", frequency: "hourly", from: "2026-10-04T00:30" },
    ["2026-10-04T01:00+10:30", "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00"],
  ],
  [
    "hourly in Lord Howe waits for the next full hour when the clock goes back half an hour",
    { ...morning, zone: "Australia/Lord_Howe", frequency: "hourly", from: "2026-04-05T00:30" },
    ["2026-04-05T01:00+11:00", "2026-04-05T02:00+10:30", "2026-04-05T03:00+10:30"],
  ],
];

for (const [sentence, question, expected] of examples) {
  Deno.test(sentence, () => deepEqual(windows(question), expected));
}

Deno.test("what was told for this hour, day or week is not told again", () => {
  const after = Date.UTC(2026, 10, 20, 6, 30);
  const told = (frequency: DigestFrequency, last: number) =>
    wallClock(nextDigestAt(morning, frequency, { after, last }), "Europe/Madrid");
  equal(told("hourly", after + hour / 2), "2026-11-20T09:00+01:00");
  equal(told("daily", after + hour / 2), "2026-11-21T08:00+01:00");
  equal(told("weekly", after), "2026-11-23T08:00+01:00");
  equal(told("weekly", Date.UTC(2026, 10, 23, 7)), "2026-11-30T08:00+01:00");
});

Deno.test("an unknown zone counts as UTC", () => {
  const progress = { after: Date.UTC(2026, 10, 20, 12), last: null };
  for (const zone of ["Atlantis/Centre", "", "+02:00", "2026-01-01[Europe/Madrid]"]) {
    equal(
      nextDigestAt({ ...morning, zone }, "daily", progress),
      Date.UTC(2026, 10, 21, 8),
    );
  }
});

Deno.test("an instant reads as people say it", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  const read = (text: string, zone: string) => nextDigestText(Date.parse(text), zone, now);
  equal(read("2026-11-20T13:00Z", "Europe/Madrid"), "Today 14:00, Madrid");
  equal(read("2026-11-21T07:00Z", "Europe/Madrid"), "Tomorrow 08:00, Madrid");
  equal(read("2026-11-30T07:00Z", "Europe/Madrid"), "Mon 30 Nov, 08:00, Madrid");
  equal(read("2027-01-04T16:00Z", "America/Los_Angeles"), "Mon 4 Jan 2027, 08:00, Los Angeles");
  equal(read("2026-11-20T20:00Z", "Asia/Seoul"), "Tomorrow 05:00, Seoul");
  equal(read("2026-11-20T13:00Z", "America/Indiana/Knox"), "Today 07:00, Knox");
  equal(read("2026-11-20T13:00Z", "UTC"), "Today 13:00, UTC");
  equal(read("2026-11-20T13:00Z", "Atlantis/Centre"), "Today 13:00, UTC");
});

Deno.test("a deadline reads as a day, or as an hour where it has one", () => {
  const now = Date.UTC(2026, 10, 20, 23);
  equal(dueText("2026-11-21", "Europe/Madrid", now), "Today");
  equal(dueText("2026-11-21", "UTC", now), "Tomorrow");
  equal(dueText("2026-11-24", "UTC", now), "Tue 24 Nov");
  equal(dueText("2027-01-04", "UTC", now), "Mon 4 Jan 2027");
  equal(dueText("2026-11-24T17:00:00Z", "Europe/Madrid", now), "Tue 24 Nov, 18:00, Madrid");
});

const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC");
const anyTimes = fc.record({
  zone: zones,
  digestHour: fc.integer({ min: 0, max: 23 }),
  digestWeekday: fc.integer({ min: 1, max: 7 }),
});
const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
const runs = { numRuns: 300 };

/** The windows of so many days, as the sweep finds them: each follows from the one before. */
function series(times: DigestTimes, frequency: DigestFrequency, from: number, days: number) {
  const found: number[] = [];
  let last: number | null = null;
  for (let after = from;; after = last) {
    last = nextDigestAt(times, frequency, { after, last });
    if (last > from + days * 24 * hour) return found;
    found.push(last);
  }
}

Deno.test("a window is always later than the search for it", () => {
  const frequencies = fc.constantFrom<DigestFrequency[]>("hourly", "daily", "weekly");
  fc.assert(
    fc.property(
      anyTimes,
      frequencies,
      instants,
      fc.option(instants),
      (times, frequency, after, last) =>
        ok(nextDigestAt(times, frequency, { after, last }) > after),
    ),
    runs,
  );
});

Deno.test("every local day has exactly one daily digest, at the reader's hour wherever it exists", () => {
  fc.assert(
    fc.property(anyTimes, instants, (times, from) => {
      const found = series(times, "daily", from, 40).map((instant) => at(instant, times.zone));
      ok(found.length >= 39);
      for (const [index, window] of found.entries()) {
        const next = found[index + 1];
        if (next) equal(window.toPlainDate().until(next.toPlainDate()).days, 1);
        const wanted = window.toPlainDate().toPlainDateTime({ hour: times.digestHour });
        const exists = wanted.toZonedDateTime(times.zone).toPlainDateTime().equals(wanted);
        equal(window.toPlainDateTime().equals(wanted), exists);
      }
    }),
    runs,
  );
});

Deno.test("every ISO week has exactly one weekly digest, on the reader's weekday", () => {
  fc.assert(
    fc.property(anyTimes, instants, (times, from) => {
      const found = series(times, "weekly", from, 100).map((instant) => at(instant, times.zone));
      ok(found.length >= 13);
      for (const [index, window] of found.entries()) {
        equal(window.dayOfWeek, times.digestWeekday);
        const next = found[index + 1];
        if (next) equal(window.toPlainDate().until(next.toPlainDate()).days, 7);
      }
    }),
    runs,
  );
});

Deno.test("hourly digests come at full local hours, an hour apart but for half-hour changes", () => {
  fc.assert(
    fc.property(anyTimes, instants, (times, from) => {
      const found = series(times, "hourly", from, 3);
      ok(found.length >= 71);
      for (const [index, window] of found.entries()) {
        const { minute, offset } = at(window, times.zone);
        const next = found[index + 1];
        if (!next || at(next, times.zone).offset !== offset) continue;
        equal(next - window, minute === 0 ? hour : hour / 2);
      }
    }),
    runs,
  );
});

Deno.test("whoever changes hour, weekday or zone never gets two digests in one day or week", () => {
  const periods = {
    daily: (window: Temporal.ZonedDateTime) => window.toPlainDate().toString(),
    weekly: (window: Temporal.ZonedDateTime) => `${window.yearOfWeek}-${window.weekOfYear}`,
  };
  const frequencies = fc.constantFrom<("daily" | "weekly")[]>("daily", "weekly");
  const later = fc.integer({ min: 0, max: 72 * hour });
  fc.assert(
    fc.property(
      anyTimes,
      anyTimes,
      frequencies,
      instants,
      later,
      (before, then, frequency, from, wait) => {
        const last = nextDigestAt(before, frequency, { after: from, last: null });
        const next = nextDigestAt(then, frequency, { after: last + wait, last });
        const period = periods[frequency];
        ok(period(at(next, then.zone)) !== period(at(last, then.zone)));
      },
    ),
    runs,
  );
});
