import { deepEqual, equal, rejects } from "node:assert/strict";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { pauseUser } from "./digests.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";

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
