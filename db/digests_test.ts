import { deepEqual, equal } from "node:assert/strict";
import { composeAll } from "../jobs/compose.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { ensureDigests, pauseUser, setMailTimes } from "./digests.ts";
import { findOwner } from "./owners.ts";
import { loadNotifications } from "./panel.ts";

const utc = { zone: "UTC", digestHour: 8, digestWeekday: 1, quietFrom: null, quietUntil: null };

onEachDatabase("digests are there for what is asked, and stay as they are", async (db) => {
  const { ask, owner } = await setStage(db);
  const ada = await owner("ada");
  await db.batch([ensureDigests(db, [ada], monday), db.run("SELECT 1")]);
  deepEqual((await stored(db)).digests, []);
  for (const frequency of ["immediately", "hourly", "daily", "weekly"] as const) {
    await ask("ada", frequency);
  }
  const { nextDigests } = await loadNotifications(db, "ada");
  deepEqual([...nextDigests].sort(), [
    ["daily", monday + 8 * hour],
    ["hourly", monday + hour],
    ["weekly", monday + 8 * hour],
  ]);
  await ensureDigests(db, [ada], monday + 3 * day);
  deepEqual((await loadNotifications(db, "ada")).nextDigests, nextDigests);
});

onEachDatabase("moved digest times never bring a window that was told already", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "daily");
  await ask("ben", "daily");
  await happen("SR-1");
  await sweepAt(monday + 8 * hour);
  const next = async (user: string) =>
    (await loadNotifications(db, user)).nextDigests.get("daily")! - monday;

  await setMailTimes(db, "ada", { ...utc, digestHour: 12 }, monday + 9 * hour);
  equal(await next("ada"), day + 12 * hour);
  await setMailTimes(db, "ada", { ...utc, zone: "Asia/Seoul" }, monday + 9 * hour);
  // Tuesday, 08:00 in Seoul.
  equal(await next("ada"), 23 * hour);
  equal(await next("ben"), day + 8 * hour);
  const { zone, digestHour, digestWeekday } = await findOwner(db, "ada");
  deepEqual([zone, digestHour, digestWeekday], ["Asia/Seoul", 8, 1]);
});

onEachDatabase("a digest that is due comes, whatever is saved in that minute", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "daily");
  await happen("SR-1");
  const at8 = monday + 8 * hour;
  await setMailTimes(db, "ada", { ...utc, digestHour: 12 }, at8 + minute / 2);
  deepEqual((await sweepAt(at8 + minute)).map(({ frequency }) => frequency), ["daily"]);
  equal((await loadNotifications(db, "ada")).nextDigests.get("daily"), monday + day + 12 * hour);
});

onEachDatabase("a pause holds back what is queued and what is due, for one person", async (db) => {
  const { ask, happen } = await setStage(db);
  for (const user of ["ada", "ben"]) {
    await ask(user, "immediately");
    await ask(user, "daily");
  }
  await happen("SR-1");
  await composeAll(db, { now: monday + minute, report: fail });
  const until = monday + 2 * day;
  await pauseUser(db, "ada", until, monday + minute);
  const queued = await db.query.emails.findMany({ columns: { userId: true, sendAt: true } });
  const sendAt = new Map(queued.map(({ userId, sendAt }) => [userId, sendAt]));
  deepEqual([sendAt.get("ada"), sendAt.get("ben")! <= monday + 2 * minute], [until, true]);
  const digest = async (user: string) =>
    (await loadNotifications(db, user)).nextDigests.get("daily");
  deepEqual([await digest("ada"), await digest("ben")], [until + 8 * hour, monday + 8 * hour]);

  const paused = await stored(db, { except: ["accounts"] });
  await pauseUser(db, "ada", until, monday + hour);
  deepEqual(await stored(db, { except: ["accounts"] }), paused);

  // An instant that has passed ends the pause now, and the window of today comes back.
  await pauseUser(db, "ada", 0, monday + 2 * hour);
  equal((await findOwner(db, "ada")).pausedUntil, monday + 2 * hour);
  equal(await digest("ada"), monday + 8 * hour);
});

function fail(what: string, problem: unknown): never {
  throw new Error(what, { cause: problem });
}
