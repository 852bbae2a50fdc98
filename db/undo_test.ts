import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { undoLimit } from "../domain/changes.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage, type Stage } from "../e2e/stage.ts";
import { findChange } from "./changes.ts";
import type { Database } from "./client.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "./notification_actions.ts";
import { createNotification, findNotification, updateNotification } from "./notifications.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";
import { undoChange } from "./undo.ts";

const delivered = "source-request.delivered";
const input: NotificationInput = { type: delivered, conditions: [], frequency: "daily" };

/** Every row of Ada's notifications, without the version, which only ever grows. */
async function rows(db: Database) {
  const found = await db.query.notifications.findMany({ orderBy: ({ id }) => id });
  return found.map(({ version: _, ...row }) => row);
}

/** What can be done to a notification at an instant; each resolves to the change. */
const deeds: Record<string, (stage: Stage, id: number, now: number) => Promise<unknown>> = {
  mute: ({ db }, id, now) => muteNotification(db, "ada", id, now),
  delete: ({ db }, id, now) => deleteNotification(db, "ada", id, now),
  edit: async ({ db, owner }, id, now) => {
    const { version } = await findNotification(db, "ada", id);
    const changed = {
      type: "source-request.accepted",
      conditions: [],
      frequency: "weekly" as const,
    };
    const saved = await updateNotification(db, await owner("ada"), id, {
      ...changed,
      version,
      now,
    });
    return saved.change;
  },
};

for (const [name, act] of Object.entries(deeds)) {
  for (const frequency of ["immediately", "daily"] as const) {
    onEachDatabase(
      `undoing ${name} puts it back as it was: what came meanwhile is told, once (${frequency})`,
      async (db) => {
        const stage = await setStage(db);
        const { ask, happen, owner, sweepAt } = stage;
        const id = await ask("ada", frequency);
        await happen("SR-1");
        await sweepAt(monday + 9 * hour);
        const before = await rows(db);
        await happen("SR-2");
        const now = monday + 32 * hour - minute;
        const change = String(await act(stage, id, now));
        await happen("SR-3");
        // The digest passes meanwhile, and immediate mail is dispatched.
        deepEqual(await sweepAt(now + 2 * minute), []);
        for (const press of [3, 4]) {
          await undoChange(db, await owner("ada"), change, now + press * minute);
        }
        const bookmarks = frequency === "immediately" ? 1 : before[0]!.bookmark;
        deepEqual(await rows(db), before.map((row) => ({ ...row, bookmark: bookmarks })));

        await happen("SR-4");
        const told = [...await sweepAt(now + 5 * minute), ...await sweepAt(now + 48 * hour)];
        deepEqual(told.flatMap(({ subjects }) => subjects), ["SR-2", "SR-3", "SR-4"]);
      },
    );
  }
}

onEachDatabase("after an undo only what the change kept back is looked at again", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const [other, muted] = [
    await ask("ada", "immediately"),
    await ask("ada", "immediately", { type: "source-request.accepted" }),
  ];
  await ask("ben", "immediately", { type: "source-request.created" });
  const change = await muteNotification(db, "ada", muted, monday);
  await happen("SR-1", "source-request.created");
  deepEqual((await sweepAt(monday + minute)).map(({ to }) => to), ["ben"]);
  await undoChange(db, await owner("ada"), change!, monday + 2 * minute);
  const bookmarks = new Map((await rows(db)).map(({ id, bookmark }) => [id, bookmark]));
  deepEqual([bookmarks.get(muted), bookmarks.get(other)], [0, 1]);
});

onEachDatabase("undoing an unmute mutes it again, since when it was", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const id = await ask("ada", "immediately");
  await muteNotification(db, "ada", id, monday);
  await happen("SR-1");
  const before = await rows(db);
  const change = await unmuteNotification(db, "ada", id, monday + minute);
  notEqual(before, await rows(db));
  await undoChange(db, await owner("ada"), change!, monday + 2 * minute);
  deepEqual(await rows(db), before);
  await happen("SR-2");
  deepEqual(await sweepAt(monday + 3 * minute), []);
});

onEachDatabase("undoing a creation deletes it, and its like can be created again", async (db) => {
  const { owner } = await setStage(db);
  const ada = await owner("ada");
  const { change } = await createNotification(db, ada, input, monday);
  await undoChange(db, ada, change!, monday + minute);
  deepEqual((await loadNotifications(db, "ada")).notifications, []);
  await createNotification(db, ada, input, monday + minute);
  await undoChange(db, ada, change!, monday + 2 * minute);
  equal((await loadNotifications(db, "ada")).notifications.length, 1);
});

onEachDatabase("what an edit told already is not told again once it is undone", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const ada = await owner("ada");
  const id = await ask("ada", "daily");
  await happen("SR-1");
  const edit = { ...input, frequency: "immediately" as const, version: 1, now: monday };
  const { change } = await updateNotification(db, ada, id, edit);
  deepEqual((await sweepAt(monday + minute)).map(({ subjects }) => subjects), [["SR-1"]]);
  await undoChange(db, ada, change!, monday + 2 * minute);
  await happen("SR-2");
  deepEqual(await sweepAt(monday + 3 * minute), []);
  deepEqual((await sweepAt(monday + 8 * hour)).map(({ subjects }) => subjects), [["SR-2"]]);
});

