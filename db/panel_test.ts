import { deepEqual, equal } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, monday, setStage } from "../e2e/stage.ts";
import { loadWithEvents } from "./panel.ts";

const lumen = { id: "ada", account: { id: "lumen", profile: "content" } };
const studio = { id: "sam", account: { id: "studio", profile: "studio" } };
const delivered = { type: "source-request.delivered" };

onEachDatabase(
  "the window gets the events of its type that the account may see, in one round trip",
  async (db) => {
    const { ask, happen, sweepAt } = await setStage(db);
    await happen("SR-1");
    await sweepAt(monday + 31 * day);
    await happen("SR-2", "source-request.accepted");
    await happen("SR-3", undefined, { accounts: ["meridian-post"] });
    await happen("SR-4");
    const id = await ask("ada", "daily");
    const since = monday - day;

    const subjects = async (user: typeof lumen, about: Parameters<typeof loadWithEvents>[2]) =>
      (await loadWithEvents(db, user, about)).events.map(({ subject }) => subject);
    deepEqual(await subjects(lumen, { ...delivered, since }), ["SR-1", "SR-4"]);
    deepEqual(await subjects(studio, { ...delivered, since }), ["SR-1", "SR-3", "SR-4"]);
    // The events of the tests all say that they happened on that Monday: received since, but not of that time.
    deepEqual(await subjects(lumen, { ...delivered, since: monday + 2 * day }), []);
    deepEqual(await subjects(lumen, { id, since }), ["SR-1", "SR-4"]);
    deepEqual(await subjects({ ...lumen, id: "ben" }, { id, since }), []);

    const trips = countRoundTrips(db);
    const { notifications } = await loadWithEvents(db, lumen, { id, since });
    equal(trips.count, 1);
    deepEqual(notifications.map((n) => n.id), [id]);
  },
);
