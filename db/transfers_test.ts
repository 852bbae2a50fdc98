import { deepEqual, equal } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { searchAudit } from "./audit_entries.ts";
import type { Database } from "./client.ts";
import { loadNotifications } from "./panel.ts";
import { importNotifications } from "./transfers.ts";
import { undoChange } from "./undo.ts";

const type = "source-request.delivered";
const brought = (["hourly", "daily"] as const).map((frequency) => ({
  ...{ type, conditions: [], frequency, muted: frequency === "daily" },
}));
const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];

async function held(db: Database, person: string) {
  const { notifications } = await loadNotifications(db, person);
  return notifications.map(({ frequency, mutedAt }) => [frequency, mutedAt]);
}

onEachDatabase("what is brought speaks from now on, and may come muted", async (db) => {
  const { happen, owner, sweepAt } = await setStage(db);
  await happen("SR-1");
  const wish = { attempt: first, now: monday };
  await importNotifications(db, await owner("ada"), brought, wish);
  deepEqual(await held(db, "ada"), [["hourly", null], ["daily", monday]]);
  await happen("SR-2");
  deepEqual(await sweepAt(monday + hour), [
    { to: "ada", frequency: "hourly", subjects: ["SR-2"] },
  ]);
});

onEachDatabase("bringing twice is bringing once, and is undone as one change", async (db) => {
  const ada = await (await setStage(db)).owner("ada");
  const bring = (attempt: string) =>
    importNotifications(db, ada, brought, { attempt, now: monday });
  const [change, again] = await Promise.all([bring(first), bring(first)]);
  equal(change, again);
  equal(await bring(second), undefined);
  equal((await held(db, "ada")).length, 2);
  for (const at of [1, 2]) await undoChange(db, ada, change!, monday + at);
  deepEqual(await held(db, "ada"), []);
  equal(await bring(first), change);
  deepEqual(await held(db, "ada"), []);
  const entries = await searchAudit(db, "lumen", { query: "ada", limit: 10 });
  deepEqual(entries.map(({ deed }) => deed), ["undone", "undone", "imported", "imported"]);
});

onEachDatabase("what is there is not doubled, the rest comes, each once", async (db) => {
  const { ask, owner } = await setStage(db);
  await ask("ada", "hourly");
  const list = [...brought, ...brought];
  const wish = { attempt: first, now: monday };
  await importNotifications(db, await owner("ada"), list, wish);
  equal((await held(db, "ada")).length, 2);
  // An attempt is its person's own.
  await importNotifications(db, await owner("ben"), list, wish);
  equal((await held(db, "ben")).length, 2);
});
