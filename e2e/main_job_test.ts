import { deepEqual, equal, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { differences, sizeOf, tellingsOwed } from "./comparison.ts";
import { temporaryDatabase } from "./database.ts";
import { inhabitants } from "./inhabitants.ts";
import { type Delivery, install, type Installation, settle, simulated } from "./month.ts";
import { readersOf, storedEvents, tellingsIn } from "./records.ts";
import { type Happening, holds, paces, type Reader } from "./reference.ts";
import { halfHour, isWindow } from "./wall_clock.ts";

// The main job, end to end: an upstream system posts a month of events, and everybody is told what they asked for,
// once, at their hour, with every reason.

const hour = 2 * halfHour;
const day = 24 * hour;
const start = Date.parse("2026-10-21T00:00:00Z");
const end = start + 30 * day;
const month = ["--accounts", "20", "--days", "30", "--per-day", "400", "--seed", "1"];

Deno.test("a month of events reaches everybody who asked, once, at their hour, with every reason", async (t) => {
  const { db, close } = await temporaryDatabase();
  await db.run(sql`PRAGMA synchronous = OFF`);
  await settle(db, inhabitants(20), start);
  const readers = await readersOf(db, inhabitants(20));
  const events = await simulated(...month);
  const here = await install(db, start);
  try {
    const { received, looks } = await live(here, { readers, events });
    const { deliveries } = here;
    await t.step("every event is stored as it was posted, in order, none twice", async () => {
      equal(events.length, 12_000);
      deepEqual(await storedEvents(db), events);
    });
    await t.step("everybody is told what they are owed, and nothing else", async () => {
      const owed = tellingsOwed({ readers, events, received, looks });
      const told = await tellingsIn(db, { deliveries, readers, events });
      const wrong = differences({ owed, told, readers, events });
      ok(wrong.length === 0, `${wrong.length} differences\n${wrong.slice(0, 10).join("\n")}`);
      console.log(`${deliveries.length} emails told ${sizeOf(told)} things to ${owed.size} people`);
    });
    await t.step(
      "a storm is gathered: nobody gets more than three emails at once in a minute",
      () => {
        const most = mostWithinAMinute(
          deliveries.filter(({ frequency }) => frequency === "immediately"),
        );
        ok(most <= 3, `${most} emails within a minute`);
        const gathered = deliveries.filter(({ frequency, entries }) =>
          frequency === "immediately" && entries.length > 1
        );
        ok(gathered.length > 100, `only ${gathered.length} were gathered`);
      },
    );
    await t.step("no digest comes twice", () => {
      const digests = deliveries.filter(({ frequency }) => frequency !== "immediately");
      const keys = digests.map(({ to, frequency, at }) => `${to} ${frequency} ${at}`);
      deepEqual(new Set(keys).size, keys.length);
    });
    await t.step("the month gives every question either answer", () => {
      deepEqual(oneSided(readers, events), []);
      deepEqual(paces.filter((pace) => !deliveries.some((d) => d.frequency === pace)), []);
    });
  } finally {
    await here.stop();
    await close();
  }
});

function mostWithinAMinute(deliveries: Delivery[]): number {
  const byReader = Map.groupBy(deliveries, ({ to }) => to);
  const counts = [...byReader.values()].flatMap((mine) =>
    mine.map(({ at }) => mine.filter((other) => at <= other.at && other.at < at + 60_000).length)
  );
  return Math.max(...counts);
}

/** Lets the month pass, and a week in which nothing new happens; resolves to when each event arrived, and when the product looked. */
async function live(
  here: Installation,
  { readers, events }: { readers: Reader[]; events: Happening[] },
): Promise<{ received: Map<string, number>; looks: number[] }> {
  const received = new Map<string, number>();
  const looks: number[] = [];
  const sweepAt = async (at: number) => {
    here.now = at;
    await here.sweep();
    looks.push(at);
  };
  const byHour = Map.groupBy(events, ({ time }) => Math.floor(Date.parse(time) / hour) * hour);
  for (let at = start; at < end; at += hour) {
    await sweepAt(at + halfHour);
    // Once a day the upstream system was out of order: it tells an hour's events one by one, within minutes.
    const isStorm = at % day === 10 * hour;
    for (const batch of inBatches(byHour.get(at) ?? [], isStorm ? 1 : 100)) {
      here.now = isStorm ? here.now + 7_000 : Math.max(here.now, Date.parse(batch.at(-1)!.time));
      deepEqual(await here.post(batch), { accepted: batch.length, duplicates: 0, rejected: [] });
      looks.push(here.now);
      for (const { id } of batch) received.set(id, here.now);
      if (at % day === 0) await repeat(here, batch);
    }
    await sweepAt(at + hour);
  }
  for (let at = end; at <= end + 8 * day; at += halfHour) {
    // Nothing but the digests of the last day and week is left to be told.
    if (at < end + day || readers.some((reader) => isWindow(reader, "weekly", at))) {
      await sweepAt(at);
    }
  }
  return { received, looks };
}

function inBatches<T>(list: T[], size: number): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** Upstream systems post again what they are not sure of. */
async function repeat(here: Installation, batch: Happening[]): Promise<void> {
  deepEqual(await here.post(batch), { accepted: 0, duplicates: batch.length, rejected: [] });
}

/** The questions of these readers that hold for every event of their type, or for none. */
function oneSided(readers: Reader[], events: Happening[]): string[] {
  const asked = readers.flatMap((reader) =>
    reader.asked.flatMap(({ type, conditions }) =>
      conditions.map((question) => JSON.stringify({ type, question }))
    )
  );
  return [...new Set(asked)].filter((each) => {
    const { type, question } = JSON.parse(each);
    const answers = events.filter((event) => event.type === type)
      .map((event) => holds(question, event));
    return new Set(answers).size < 2;
  });
}
