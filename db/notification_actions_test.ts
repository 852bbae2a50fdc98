import { deepEqual, equal, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import { type Condition, fingerprint } from "../domain/conditions.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import type { Database } from "./client.ts";
import {
  deleteNotifications,
  muteNotifications,
  rescheduleNotifications,
  unmuteNotifications,
} from "./notification_actions.ts";
import { createNotification, findNotification, updateNotification } from "./notifications.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";
import { undoChange } from "./undo.ts";

const accepted = { type: "source-request.accepted" };

/** Gives some of Ada's notifications another frequency, as they are now. */
async function reschedule(db: Database, ids: number[], frequency: Frequency, now: number) {
  const doable = await Promise.all(ids.map((id) => findNotification(db, "ada", id)));
  const ada = await findOwner(db, "ada");
  return await rescheduleNotifications(db, ada, { ids, doable, frequency, now });
}

onEachDatabase("what is rescheduled tells what was pending at its new hour", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const ids = [await ask("ada", "daily"), await ask("ada", "weekly", accepted)];
  await happen("SR-1");
  await happen("SR-2", accepted.type);
  const { touched, change } = await reschedule(db, ids, "hourly", monday + minute);
  deepEqual(touched.sort(), ids);
  await undoChange(db, await owner("ada"), change!, monday + 2 * minute);
  deepEqual(await sweepAt(monday + hour), []);

  await reschedule(db, ids, "hourly", monday + hour + minute);
  deepEqual(await sweepAt(monday + 2 * hour), [
    { to: "ada", frequency: "hourly", subjects: ["SR-1", "SR-2"] },
  ]);
  await reschedule(db, ids, "immediately", monday + 2 * hour);
  await happen("SR-3");
  deepEqual((await sweepAt(monday + 2 * hour + minute)).map(({ subjects }) => subjects), [[
    "SR-3",
  ]]);
});

onEachDatabase("what was changed in another tab meanwhile is not rescheduled", async (db) => {
  const { ask, owner } = await setStage(db);
  const ada = await owner("ada");
  const ids = [await ask("ada", "daily"), await ask("ada", "daily", accepted)];
  const doable = await Promise.all(ids.map((id) => findNotification(db, "ada", id)));
  const edit = { ...accepted, conditions: [], frequency: "hourly" as const };
  await updateNotification(db, ada, ids[1]!, { ...edit, version: 1, now: monday });
  const delivered = doable[0]!;
  await createNotification(db, ada, { ...delivered, frequency: "weekly" }, monday);
  const asked = { ids, doable, frequency: "weekly" as const, now: monday };
  deepEqual((await rescheduleNotifications(db, ada, asked)).touched, []);
  equal((await findNotification(db, "ada", ids[0]!)).frequency, "daily");
  equal((await findNotification(db, "ada", ids[1]!)).frequency, "hourly");
});

onEachDatabase(
  "what is done to several leaves those of others, and those it cannot touch",
  async (db) => {
    const { ask } = await setStage(db);
    const [first, second] = [await ask("ada", "daily"), await ask("ada", "hourly")];
    const foreign = await ask("ben", "daily");
    const ids = [first, second, foreign, 4711];
    const touched = [first, second];
    deepEqual((await muteNotifications(db, "ada", { ids, now: monday })).touched.sort(), touched);
    deepEqual((await muteNotifications(db, "ada", { ids, now: monday })).touched, []);
    deepEqual((await unmuteNotifications(db, "ada", { ids, now: monday })).touched.sort(), touched);
    deepEqual((await deleteNotifications(db, "ada", { ids, now: monday })).touched.sort(), touched);
    const kept = await findNotification(db, "ben", foreign);
    deepEqual([kept.mutedAt, kept.version], [null, 1]);
  },
);

onEachDatabase(
  "a thousand of ten thousand are done, and undone, without holding up anybody",
  async (db) => {
    const { owner } = await setStage(db);
    const ada = await owner("ada");
    await createMany(db, 10_000);
    const now = monday;
    const read = async () => (await loadNotifications(db, "ada")).notifications.slice(0, 1_000);
    const ids = (await read()).map(({ id }) => id);
    const begun = performance.now();
    for (
      const act of [
        async () => await muteNotifications(db, "ada", { ids, now }),
        async () => {
          const asked = { ids, doable: await read(), frequency: "hourly" as const, now };
          return await rescheduleNotifications(db, ada, asked);
        },
        async () => await deleteNotifications(db, "ada", { ids, now }),
      ]
    ) {
      const { change, touched } = await act();
      equal(touched.length, 1_000);
      await undoChange(db, ada, change!, now);
    }
    // A tenth of a second each; a query that goes through all of them for each of them takes a minute.
    const taken = performance.now() - begun;
    ok(taken < 20_000, `${taken} ms`);
    equal((await db.query.notifications.findMany()).filter(({ deletedAt }) => deletedAt).length, 0);
  },
);

async function createMany(db: Database, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const conditions: Condition[] = [{ field: "movie_id", op: "any", values: [`${index}`] }];
    const print = fingerprint("source-request.delivered", "daily", conditions);
    return { conditions: JSON.stringify(conditions), print };
  });
  await db.run(sql`
    INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
    SELECT 'ada', 'custom', 'source-request.delivered', value ->> 'conditions', 'daily', value ->> 'print', 0, 0
    FROM json_each(${JSON.stringify(rows)})`);
}
