import { deepEqual } from "node:assert/strict";
import { deadlineTypes } from "../domain/coverage.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, monday, setStage } from "../e2e/stage.ts";
import { heardElsewhere, loadMembers } from "./coverage.ts";
import { pauseUser } from "./digests.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "./notification_actions.ts";
import { setRoles } from "./roles.ts";
import { deactivateUser, reactivateUser } from "./users.ts";

const type = "source-request.redelivery-requested";

onEachDatabase("a colleague hears while mail flows to an open notification", async (db) => {
  const { ask } = await setStage(db);
  await ask("ben", "daily");
  const heard = async (now = monday) =>
    (await heardElsewhere(db, "ada", now)).map((row) => row.type);
  deepEqual(await heard(), []);
  const id = await ask("ben", "daily", { type });
  deepEqual(await heard(), [type]);

  await muteNotification(db, "ben", id, monday);
  deepEqual(await heard(), []);
  await unmuteNotification(db, "ben", id, monday);
  deepEqual(await heard(), [type]);

  await pauseUser(db, "ben", monday + day, monday);
  deepEqual(await heard(), []);
  deepEqual(await heard(monday + day), [type]);
  await pauseUser(db, "ben", monday, monday);

  await setRoles(db, "ben", ["account-admin"], monday);
  deepEqual(await heard(), []);
  await setRoles(db, "ben", ["master-content-partner-operations"], monday);
  deepEqual(await heard(), [type]);

  await deactivateUser(db, "lumen", "ben", monday);
  deepEqual(await heard(), []);
  await reactivateUser(db, "lumen", "ben", monday);
  deepEqual(await heard(), [type]);

  await deleteNotification(db, "ben", id, monday);
  deepEqual(await heard(), []);
});

onEachDatabase("a Default one is heard while a role brings it", async (db) => {
  await setStage(db);
  await setRoles(db, "ben", ["content-partner-operations"], monday);
  const heard = async () => (await heardElsewhere(db, "ada", monday)).map((row) => row.type);
  deepEqual(await heard(), [type, "source-request.at-risk", "source-request.critical"]);
  await setRoles(db, "ben", ["master-content-partner-operations"], monday);
  deepEqual(await heard(), []);
});

onEachDatabase(
  "neither oneself nor another account counts, and nobody of the studio is the last",
  async (db) => {
    const { ask } = await setStage(db);
    await ask("ada", "daily", { type });
    await ask("sam", "daily", { type });
    deepEqual(await heardElsewhere(db, "ada", monday), []);
    deepEqual((await heardElsewhere(db, "sam", monday)).map((row) => row.type), deadlineTypes);
    deepEqual(await heardElsewhere(db, "nobody", monday), []);
  },
);

onEachDatabase(
  "the people of an account come with what they have of the deadline types, in one round trip",
  async (db) => {
    const { ask } = await setStage(db);
    const [open, muted] = [
      await ask("ada", "daily", { type }),
      await ask("ada", "hourly", { type }),
    ];
    await muteNotification(db, "ada", muted, monday);
    await ask("ada", "daily");
    const trips = countRoundTrips(db);
    const members = await loadMembers(db, "lumen");
    deepEqual(trips.count, 1);
    deepEqual(members.map(({ name, notifications }) => [name, notifications]), [
      ["Ada Byrne", [
        { id: open, kind: "custom", type, mutedAt: null },
        { id: muted, kind: "custom", type, mutedAt: monday },
      ]],
      ["Ben Okoye", []],
    ]);
  },
);