onEachDatabase(
  "what a change took out of the queue is told when the change is undone",
  async (db) => {
    const { ask, happen, owner, sweepAt } = await setStage(db);
    const id = await ask("ada", "immediately");
    const other = await ask("ada", "immediately", { type: "source-request.accepted" });
    await happen("SR-1");
    await happen("SR-2", "source-request.accepted");
    await happen("SR-3");
    // All three wait in one email that cannot go out now.
    await sweepAt(monday + minute, () => Promise.reject(new TemporaryFailure("not now")));
    const change = await muteNotification(db, "ada", id, monday + 2 * minute);
    deepEqual((await sweepAt(monday + 3 * minute)).map(({ subjects }) => subjects), [["SR-2"]]);
    await undoChange(db, await owner("ada"), change!, monday + 4 * minute);
    const told = (await sweepAt(monday + 5 * minute)).flatMap(({ subjects }) => subjects);
    deepEqual(told.sort(), ["SR-1", "SR-3"]);
    deepEqual(await sweepAt(monday + 6 * minute), []);
    equal((await findNotification(db, "ada", other)).mutedAt, null);
  },
);

onEachDatabase("what was changed again meanwhile is not undone beneath it", async (db) => {
  const { ask, owner } = await setStage(db);
  const ada = await owner("ada");
  const id = await ask("ada", "daily");
  const first = await muteNotification(db, "ada", id, monday);
  const second = await unmuteNotification(db, "ada", id, monday + minute);
  const before = await rows(db);
  await rejects(undoChange(db, ada, first!, monday + 2 * minute), Conflict);
  deepEqual(await rows(db), before);
  // In their order, the last one first, both go.
  await undoChange(db, ada, second!, monday + 2 * minute);
  equal((await findNotification(db, "ada", id)).mutedAt, monday);
  await undoChange(db, ada, first!, monday + 2 * minute);
  equal((await findNotification(db, "ada", id)).mutedAt, null);
});

onEachDatabase("a deletion is not undone where the same was created meanwhile", async (db) => {
  const { ask, owner } = await setStage(db);
  const ada = await owner("ada");
  const change = await deleteNotification(db, "ada", await ask("ada", "daily"), monday);
  const { id } = await createNotification(db, ada, input, monday + minute);
  await rejects(
    undoChange(db, ada, change!, monday + 2 * minute),
    (error) => error instanceof Conflict && error.existing === id,
  );
  deepEqual((await loadNotifications(db, "ada")).notifications.map((each) => each.id), [id]);
});

onEachDatabase("nobody undoes what another did, or did long ago", async (db) => {
  const { ask, owner } = await setStage(db);
  const id = await ask("ada", "daily");
  const change = (await muteNotification(db, "ada", id, monday))!;
  const [ada, ben] = [await owner("ada"), await owner("ben")];
  await rejects(undoChange(db, ben, change, monday + minute), NotFound);
  equal(await findChange(db, "ben", change), null);
  await rejects(undoChange(db, ada, change, monday + undoLimit), NotFound);
  equal((await findNotification(db, "ada", id)).mutedAt, monday);
  await undoChange(db, ada, change, monday + undoLimit - 1);
  equal((await findNotification(db, "ada", id)).mutedAt, null);
});

onEachDatabase("an undo does not reach behind a change of roles", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const roles = (await owner("ada")).roles;
  const id = await ask("ada", "immediately");
  const change = await muteNotification(db, "ada", id, monday);
  await setRoles(db, "ada", [], monday);
  await happen("SR-1");
  await setRoles(db, "ada", roles, monday);
  await rejects(undoChange(db, await owner("ada"), change!, monday + minute), NotFound);
  await unmuteNotification(db, "ada", id, monday + minute);
  deepEqual(await sweepAt(monday + 2 * minute), []);
});

onEachDatabase("pressing twice resolves to the change that did it", async (db) => {
  const { ask } = await setStage(db);
  const id = await ask("ada", "daily");
  const muted = await muteNotification(db, "ada", id, monday);
  equal(await muteNotification(db, "ada", id, monday + minute), muted);
  equal(await muteNotification(db, "ada", id, monday + 2 * hour), undefined);
  const deleted = await deleteNotification(db, "ada", id, monday);
  equal(await deleteNotification(db, "ada", id, monday + minute), deleted);
});

onEachDatabase(
  "the same attempt creates one notification, whatever became of its answer",
  async (db) => {
    const { owner } = await setStage(db);
    const ada = await owner("ada");
    const attempt = crypto.randomUUID();
    const saved = await createNotification(db, ada, { ...input, attempt }, monday);
    deepEqual(await createNotification(db, ada, { ...input, attempt }, monday + minute), saved);
    await rejects(createNotification(db, ada, input, monday), Conflict);
    const other = { ...input, frequency: "hourly" as const, attempt };
    notEqual((await createNotification(db, ada, other, monday + minute)).id, saved.id);
  },
);
