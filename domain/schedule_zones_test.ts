import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type DigestFrequency, type DigestTimes, nextDigestAt } from "./schedule.ts";

// Digests in every zone that the platform knows, through twelve years, held against an almanac: the stretches of time
// between two changes of a zone's clock, and from nothing else what its clock and calendar show.

const hour = 3_600_000;
const day = 24 * hour;
const [begin, end] = [Date.UTC(2016, 0), Date.UTC(2028, 0)];
const zones = Intl.supportedValuesOf("timeZone");

/** From when until when a zone's clock is that far ahead of UTC. */
interface Stretch {
  from: number;
  until: number;
  offset: number;
}

const almanacs = new Map(zones.map((zone) => [zone, almanacOf(zone)]));

function almanacOf(zone: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(begin - 60 * day).toZonedDateTimeISO(zone);
  for (let from = at.epochMilliseconds; from < end + 60 * day;) {
    const next = at.getTimeZoneTransition("next");
    const until = next?.epochMilliseconds ?? Infinity;
    stretches.push({ from, until, offset: at.offsetNanoseconds / 1e6 });
    if (!next) break;
    [at, from] = [next, until];
  }
  return stretches;
}

/** The changes of the clock that fall into the twelve years. */
function changesOf(zone: string): { at: number; before: number; after: number }[] {
  const stretches = almanacs.get(zone)!;
  return stretches.slice(1).filter(({ from }) => from > begin && from < end)
    .map(({ from, offset }, index) => ({
      at: from,
      before: stretches[index]!.offset,
      after: offset,
    }));
}

/** The first instant of a day, counted from 1970, at which the clock shows this hour or a later one; the hour before where the day ends too early. */
function windowOn(zone: string, date: number, digestHour: number): number | null {
  for (let each = digestHour; each >= 0; each--) {
    for (const { from, until, offset } of almanacs.get(zone)!) {
      const at = Math.max(from, date * day + each * hour - offset);
      if (at < Math.min(until, (date + 1) * day - offset)) return at;
    }
  }
  return null;
}

function windowsOn(zone: string, dates: number[], digestHour: number): number[] {
  return dates.flatMap((date) => windowOn(zone, date, digestHour) ?? []);
}

/** Every full hour that the clock shows, and the end of a gap where more than an hour would pass without one. */
function fullHours(zone: string, from: number, until: number): number[] {
  const shown = almanacs.get(zone)!.flatMap(({ offset, ...stretch }) => {
    const [first, last] = [Math.max(from, stretch.from), Math.min(until, stretch.until)];
    return range(Math.ceil((first + offset) / hour), Math.ceil((last - first) / hour))
      .map((each) => each * hour - offset).filter((at) => at < last);
  });
  return shown.flatMap((at, index) =>
    at - (shown[index - 1] ?? at) > hour ? [...gapBefore(zone, at), at] : [at]
  );
}

/** The end of the gap before an instant, where the clock went forward last. */
function gapBefore(zone: string, instant: number): number[] {
  const [before, after] = almanacs.get(zone)!.filter(({ from }) => from < instant).slice(-2);
  return after!.offset > before!.offset ? [after!.from] : [];
}

function dateOf(zone: string, instant: number): number {
  const { offset } = almanacs.get(zone)!.find(({ until }) => instant < until)!;
  return Math.floor((instant + offset) / day);
}

/** As many windows as sweeps find one after the other. */
function found(times: DigestTimes, frequency: DigestFrequency, from: number, count: number) {
  let [after, last] = [from, null as number | null];
  return Array.from({ length: count }, () => {
    after = last = nextDigestAt(times, frequency, { after, last });
    return last;
  });
}

const range = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, index) => from + index * step);
const allHours = range(0, 24);

/** One zone for each almanac: the others are the same under another name. */
const different = [
  ...new Map(zones.map((zone) => [JSON.stringify(almanacs.get(zone)), zone])).values(),
];

Deno.test("the platform's zones change their clocks in every way that there is", () => {
  const jumps = zones.flatMap(changesOf).map(({ before, after }) => after - before);
  for (const way of [hour, -hour, hour / 2, -hour / 2]) ok(jumps.includes(way), `${way}`);
  ok(different.length > 80 && zones.includes("Australia/Eucla"));
  const summers = (zone: string, year: number) =>
    changesOf(zone).filter(({ at }) => new Date(at).getUTCFullYear() === year).length;
  // Brazil gave its summer time up, Mexico too, and Morocco stops it through Ramadan.
  deepEqual([2018, 2025].map((year) => summers("America/Sao_Paulo", year)), [2, 0]);
  deepEqual([2021, 2025].map((year) => summers("America/Mexico_City", year)), [2, 0]);
  deepEqual([2025].map((year) => summers("Africa/Casablanca", year)), [2]);
});

Deno.test("in every zone, on every day of twelve years, one daily digest comes at the hour that was chosen", () => {
  for (const [index, zone] of zones.entries()) {
    const digestHour = index % 24;
    const dates = range(dateOf(zone, begin), (end - begin) / day - 1);
    const expected = windowsThrough(zone, dates, digestHour);
    const times = { zone, digestHour, digestWeekday: 1 };
    const windows = found(times, "daily", expected[0]! - 1, expected.length);
    const wrong = windows.find((window, index) => window !== expected[index]);
    equal(wrong, undefined, `${zone} at ${digestHour}: ${wrong && instantText(wrong)}`);
  }
});

