import { deepEqual } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";
import { type SeededNotification, seedMutes, seedNotifications } from "./seeding.ts";

const type = "source-request.delivered";
const seeded: SeededNotification[] = [
  { userId: "ada", type, conditions: [], frequency: "daily" },
  { userId: "ada", type, conditions: [], frequency: "immediately", muted: true },
  { userId: "ben", type, conditions: [], frequency: "daily" },
];

onEachDatabase("a seeded mute silences one Default notification of one person", async (db) => {
  await setStage(db);
  for (const user of ["ada", "ben"]) {
    await setRoles(db, user, ["content-partner-operations"], monday);
  }
  await seedMutes(db, [{ userId: "ada", type }], monday);
  const mutedOf = async (user: string) =>
    (await loadNotifications(db, user)).notifications.filter(({ mutedAt }) => mutedAt !== null)
      .map((notification) => notification.type);
  deepEqual(await mutedOf("ada"), [type]);
  deepEqual(await mutedOf("ben"), []);
});

onEachDatabase(
  "seeded notifications are like those that people create, and come once",
  async (db) => {
    const { happen, owner } = await setStage(db);
    await happen("SR-1");
    const owners = [await owner("ada"), await owner("ben")];
    await seedNotifications(db, owners, seeded, monday);
    const before = await stored(db, { except: ["accounts"] });
    await seedNotifications(db, owners, seeded, monday + 1);
    deepEqual(await stored(db, { except: ["accounts"] }), before);

    const { notifications, nextDigests } = await loadNotifications(db, "ada");
    const common = {
      kind: "custom",
      type,
      conditions: [],
      bookmark: 1,
      mutedUntil: null,
      version: 1,
    };
    deepEqual(notifications, [
      { id: 1, ...common, frequency: "daily", mutedAt: null },
      { id: 2, ...common, frequency: "immediately", mutedAt: monday },
    ]);
    deepEqual([...nextDigests], [["daily", monday + 8 * hour]]);
  },
);
