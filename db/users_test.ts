import { deepEqual, equal, rejects } from "node:assert/strict";
import { defaultNotifications } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { pauseUser } from "./digests.ts";
import { loadNotifications } from "./panel.ts";
import {
  createUsers,
  deactivateUser,
  findOwner,
  listCast,
  type NewUser,
  reactivateUser,
  toUser,
  usersOf,
} from "./users.ts";

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

onEachDatabase("an admin reaches nobody of another account", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "daily");
  for (const state of ["active", "deactivated"]) {
    const before = await stored(db);
    for (const [account, id] of [["studio", "ada"], ["lumen", "nobody"], ["nowhere", "ada"]]) {
      await rejects(deactivateUser(db, account!, id!, monday), NotFound, state);
      await rejects(reactivateUser(db, account!, id!, monday), NotFound, state);
    }
    deepEqual(await stored(db), before, state);
    await deactivateUser(db, "lumen", "ada", monday);
  }
});

onEachDatabase("deactivating ends what was queued, and returning begins anew", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const { TemporaryFailure } = await import("../domain/email.ts");
  await ask("ada", "immediately");
  await ask("ada", "daily");
  await happen("SR-1");
  await sweepAt(monday + minute, () => Promise.reject(new TemporaryFailure("not now")));
  await pauseUser(db, "ada", monday + 3 * day, monday + minute);
  await deactivateUser(db, "lumen", "ada", monday + hour);
  const once = await stored(db, { except: ["accounts"] });
  await deactivateUser(db, "lumen", "ada", monday + 2 * hour);
  deepEqual(await stored(db, { except: ["accounts"] }), once);
  deepEqual((await db.query.emails.findMany()).map(({ state }) => state), ["canceled"]);
  deepEqual((await loadNotifications(db, "ada")).nextDigests, new Map());

  await happen("SR-2");
  await reactivateUser(db, "lumen", "ada", monday + day);
  const { notifications, nextDigests } = await loadNotifications(db, "ada");
  deepEqual(notifications.map(({ bookmark }) => bookmark), [2, 2]);
  deepEqual([...nextDigests], [["daily", monday + day + 8 * hour]]);
  equal((await findOwner(db, "ada")).pausedUntil, null);

  await happen("SR-3");
  const back = await stored(db, { except: ["accounts"] });
  await reactivateUser(db, "lumen", "ada", monday + 2 * day);
  deepEqual(await stored(db, { except: ["accounts"] }), back);
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