/** What `windowsOn` says, without looking through the whole almanac for each day. */
function windowsThrough(zone: string, dates: number[], digestHour: number): number[] {
  const changing = new Set(
    changesOf(zone).flatMap(({ at }) => range(Math.floor(at / day) - 2, 5)),
  );
  const stretches = almanacs.get(zone)!;
  let index = 0;
  return dates.flatMap((date) => {
    if (changing.has(date)) return windowOn(zone, date, digestHour) ?? [];
    const wanted = date * day + digestHour * hour;
    while (wanted - stretches[index]!.offset >= stretches[index]!.until) index++;
    return wanted - stretches[index]!.offset;
  });
}

function instantText(instant: number): string {
  return new Date(instant).toISOString();
}

Deno.test("around every change of every clock, daily digests come once a day, whatever hour was chosen", () => {
  for (const zone of zones) {
    const hours = different.includes(zone) ? allHours : null;
    for (const { at, before, after } of changesOf(zone)) {
      const dates = range(dateOf(zone, at) - 2, 5);
      for (const digestHour of hours ?? hoursAt(at, before, after)) {
        const expected = windowsOn(zone, dates, digestHour);
        const times = { zone, digestHour, digestWeekday: 1 };
        const windows = found(times, "daily", expected[0]! - 1, expected.length);
        deepEqual(windows, expected, `${zone} at ${digestHour}, ${instantText(at)}`);
      }
    }
  }
});

/** The hours that the clock shows where it changes. */
function hoursAt(at: number, ...offsets: number[]): number[] {
  return offsets.map((offset) => new Date(at + offset).getUTCHours());
}

Deno.test("around every change of every clock, weekly digests come once a week, on the weekday that was chosen", () => {
  for (const zone of different) {
    for (const { at, before, after } of changesOf(zone)) {
      for (const date of range(dateOf(zone, at) - 1, 3)) {
        for (const digestHour of hoursAt(at, before, after)) {
          const expected = windowsOn(zone, range(date - 7, 3, 7), digestHour);
          // 1 January 1970 was a Thursday.
          const times = { zone, digestHour, digestWeekday: (date + 3) % 7 + 1 };
          const windows = found(times, "weekly", expected[0]! - 1, expected.length);
          deepEqual(windows, expected, `${zone} at ${digestHour}, ${instantText(at)}`);
        }
      }
    }
  }
});

Deno.test("around every change of every clock, hourly digests come with each full hour that it shows", () => {
  for (const zone of zones) {
    for (const { at } of changesOf(zone)) {
      const expected = fullHours(zone, at - 3 * hour, at + 3 * hour);
      const times = { zone, digestHour: 8, digestWeekday: 1 };
      const windows = found(times, "hourly", expected[0]! - 1, expected.length);
      deepEqual(windows, expected, `${zone}, ${instantText(at)}`);
    }
  }
});

// People who move: at an instant they live elsewhere and by other hours, and what was told last is told.

const stays = fc.array(
  fc.record({
    zone: fc.constantFrom(...zones),
    digestHour: fc.integer({ min: 0, max: 23 }),
    digestWeekday: fc.integer({ min: 1, max: 7 }),
    days: fc.integer({ min: 0, max: 20 }),
    minutes: fc.integer({ min: 0, max: 1_439 }),
  }),
  { minLength: 2, maxLength: 6 },
);

/** The first day of the period that a date is in: the day itself, or the Monday of its week. */
const periodOf = {
  daily: (date: number) => date,
  weekly: (date: number) => date - (date + 3) % 7,
};

/** What the almanac says comes first after an instant, in a period of which nothing was told. */
function expectedNext(
  { zone, digestHour, digestWeekday }: DigestTimes,
  frequency: "daily" | "weekly",
  { after, last }: { after: number; last: number | null },
): number {
  const period = periodOf[frequency];
  const told = last === null ? null : period(dateOf(zone, last));
  const dates = range(dateOf(zone, after) - 1, 24)
    .filter((date) => period(date) !== told)
    .filter((date) => frequency === "daily" || (date + 3) % 7 + 1 === digestWeekday);
  return windowsOn(zone, dates, digestHour).find((window) => window > after)!;
}

Deno.test("whoever moves from zone to zone gets one digest for each day or week that begins where they are", () => {
  const changes = different.flatMap(changesOf).map(({ at }) => at);
  const starts = fc.constantFrom(...changes).chain((at) =>
    fc.integer({ min: at - 5 * day, max: at + day })
  );
  const property = fc.property(
    fc.constantFrom("daily" as const, "weekly" as const),
    starts,
    stays,
    (frequency, start, lives) => {
      let [now, last] = [start, null as number | null];
      for (const { days, minutes, ...times } of lives) {
        const leaves = now + days * day + minutes * 60_000;
        for (let after = now; after < leaves;) {
          const window = nextDigestAt(times, frequency, { after, last });
          equal(window, expectedNext(times, frequency, { after, last }), JSON.stringify(times));
          if (window > leaves) break;
          after = last = window;
        }
        now = leaves;
      }
    },
  );
  fc.assert(property, { numRuns: 500 });
});
