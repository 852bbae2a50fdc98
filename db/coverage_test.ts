import { deepEqual } from "node:assert/strict";
import { heardElsewhere } from "../domain/coverage.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, monday, setStage } from "../e2e/stage.ts";
import type { Database } from "./client.ts";
import { loadHearings, loadMembers } from "./coverage.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { pauseUser } from "./digests.ts";
import { markFailed } from "./emails.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "./notification_actions.ts";
import { setRoles } from "./roles.ts";

const type = "source-request.redelivery-requested";

const heardBeside = async (db: Database, userId: string, now = monday) =>
  [...heardElsewhere(await loadHearings(db, userId), { profile: "content", now })].sort();

onEachDatabase("a colleague hears while mail flows to an open notification", async (db) => {
  const { ask } = await setStage(db);
  await ask("ben", "daily");
  const heard = (now = monday) => heardBeside(db, "ada", now);
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
  const heard = () => heardBeside(db, "ada");
  deepEqual(await heard(), ["source-request.at-risk", "source-request.critical", type]);
  await setRoles(db, "ben", ["master-content-partner-operations"], monday);
  deepEqual(await heard(), []);
});

onEachDatabase("neither oneself nor another account counts", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "daily", { type });
  await ask("sam", "daily", { type });
  deepEqual(await heardBeside(db, "ada"), []);
  deepEqual(await heardBeside(db, "nobody"), []);
});

onEachDatabase("whose address failed does not hear", async (db) => {
  const { ask } = await setStage(db);
  await ask("ben", "daily", { type });
  deepEqual(await heardBeside(db, "ada"), [type]);
  const refused = { id: "no-such-email", userId: "ben", leasedUntil: monday };
  await markFailed(db, refused, { problem: "no such mailbox", addressFailedAt: monday });
  deepEqual(await heardBeside(db, "ada"), []);
});

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
