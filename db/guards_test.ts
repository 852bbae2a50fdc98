import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import { Conflict, Forbidden } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { byPage } from "./audit.ts";
import type { Database } from "./client.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { changeHolders } from "./holders.ts";
import { changeRoles } from "./roles.ts";
import { createUsers } from "./users.ts";

const lumen = { id: "lumen", profile: "content" } as const;
const admin: Role[] = ["account-admin"];

/** Ada, Ben and whoever else is named, all of them admins of one account. */
async function setAdmins(db: Database, ...others: string[]): Promise<void> {
  await setStage(db);
  await db.run(
    sql`UPDATE users SET roles = ${JSON.stringify(admin)} WHERE account_id = 'lumen'`,
  );
  await createUsers(
    db,
    others.map((id) => ({
      ...{ id, name: id, email: `${id}@lumen.example`, accountId: "lumen", roles: admin },
    })),
    monday,
  );
}

/** What is left of the account's admins. */
async function activeAdmins(db: Database): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT id FROM users WHERE account_id = 'lumen' AND deactivated_at IS NULL
      AND EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'account-admin') ORDER BY id`);
  return rows.map(({ id }) => id);
}

/** Who succeeded when everything is done at one instant, each over a connection of its own; the others were refused. */
async function atOnce(
  connect: () => Promise<Database>,
  deeds: ((db: Database) => Promise<void>)[],
): Promise<number> {
  const databases = await Promise.all(deeds.map(connect));
  const results = await Promise.allSettled(deeds.map((deed, index) => deed(databases[index]!)));
  for (const { $client } of databases) $client.close();
  for (const result of results) {
    if (result.status === "fulfilled") continue;
    const { reason } = result;
    if (!(reason instanceof Forbidden) && !(reason instanceof Conflict)) throw reason;
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

onEachDatabase(
  "of two admins who deactivate each other at one instant, one remains",
  async (db, connect) => {
    await setAdmins(db);
    for (let round = 0; round < 5; round += 1) {
      const done = await atOnce(connect, [
        (from) => deactivateUser(from, "lumen", "ben", monday, byPage("ada")),
        (from) => deactivateUser(from, "lumen", "ada", monday, byPage("ben")),
      ]);
      equal(done, 1);
      equal((await activeAdmins(db)).length, 1);
      for (const id of ["ada", "ben"]) await reactivateUser(db, "lumen", id, monday);
    }
  },
);

onEachDatabase(
  "who was deactivated a moment ago deactivates nobody, even where a third admin remains",
  async (db, connect) => {
    await setAdmins(db, "cleo");
    const done = await atOnce(connect, [
      (from) => deactivateUser(from, "lumen", "ben", monday, byPage("ada")),
      (from) => deactivateUser(from, "lumen", "ada", monday, byPage("ben")),
    ]);
    equal(done, 1);
    equal((await activeAdmins(db)).length, 2);
  },
);

onEachDatabase(
  "of three admins who all stop being one at one instant, one remains",
  async (db, connect) => {
    await setAdmins(db, "cleo");
    const people = ["ada", "ben", "cleo"];
    const stepDown = (id: string) => (from: Database) =>
      changeRoles(from, lumen, id, { roles: [], held: admin, by: byPage(id), now: monday });
    equal(await atOnce(connect, people.map(stepDown)), 2);
    equal((await activeAdmins(db)).length, 1);
  },
);

onEachDatabase("the last admin is neither deactivated nor made anything else", async (db) => {
  await setAdmins(db);
  const by = byPage("ada");
  await deactivateUser(db, "lumen", "ben", monday, by);
  const last = /This is the last admin of the account/;
  await rejects(deactivateUser(db, "lumen", "ada", monday, by), last);
  const none = { roles: [], held: admin, by, now: monday };
  await rejects(changeRoles(db, lumen, "ada", none), last);
  const nobody = { named: [], holders: () => new Set<string>(), by, now: monday };
  await rejects(changeHolders(db, lumen, "account-admin", nobody), last);
  // Nobody manages people by a role that rests, so it may go.
  await changeRoles(db, lumen, "ben", none);
  deepEqual(await activeAdmins(db), ["ada"]);
  // Deactivating twice is once, whoever is left.
  await deactivateUser(db, "lumen", "ben", monday, by);
});

onEachDatabase("whoever manages people no longer changes nobody", async (db) => {
  await setAdmins(db);
  await changeRoles(db, lumen, "ben", { roles: [], held: admin, by: byPage("ada"), now: monday });
  const by = byPage("ben");
  const refused = /You do not manage people any more/;
  await rejects(deactivateUser(db, "lumen", "ada", monday, by), refused);
  await rejects(reactivateUser(db, "lumen", "ada", monday, by), refused);
  const wanted = { roles: [...admin, "content-partner-operations"], held: admin, by, now: monday };
  await rejects(changeRoles(db, lumen, "ada", wanted), refused);
  deepEqual(await activeAdmins(db), ["ada"]);
});
