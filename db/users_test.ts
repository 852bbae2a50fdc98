import { deepEqual, equal, rejects } from "node:assert/strict";
import { defaultNotifications } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { listCast } from "./cast.ts";
import { deactivateUser } from "./deactivation.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";
import { createUsers, type NewUser, toUser, usersOf } from "./users.ts";

// Opal works for operations and hears by default, Mia is her master and hears nothing unasked.
const newcomers: NewUser[] = [
  {
    ...{ id: "opal", accountId: "lumen", name: "Opal Reyes", email: "Opal@Lumen.example" },
    roles: ["content-partner-operations"],
    ...{ zone: "Europe/Madrid", digestHour: 7, digestWeekday: 5 },
  },
  {
    ...{ id: "mia", accountId: "lumen", name: "Mia Lindqvist", email: "mia@lumen.example" },
    roles: ["master-content-partner-operations"],
    zone: "Nowhere/At-All",
  },
];

onEachDatabase("people join with the defaults of their roles and a digest for each", async (db) => {
  const { happen } = await setStage(db);
  await happen("SR-1");
  await createUsers(db, newcomers, monday);
  const { notifications, nextDigests } = await loadNotifications(db, "opal");
  const expected = defaultNotifications(["content-partner-operations"]);
  deepEqual(notifications.map(({ type }) => type), [...expected.keys()].sort());
  for (const { type, kind, frequency, bookmark, conditions } of notifications) {
    deepEqual([kind, frequency, bookmark, conditions], ["default", expected.get(type), 1, []]);
  }
  deepEqual(
    [...nextDigests].sort(),
    [["daily", monday + 6 * hour], ["hourly", monday + hour]],
  );
  deepEqual(await loadNotifications(db, "mia"), { notifications: [], nextDigests: new Map() });
  deepEqual(await findOwner(db, "mia"), {
    id: "mia",
    roles: ["master-content-partner-operations"],
    ...{ zone: "UTC", digestHour: 8, digestWeekday: 1, pausedUntil: null },
  });
  await rejects(findOwner(db, "nobody"), NotFound);
});

onEachDatabase("one mailbox is one person, and a refused list adds nobody", async (db) => {
  await setStage(db);
  const before = await stored(db);
  const twin = { ...newcomers[0]!, id: "adele", email: "ADA@lumen.example" };
  await rejects(createUsers(db, [newcomers[1]!, twin], monday));
  deepEqual(await stored(db), before);
});

onEachDatabase(
  "an account lists its own people, and the demo those who can sign in",
  async (db) => {
    await setStage(db);
    await deactivateUser(db, "lumen", "ada", monday);
    const people = (await usersOf(db, "lumen")).map(toUser);
    deepEqual(people.map(({ id, deactivatedAt }) => [id, deactivatedAt]), [
      ["ada", monday],
      ["ben", null],
    ]);
    deepEqual(people[1]!.roles, ["master-content-partner-operations"]);
    deepEqual((await listCast(db, 10)).map(({ id, account }) => [id, account.profile]), [
      ["ben", "content"],
      ["sam", "studio"],
    ]);
    equal((await listCast(db, 1)).length, 1);
  },
);
