import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { recentDays } from "../domain/activity.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, event, hour, monday, setStage } from "../e2e/stage.ts";
import type { Database } from "./client.ts";
import { appendEvents } from "./events.ts";
import type { RecentEvents } from "./kept_events.ts";
import { rememberEvents } from "./recent_events.ts";
import { cleanUp } from "./retention.ts";

const lumen = { id: "lumen", profile: "content" };
const meridian = { id: "meridian-post", profile: "fulfillment" };
const studio = { id: "studio", profile: "studio" };
const delivered = "source-request.delivered";
const small = { page: 3, most: 100 };

/** All that is remembered, in the order of the log. */
function subjects({ byType }: RecentEvents): (string | null)[] {
  return [...byType.values()].flat().sort((a, b) => a.seq - b.seq).map(({ subject }) => subject);
}

/** Appends events for both partners, received at an instant; SR-1, SR-2 ... in all. */
function upstream(db: Database) {
  let posted = 0;
  return async (count: number, now: number, data: Record<string, unknown> = {}) => {
    const events = Array.from({ length: count }, () => {
      const id = `${posted += 1}`;
      return event({ id, subject: `SR-${id}`, type: delivered, data });
    });
    await appendEvents(db, events, now);
  };
}

function named(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `SR-${first + index}`);
}

onEachDatabase(
  "an account's recent events are read once, and then only what is new",
  async (db) => {
    const { happen } = await setStage(db);
    await happen("SR-1");
    await happen("SR-2", "source-request.accepted");
    await happen("SR-3", delivered, { accounts: ["meridian-post"] });
    await happen("SR-4");
    const memory = rememberEvents(db, small);
    const shown = async (account: typeof lumen) => subjects(await memory.load(account, monday));
    deepEqual(await shown(lumen), ["SR-1", "SR-2", "SR-4"]);
    deepEqual(await shown(meridian), ["SR-1", "SR-2", "SR-3", "SR-4"]);
    deepEqual(await shown(studio), ["SR-1", "SR-2", "SR-3", "SR-4"]);
    const { byType } = await memory.load(lumen, monday);
    deepEqual(byType.get(delivered)?.map(({ subject }) => subject), ["SR-1", "SR-4"]);

    // Another instance appends: this one only ever sees the database.
    await happen("SR-5");
    const trips = countRoundTrips(db);
    deepEqual(await shown(lumen), ["SR-1", "SR-2", "SR-4", "SR-5"]);
    deepEqual(await shown(lumen), ["SR-1", "SR-2", "SR-4", "SR-5"]);
    equal(trips.count, 2);
  },
);

onEachDatabase("a long log is read in pages, by everybody who asks at once", async (db) => {
  await setStage(db);
  const post = upstream(db);
  await post(20, monday);
  const memory = rememberEvents(db, small);
  const [first, second] = await Promise.all([
    memory.load(lumen, monday),
    memory.load(lumen, monday),
  ]);
  deepEqual(subjects(first), named(1, 20));
  deepEqual(subjects(second), named(1, 20));
  await post(7, monday);
  deepEqual(subjects(await memory.load(lumen, monday)), named(1, 27));
});

onEachDatabase(
  "what happened long ago but arrives now is recent: it is new to the log",
  async (db) => {
    await setStage(db);
    const post = upstream(db);
    const later = monday + 200 * day;
    await post(1, later);
    deepEqual(subjects(await rememberEvents(db).load(lumen, later)), ["SR-1"]);
  },
);

onEachDatabase(
  "as time passes the oldest are dropped, as a fresh memory would not read them",
  async (db) => {
    await setStage(db);
    const post = upstream(db);
    await post(2, monday);
    await post(2, monday + 10 * day);
    const memory = rememberEvents(db, small);
    for (const now of [0, recentDays, recentDays + 1, recentDays + 10, recentDays + 11, 300]) {
      const at = monday + now * day + hour;
      const [kept, fresh] = [
        await memory.load(lumen, at),
        await rememberEvents(db).load(lumen, at),
      ];
      deepEqual(subjects(kept), subjects(fresh));
      equal(subjects(kept).length, now <= recentDays ? 4 : now <= recentDays + 10 ? 2 : 0);
      equal(kept.since, null);
    }
    await post(1, monday + 300 * day);
    deepEqual(subjects(await memory.load(lumen, monday + 300 * day)), ["SR-5"]);
  },
);

onEachDatabase("what retention removed is not remembered either", async (db) => {
  await setStage(db);
  const post = upstream(db);
  await post(2, monday);
  await post(2, monday + 10 * day);
  const memory = rememberEvents(db, small);
  await memory.load(lumen, monday + 10 * day);
  await cleanUp(db, { now: monday + 10 * day, before: monday + day });
  const kept = await memory.load(lumen, monday + 10 * day);
  deepEqual(subjects(kept), ["SR-3", "SR-4"]);
  equal(kept.since, null);
});

onEachDatabase(
  "of an account with too many events the newest are kept, and it says since when",
  async (db) => {
    await setStage(db);
    const post = upstream(db);
    await post(15, monday);
    for (const account of [lumen, studio]) {
      const memory = rememberEvents(db, { page: 3, most: 10 });
      const kept = await memory.load(account, monday);
      deepEqual(subjects(kept), named(6, 15));
      equal(kept.since, monday);
    }
    const memory = rememberEvents(db, { page: 3, most: 10 });
    await memory.load(lumen, monday);
    await post(4, monday);
    const kept = await memory.load(lumen, monday);
    const newest = subjects(kept);
    ok(newest.length >= 9 && newest.length <= 10);
    deepEqual(newest, named(20 - newest.length, 19));
  },
);

onEachDatabase(
  "many accounts share the memory: who was not there for long is read again",
  async (db) => {
    await setStage(db);
    const post = upstream(db);
    await post(6, monday);
    const memory = rememberEvents(db, { page: 100, most: 10 });
    await memory.load(lumen, monday);
    await memory.load(meridian, monday);
    deepEqual(subjects(await memory.load(lumen, monday)), named(1, 6));
    await post(1, monday);
    deepEqual(subjects(await memory.load(meridian, monday)), named(1, 7));
  },
);

onEachDatabase("when reading fails in the middle, the next one goes on from there", async (db) => {
  await setStage(db);
  const post = upstream(db);
  await post(20, monday);
  const memory = rememberEvents(db, small);
  const { execute } = db.$client;
  const answered = execute.bind(db.$client) as typeof execute;
  let asked = 0;
  db.$client.execute = ((...query: Parameters<typeof execute>) => {
    asked += 1;
    return asked > 3 ? Promise.reject(new Error("the network is gone")) : answered(...query);
  }) as typeof execute;
  await rejects(memory.load(lumen, monday));
  db.$client.execute = execute;
  await post(1, monday);
  const trips = countRoundTrips(db);
  deepEqual(subjects(await memory.load(lumen, monday)), named(1, 21));
  ok(trips.count < 7, "it read from the beginning");
});
