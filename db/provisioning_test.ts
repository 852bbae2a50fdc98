import { deepEqual, equal, rejects } from "node:assert/strict";
import { Conflict } from "../domain/errors.ts";
import { newEntry } from "../domain/scim_users.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { provisionUser, reviseUser } from "./provisioning.ts";
import { findProvisioned, listProvisioned } from "./scim_users.ts";

const doing = {
  accountId: "lumen",
  by: { actor: "a key", via: "SCIM" },
  now: monday,
} as const;
const opal = newEntry({
  userName: "opal",
  externalId: "o-1",
  displayName: "Opal Reyes",
  emails: [{ value: "opal@lumen.example" }],
});

onEachDatabase(
  "of one person provisioned twice at one instant there is one",
  async (db, connect) => {
    await setStage(db);
    const others = await Promise.all([connect(), connect(), connect()]);
    const results = await Promise.allSettled(
      others.map((other) => provisionUser(other, opal, doing)),
    );
    for (const { $client } of others) $client.close();
    equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    for (const result of results) {
      equal(result.status === "fulfilled" || result.reason instanceof Conflict, true);
    }
    equal((await listProvisioned(db, "lumen", {})).total, 3);
  },
);

onEachDatabase("what is taken is said, and leaves nothing behind", async (db) => {
  await setStage(db);
  await provisionUser(db, opal, doing);
  const other = { ...opal, userName: "other", externalId: "o-2", email: "other@lumen.example" };
  for (
    const [taken, message] of [
      [{ email: "ada@lumen.example" }, /address is another user's/],
      [{ email: "sam@studio.example" }, /address is another user's/],
      [{ userName: "OPAL" }, /userName is another user's/],
      [{ externalId: "o-1" }, /externalId is another user's/],
    ] as const
  ) {
    await rejects(provisionUser(db, { ...other, ...taken }, doing), message);
    await rejects(
      reviseUser(db, "ben", (ben) => ({ ...ben, ...taken, name: "?" }), doing),
      message,
    );
  }
  equal((await listProvisioned(db, "lumen", {})).total, 3);
});

onEachDatabase(
  "two changes at one instant to different things of a person both stay",
  async (db, connect) => {
    await setStage(db);
    const id = await provisionUser(db, opal, doing);
    const [one, other] = [await connect(), await connect()];
    await Promise.all([
      reviseUser(one, id, (entry) => ({ ...entry, familyName: "Reyes Gil" }), doing),
      reviseUser(other, id, (entry) => ({ ...entry, email: "reyes@lumen.example" }), doing),
    ]);
    for (const { $client } of [one, other]) $client.close();
    const { entry } = await findProvisioned(db, "lumen", id);
    deepEqual([entry.familyName, entry.email], ["Reyes Gil", "reyes@lumen.example"]);
  },
);

onEachDatabase("who is provisioned inactive signs in only once they are activated", async (db) => {
  await setStage(db);
  const id = await provisionUser(db, { ...opal, active: false }, doing);
  equal((await findProvisioned(db, "lumen", id)).entry.active, false);
  await reviseUser(db, id, (entry) => ({ ...entry, active: true }), doing);
  equal((await findProvisioned(db, "lumen", id)).entry.active, true);
});
