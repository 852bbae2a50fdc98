import { deepEqual, equal } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, hour, monday, setStage } from "../e2e/stage.ts";
import { pauseUser } from "./digests.ts";
import { loadStanding } from "./noise.ts";

const held = () => Promise.reject(new Error("the provider is away"));

onEachDatabase(
  "what somebody has accounted for is read in one round trip: bookmarks, what was told, what is queued",
  async (db) => {
    const { ask, happen, sweepAt } = await setStage(db);
    const [fast, slow] = [await ask("ada", "immediately"), await ask("ada", "daily")];
    await happen("SR-1");
    await sweepAt(monday + hour);
    const trips = countRoundTrips(db);
    const standing = await loadStanding(db, "ada");
    equal(trips.count, 1);
    deepEqual(standing.notifications.map(({ id, bookmark }) => [id, bookmark]), [
      [fast, 1],
      [slow, 0],
    ]);
    deepEqual(standing.told, new Set([1]));
    deepEqual(standing.queued, []);
    deepEqual((await loadStanding(db, "ben")).notifications, []);
  },
);

onEachDatabase("an email that is still to be sent names what it is told for", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const both = [await ask("ada", "immediately"), await ask("ada", "daily")];
  await happen("SR-1");
  await sweepAt(monday + hour, held).catch(() => {});
  deepEqual((await loadStanding(db, "ada")).queued, [both]);
});

onEachDatabase("of somebody who is behind, the bookmarks are their own", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "immediately");
  await ask("ben", "immediately");
  await pauseUser(db, "ada", monday + day, monday);
  await happen("SR-1");
  await sweepAt(monday + hour);
  equal((await loadStanding(db, "ada")).notifications[0]!.bookmark, 0);
  equal((await loadStanding(db, "ben")).notifications[0]!.bookmark, 1);
});
