import { deepEqual, equal, rejects } from "node:assert/strict";
import { defaultNotifications, type Role } from "../domain/catalogue.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import type { Database } from "./client.ts";
import { changeHolders } from "./holders.ts";
import { muteNotification } from "./notification_actions.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";
import { toUser, usersOf } from "./users.ts";

const operations: Role[] = ["content-partner-operations"];
const master: Role[] = ["master-content-partner-operations"];
const type = "source-request.delivered";

async function defaultsOf(db: Database, user: string) {
  const { notifications } = await loadNotifications(db, user);
  return notifications.filter(({ kind }) => kind === "default");
}

onEachDatabase("a role brings its default notifications, from then on", async (db) => {
  const { happen } = await setStage(db);
  await happen("SR-1");
  await setRoles(db, "ada", operations, monday);
  const defaults = await defaultsOf(db, "ada");
  deepEqual(
    new Map(defaults.map(({ type, frequency }) => [type, frequency])),
    new Map([...defaultNotifications(operations)].sort()),
  );
  deepEqual([...new Set(defaults.map(({ bookmark }) => bookmark))], [1]);
  deepEqual((await findOwner(db, "ada")).roles, operations);
  const { nextDigests } = await loadNotifications(db, "ada");
  deepEqual([...nextDigests.keys()].sort(), ["daily", "hourly"]);

  const before = await stored(db, { except: ["accounts"] });
  await setRoles(db, "ada", operations, monday + 1);
  deepEqual(await stored(db, { except: ["accounts"] }), before);
});

onEachDatabase("a mute survives losing its role and regaining it", async (db) => {
  const { happen, ask } = await setStage(db);
  await setRoles(db, "ada", operations, monday);
  const custom = await ask("ada", "weekly");
  const { id } = (await defaultsOf(db, "ada")).find((n) => n.type === type)!;
  await muteNotification(db, "ada", id, monday);
  await setRoles(db, "ada", ["account-admin"], monday);
  await happen("SR-1");
  await setRoles(db, "ada", operations, monday);
  const { notifications } = await loadNotifications(db, "ada");
  const bookmarks = new Map(notifications.map((n) => [n.id, n.bookmark]));
  equal(notifications.find((n) => n.id === id)!.mutedAt, monday);
  // What happened in between was not for these eyes.
  equal(bookmarks.get(id), 1);
  equal(bookmarks.get(custom), 1);
});

onEachDatabase("a role that is kept keeps what is pending", async (db) => {
  const { happen, ask } = await setStage(db);
  await setRoles(db, "ada", operations, monday);
  const custom = await ask("ada", "weekly");
  await happen("SR-1");
  await setRoles(db, "ada", [...operations, "account-admin"], monday);
  const { notifications } = await loadNotifications(db, "ada");
  deepEqual([...new Set(notifications.map(({ bookmark }) => bookmark))], [0]);
  // The master role sees the same, so a Custom notification stays as it is while the Default ones rest.
  await setRoles(db, "ada", master, monday);
  equal(
    (await loadNotifications(db, "ada")).notifications.find(({ id }) => id === custom)!.bookmark,
    0,
  );
});

onEachDatabase("where two admins change the roles at once, one hears of it", async (db) => {
  await setStage(db);
  const wanted: Role[][] = [operations, ["account-admin"], ["account-admin", ...operations]];
  const admins = writingAtOnce(db, wanted.length);
  const results = await Promise.allSettled(
    wanted.map((roles) => setRoles(admins, "ada", roles, monday)),
  );
  const winner = results.findIndex(({ status }) => status === "fulfilled");
  deepEqual((await findOwner(db, "ada")).roles, wanted[winner]);
  for (const [index, result] of results.entries()) {
    if (index === winner) continue;
    equal(result.status === "rejected" && result.reason instanceof Conflict, true);
  }
  await rejects(setRoles(db, "nobody", operations, monday), NotFound);
});

/** A database to which nobody writes before so many have read what they will change. */
function writingAtOnce(db: Database, writers: number): Database {
  const everybody = Promise.withResolvers<void>();
  let waiting = 0;
  const batch: Database["batch"] = async (statements) => {
    waiting += 1;
    if (waiting === writers) everybody.resolve();
    await everybody.promise;
    return await db.batch(statements);
  };
  return Object.assign(Object.create(db), { batch });
}

const lumen = { id: "lumen", profile: "content" } as const;
const doing = { by: { actor: "a key", via: "SCIM" }, now: monday } as const;

async function holdersOf(db: Database, role: Role): Promise<string[]> {
  const people = (await usersOf(db, "lumen")).map(toUser);
  return people.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
}

onEachDatabase("a role is given to some and taken from others, all or none", async (db) => {
  await setStage(db);
  const give = (...ids: string[]) =>
    changeHolders(db, lumen, "content-partner-operations", {
      ...doing,
      named: ids,
      holders: () => new Set(ids),
    });
  await give("ada", "ben");
  deepEqual(await holdersOf(db, "content-partner-operations"), ["ada", "ben"]);
  deepEqual((await findOwner(db, "ada")).roles, [...operations, ...master]);
  const once = await stored(db);
  await give("ada", "ben");
  deepEqual(await stored(db), once);

  for (const stranger of ["sam", "nobody"]) {
    await rejects(give("ada", stranger), NotFound);
    deepEqual(await stored(db), once, stranger);
  }
  await give("ben");
  deepEqual(await holdersOf(db, "content-partner-operations"), ["ben"]);
  deepEqual((await findOwner(db, "ada")).roles, master);
});

onEachDatabase("several who give a role to different people at once all succeed", async (db) => {
  await setStage(db);
  const both = writingAtOnce(db, 2);
  await Promise.all(["ada", "ben"].map((id) =>
    changeHolders(both, lumen, "account-admin", {
      ...doing,
      named: [id],
      holders: (held) => held.union(new Set([id])),
    })
  ));
  deepEqual(await holdersOf(db, "account-admin"), ["ada", "ben"]);
});
