import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Condition } from "../domain/conditions.ts";
import { Conflict, Forbidden, NotFound } from "../domain/errors.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import type { Database } from "./client.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "./notification_actions.ts";
import { createNotification, findNotification, updateNotification } from "./notifications.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";

const branded: Condition = { field: "content_type", op: "any", values: ["branded"] };
const input: NotificationInput = {
  type: "source-request.delivered",
  conditions: [branded],
  frequency: "daily",
};
const change = { ...input, frequency: "weekly" as const, version: 1, now: monday };

/** What the conflict with a notification says: which one stands in the way. */
const existing = (id: number) => (error: unknown) =>
  error instanceof Conflict && error.existing === id;

async function defaultOf(db: Database, user: string, type: string) {
  const { notifications } = await loadNotifications(db, user);
  return notifications.find((n) => n.kind === "default" && n.type === type)!;
}

onEachDatabase("another person's notification is not found, and stays as it was", async (db) => {
  const { ask, owner } = await setStage(db);
  const id = await ask("ada", "daily");
  const muted = await ask("ada", "hourly");
  await muteNotification(db, "ada", muted, monday);
  const ben = await owner("ben");
  const before = await stored(db, { except: ["accounts"] });

  for (const target of [id, muted, 4711]) {
    await rejects(findNotification(db, "ben", target), NotFound);
    await rejects(updateNotification(db, ben, target, change), NotFound);
    await rejects(muteNotification(db, "ben", target, monday), NotFound);
    await rejects(unmuteNotification(db, "ben", target, monday), NotFound);
    await rejects(deleteNotification(db, "ben", target, monday), NotFound);
  }
  deepEqual(await stored(db, { except: ["accounts"] }), before);
  deepEqual((await loadNotifications(db, "ben")).notifications, []);
});

onEachDatabase("a notification is kept as it was asked for, with its digest", async (db) => {
  const { happen, owner } = await setStage(db);
  await happen("SR-1");
  const { id } = await createNotification(db, await owner("ada"), input, monday);
  const expected = {
    id,
    kind: "custom",
    ...input,
    bookmark: 1,
    mutedAt: null,
    mutedUntil: null,
    version: 1,
  };
  deepEqual(await findNotification(db, "ada", id), expected);
  deepEqual(await loadNotifications(db, "ada"), {
    notifications: [expected],
    nextDigests: new Map([["daily", monday + 8 * hour]]),
  });

  await updateNotification(db, await owner("ada"), id, change);
  const changed = { ...expected, frequency: "weekly", version: 2 };
  deepEqual(await findNotification(db, "ada", id), changed);
  deepEqual([...(await loadNotifications(db, "ada")).nextDigests.keys()], ["daily", "weekly"]);
});

onEachDatabase("a second notification that asks the same is refused and led to", async (db) => {
  const { owner } = await setStage(db);
  const ada = await owner("ada");
  const { id } = await createNotification(db, ada, input, monday);
  const other = (await createNotification(db, ada, { ...input, conditions: [] }, monday)).id;
  const before = (await stored(db)).notifications;
  await rejects(createNotification(db, ada, input, monday), existing(id));
  await rejects(
    updateNotification(db, ada, other, { ...input, version: 1, now: monday }),
    existing(id),
  );
  deepEqual((await stored(db)).notifications, before);

  // Saving what is there already is no conflict with itself, and what was deleted stands in nobody's way.
  await updateNotification(db, ada, id, { ...input, version: 1, now: monday });
  await deleteNotification(db, "ada", id, monday);
  const again = (await createNotification(db, ada, input, monday)).id;
  await createNotification(db, await owner("ben"), input, monday);
  const both = await Promise.allSettled([
    createNotification(db, ada, { ...input, frequency: "hourly" }, monday),
    createNotification(db, ada, { ...input, frequency: "hourly" }, monday),
  ]);
  deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  equal(
    (await loadNotifications(db, "ada")).notifications.filter(({ id }) => id === again).length,
    1,
  );
});

onEachDatabase(
  "a Default notification stands in the way only while the roles grant it",
  async (db) => {
    await setStage(db);
    await setRoles(db, "ada", ["content-partner-operations"], monday);
    const { id, frequency } = await defaultOf(db, "ada", input.type);
    const same = { ...input, conditions: [], frequency };
    await rejects(createNotification(db, await findOwner(db, "ada"), same, monday), existing(id));

    await setRoles(db, "ada", ["master-content-partner-operations"], monday);
    const custom = (await createNotification(db, await findOwner(db, "ada"), same, monday)).id;
    equal((await findNotification(db, "ada", custom)).kind, "custom");
  },
);

onEachDatabase(
  "a Default notification can be muted, but neither edited nor deleted",
  async (db) => {
    await setStage(db);
    await setRoles(db, "ada", ["content-partner-operations"], monday);
    const { id } = await defaultOf(db, "ada", input.type);
    const before = await findNotification(db, "ada", id);
    await rejects(updateNotification(db, await findOwner(db, "ada"), id, change), Forbidden);
    await rejects(deleteNotification(db, "ada", id, monday), Forbidden);
    deepEqual(await findNotification(db, "ada", id), before);
    await muteNotification(db, "ada", id, monday);
    deepEqual(await findNotification(db, "ada", id), { ...before, mutedAt: monday });
  },
);

onEachDatabase("of two windows that edit one notification the slower one is told", async (db) => {
  const { ask, owner } = await setStage(db);
  const id = await ask("ada", "daily");
  const ada = await owner("ada");
  const edits = ["hourly", "weekly", "immediately"] as const;
  const results = await Promise.allSettled(
    edits.map((frequency) => updateNotification(db, ada, id, { ...change, frequency })),
  );
  equal(results.filter(({ status }) => status === "fulfilled").length, 1);
  const { frequency, version } = await findNotification(db, "ada", id);
  equal(frequency, edits[results.findIndex(({ status }) => status === "fulfilled")]);
  equal(version, 2);
  const late = updateNotification(db, ada, id, { ...change, conditions: [] });
  await rejects(late, (error) => error instanceof Conflict && error.existing === undefined);
});

onEachDatabase("pressed twice, mute, unmute and delete do what they did once", async (db) => {
  const { ask, happen } = await setStage(db);
  const id = await ask("ada", "daily");
  const twice = async (press: (now: number) => Promise<unknown>) => {
    await press(monday);
    const { notifications } = await stored(db);
    await happen("SR-1");
    await press(monday + hour);
    deepEqual((await stored(db)).notifications, notifications);
  };
  await twice((now) => muteNotification(db, "ada", id, now));
  equal((await findNotification(db, "ada", id)).mutedAt, monday);
  await twice(() => unmuteNotification(db, "ada", id, monday));
  equal((await findNotification(db, "ada", id)).bookmark, 1);
  await twice((now) => deleteNotification(db, "ada", id, now));
  await rejects(findNotification(db, "ada", id), NotFound);
  await rejects(muteNotification(db, "ada", id, monday), NotFound);
  await rejects(unmuteNotification(db, "ada", id, monday), NotFound);
});
