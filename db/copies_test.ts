import { deepEqual, equal, rejects } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import { searchAudit } from "./audit_entries.ts";
import { findChange } from "./changes.ts";
import type { Database } from "./client.ts";
import { copyNotification, loadColleagues, type Recipient } from "./copies.ts";
import { deactivateUser } from "./deactivation.ts";
import { muteNotification } from "./notification_actions.ts";
import { findNotification } from "./notifications.ts";
import { loadNotifications } from "./panel.ts";
import { undoChange } from "./undo.ts";
import { createUsers } from "./users.ts";

const ada = { id: "ada", account: { id: "lumen" } };

/** Ada's notification, her colleagues Ben and Cy, and a way to copy it. */
async function prepare(db: Database) {
  const stage = await setStage(db);
  const [email, roles] = ["cy@lumen.example", ["master-content-partner-operations" as const]];
  await createUsers(db, [{ id: "cy", accountId: "lumen", name: "Cy Tan", email, roles }], monday);
  const original = await findNotification(db, "ada", await stage.ask("ada", "hourly"));
  const to = async (...ids: string[]): Promise<Recipient[]> =>
    await Promise.all(ids.map(async (id) => ({ ...await stage.owner(id), muted: false })));
  const copy = async (attempt: string, ...ids: string[]) =>
    await copyNotification(db, ada, original, { to: await to(...ids), attempt, now: monday });
  return { ...stage, original, copy };
}

async function held(db: Database, ...ids: string[]) {
  const lists = await Promise.all(ids.map((id) => loadNotifications(db, id)));
  return lists.map(({ notifications }) => notifications.length);
}

const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];

onEachDatabase("colleagues get copies of their own, from now on, as often as asked", async (db) => {
  const { happen, sweepAt, copy } = await prepare(db);
  await happen("SR-1");
  await copy(first, "ben", "cy");
  const { notifications: [bens], nextDigests } = await loadNotifications(db, "ben");
  deepEqual([bens!.kind, bens!.frequency, bens!.mutedAt], ["custom", "hourly", null]);
  equal(nextDigests.get("hourly"), monday + hour);
  await happen("SR-2");
  const told = await sweepAt(monday + hour);
  deepEqual(told.toSorted((a, b) => a.to < b.to ? -1 : 1), [
    { to: "ada", frequency: "hourly", subjects: ["SR-1", "SR-2"] },
    { to: "ben", frequency: "hourly", subjects: ["SR-2"] },
    { to: "cy", frequency: "hourly", subjects: ["SR-2"] },
  ]);
});

onEachDatabase("copying twice is copying once, and undoing twice is undoing once", async (db) => {
  const { owner, copy } = await prepare(db);
  const both = [copy(first, "ben", "cy"), copy(first, "ben", "cy")];
  const [change, again] = await Promise.all(both);
  equal(change, again);
  deepEqual(await held(db, "ben", "cy"), [1, 1]);
  equal(await copy(second, "ben"), undefined);
  equal((await findChange(db, "ada", change!))?.touched.length, 2);
  equal(await findChange(db, "ben", change!), null);

  await rejects(undoChange(db, await owner("ben"), change!, monday));
  for (const at of [1, 2]) await undoChange(db, await owner("ada"), change!, monday + at);
  deepEqual(await held(db, "ada", "ben", "cy"), [1, 0, 0]);
  equal(await copy(first, "ben"), change);
  deepEqual(await held(db, "ben"), [0]);
  await copy(second, "ben");
  deepEqual(await held(db, "ben"), [1]);
  equal((await searchAudit(db, "lumen", { query: "copied", limit: 10 })).length, 3);
});

onEachDatabase("a copy that its owner has changed is not taken away any more", async (db) => {
  const { owner, copy } = await prepare(db);
  const copied = await copy(first, "ben", "cy");
  const { notifications: [bens] } = await loadNotifications(db, "ben");
  const change = await muteNotification(db, "ben", bens!.id, monday + minute);
  await rejects(undoChange(db, await owner("ada"), copied!, monday + minute), /by a colleague/);
  deepEqual(await held(db, "ben", "cy"), [1, 1]);
  await undoChange(db, await owner("ben"), change!, monday + minute);
  await undoChange(db, await owner("ada"), copied!, monday + minute);
  deepEqual(await held(db, "ben", "cy"), [0, 0]);
});

onEachDatabase("nobody of another account gets one, nor who left", async (db) => {
  const { copy } = await prepare(db);
  await deactivateUser(db, "lumen", "cy", monday);
  equal(await copy(first, "sam", "cy"), undefined);
  deepEqual(await held(db, "sam", "cy"), [0, 0]);
  const colleagues = await loadColleagues(db, ada, "source-request.delivered");
  deepEqual(colleagues.map(({ id }) => id), ["ben"]);
});

onEachDatabase("the log tells whose notification came from whom, and went again", async (db) => {
  const { owner, copy } = await prepare(db);
  const change = await copy(first, "ben");
  await undoChange(db, await owner("ada"), change!, monday + 1);
  const entries = await searchAudit(db, "lumen", { query: "okoye", limit: 10 });
  deepEqual(
    entries.map(({ actor, deed, person, before, after }) => [
      ...[actor, deed, person],
      ...[before, after].map((state) => state && "type" in state && state.frequency),
    ]),
    [
      ["Ada Byrne", "undone", "Ben Okoye", "hourly", null],
      ["Ada Byrne", "copied", "Ben Okoye", null, "hourly"],
    ],
  );
});
