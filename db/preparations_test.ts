import { deepEqual, equal } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, monday, setStage } from "../e2e/stage.ts";
import { byPage } from "./audit.ts";
import { searchAudit } from "./audit_entries.ts";
import type { Database } from "./client.ts";
import { inviteUsers } from "./invitations.ts";
import { loadNotifications } from "./panel.ts";
import { loadPerson } from "./person.ts";
import {
  dropPreparation,
  listCandidates,
  loadPreparations,
  prepareNotifications,
} from "./preparations.ts";
import { setRoles } from "./roles.ts";
import { createUsers } from "./users.ts";

const master: Role = "master-content-partner-operations";
const operations: Role = "content-partner-operations";
const wish = { account: { id: "lumen" }, by: byPage("ben"), now: monday };

/** Ada's two notifications, the first of which is prepared for the role that shows no Default one. */
async function prepare(db: Database) {
  const stage = await setStage(db);
  const ids = [await stage.ask("ada", "hourly"), await stage.ask("ada", "weekly")];
  equal(await prepareNotifications(db, master, [ids[0]!], wish), 1);
  return { ...stage, ids };
}

function newUser(id: string, roles: Role[], accountId = "lumen") {
  return { id, accountId, name: id, email: `${id}@${accountId}.example`, roles };
}

/** What somebody has, as the frequencies of Custom notifications. */
async function held(db: Database, id: string): Promise<string[]> {
  const { notifications } = await loadNotifications(db, id);
  return notifications.filter(({ kind }) => kind === "custom").map(({ frequency }) => frequency);
}

onEachDatabase(
  "whoever joins with a role gets what is prepared for it, from now on",
  async (db) => {
    const { happen, sweepAt } = await prepare(db);
    await happen("SR-1");
    await createUsers(db, [newUser("cy", [master]), newUser("di", [operations])], monday);
    await createUsers(db, [newUser("eli", [master], "studio")], monday);
    deepEqual([await held(db, "cy"), await held(db, "di"), await held(db, "eli")], [
      ["hourly"],
      [],
      [],
    ]);
    deepEqual(await held(db, "ben"), []);
    await happen("SR-2");
    const told = await sweepAt(monday + day);
    deepEqual(told.find(({ to }) => to === "cy"), {
      ...{ to: "cy", frequency: "hourly", subjects: ["SR-2"] },
    });
  },
);

onEachDatabase("whoever is invited gets it too, with who did it in the log", async (db) => {
  await prepare(db);
  const email = { id: "1", to: "cy@lumen.example", subject: "", headers: {}, text: "", html: "" };
  const invitation = { user: newUser("cy", [master]), email };
  for (const now of [monday, monday + 1]) {
    await inviteUsers(db, "lumen", [invitation], { by: byPage("ben"), now });
  }
  deepEqual(await held(db, "cy"), ["hourly"]);
  const entries = await searchAudit(db, "lumen", { query: "given", limit: 10 });
  deepEqual(entries.map(({ actor, subject, person }) => [actor, subject, person]), [
    ["Ben Okoye", "notification", "cy"],
  ]);
});

onEachDatabase(
  "a role gives what is prepared for it the first time, and never again",
  async (db) => {
    const { ids } = await prepare(db);
    await createUsers(db, [newUser("cy", [operations])], monday);
    await setRoles(db, "cy", [operations, master], monday);
    deepEqual(await held(db, "cy"), ["hourly"]);
    await db.run(sql`UPDATE notifications SET deleted_at = 1 WHERE user_id = 'cy'`);
    await prepareNotifications(db, master, [ids[1]!], wish);
    await setRoles(db, "cy", [operations], monday);
    await setRoles(db, "cy", [master], monday);
    deepEqual(await held(db, "cy"), []);
    // Ada and Ben hold it since before anything was prepared.
    await setRoles(db, "ben", [operations, master], monday);
    deepEqual(await held(db, "ben"), []);
  },
);

onEachDatabase("nobody who has the same gets it twice, also by two roles at once", async (db) => {
  const { ids, ask } = await prepare(db);
  await prepareNotifications(db, operations, ids, wish);
  await createUsers(db, [newUser("cy", [operations, master]), newUser("di", [])], monday);
  deepEqual(await held(db, "cy"), ["hourly", "weekly"]);
  await ask("di", "weekly");
  await setRoles(db, "di", [operations], monday);
  deepEqual((await held(db, "di")).sort(), ["hourly", "weekly"]);
});

onEachDatabase("it arrives muted where its new owner unsubscribed from such mail", async (db) => {
  await prepare(db);
  await createUsers(db, [newUser("cy", [])], monday);
  await db.run(sql`UPDATE users SET opt_outs = '["hourly"]' WHERE id = 'cy'`);
  await setRoles(db, "cy", [master], monday + 5);
  const { notifications: [given] } = await loadNotifications(db, "cy");
  equal(given!.mutedAt, monday + 5);
});

onEachDatabase("what a role does not show is neither prepared nor given", async (db) => {
  const { ask } = await prepare(db);
  const hidden = await ask("ada", "daily", { type: "qc.report-available" });
  await db.run(sql`UPDATE notifications SET type = 'qc.task-assigned' WHERE id = ${hidden}`);
  equal(await prepareNotifications(db, master, [hidden], wish), 0);
  equal((await listCandidates(db, "lumen", master)).some(({ id }) => id === hidden), false);
  await db.run(sql`UPDATE prepared SET type = 'qc.task-assigned'`);
  await createUsers(db, [newUser("cy", [master])], monday);
  deepEqual(await held(db, "cy"), []);
});

onEachDatabase("admins prepare what their people have, once, and take it back", async (db) => {
  const { ids, ask } = await prepare(db);
  const sams = await ask("sam", "daily");
  equal(await prepareNotifications(db, master, [...ids, sams], wish), 1);
  equal(await prepareNotifications(db, master, ids, wish), 0);
  deepEqual(await listCandidates(db, "lumen", master), []);
  deepEqual((await listCandidates(db, "lumen", operations)).map(({ id, owner }) => [id, owner]), [
    [ids[0], "Ada Byrne"],
    [ids[1], "Ada Byrne"],
  ]);
  const [first, second] = (await loadPreparations(db, "lumen")).get(master)!;
  deepEqual([first!.frequency, second!.frequency], ["hourly", "weekly"]);
  await dropPreparation(db, first!.id, { ...wish, account: { id: "studio" } });
  equal((await loadPreparations(db, "lumen")).get(master)!.length, 2);
  for (const now of [1, 2]) await dropPreparation(db, first!.id, { ...wish, now });
  deepEqual((await loadPreparations(db, "lumen")).get(master)!.map(({ id }) => id), [second!.id]);
  const entries = await searchAudit(db, "lumen", { query: "prepared", limit: 10 });
  deepEqual(entries.map(({ actor, deed, subjectId }) => [actor, deed, subjectId]), [
    ["Ben Okoye", "no longer prepared", master],
    ["Ben Okoye", "prepared", master],
    ["Ben Okoye", "prepared", master],
  ]);
});

onEachDatabase(
  "of a person it is known what is prepared for roles that they never held",
  async (db) => {
    const { ids } = await prepare(db);
    await prepareNotifications(db, operations, ids, wish);
    const known = async () =>
      (await loadPerson(db, "lumen", "ben", 0)).preparations.map(({ role }) => role);
    deepEqual(await known(), [operations, operations]);
    await setRoles(db, "ben", [operations], monday);
    deepEqual(await known(), []);
  },
);
