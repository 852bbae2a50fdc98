import { deepEqual } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { onEachDatabase } from "../e2e/each_database.ts";
import { minute, monday, setStage } from "../e2e/stage.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import type { Database } from "./client.ts";

async function bookmarks(db: Database): Promise<[string, string, number][]> {
  const rows = await db.query.notifications.findMany({ orderBy: (n) => n.id });
  return rows.map(({ userId, frequency, bookmark }) => [userId, frequency, bookmark]);
}

async function behind(db: Database): Promise<string[]> {
  const rows = await db.query.users.findMany({ where: (user, { eq }) => eq(user.behind, true) });
  return rows.map(({ id }) => id);
}

onEachDatabase("settling writes down how far immediate mail was dispatched", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "daily");
  await ask("ada", "immediately", { type: "source-request.accepted" });
  await ask("ben", "immediately");
  await happen("SR-1");
  await sweepAt(monday + minute);
  await settleBookmarks(db, ["ada"]);
  const settled = [["ada", "daily", 0], ["ada", "immediately", 1], ["ben", "immediately", 1]];
  deepEqual(await bookmarks(db), settled);

  // Whoever is behind is read from the bookmarks themselves: they must not jump ahead.
  await db.run(sql`UPDATE notifications SET bookmark = 0 WHERE user_id = 'ada'`);
  await fallBehind(db, ["ada"]);
  await fallBehind(db, ["ben"]);
  deepEqual(await behind(db), ["ada"]);
  await settleBookmarks(db, ["ada"]);
  deepEqual((await bookmarks(db))[1], ["ada", "immediately", 0]);
});

onEachDatabase("nobody falls behind for what is muted, deleted or a digest", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ben", "immediately");
  await ask("ada", "daily");
  const muted = await ask("ada", "immediately");
  const deleted = await ask("ada", "immediately", { type: "source-request.accepted" });
  await happen("SR-1");
  await sweepAt(monday + minute);
  await db.run(sql`UPDATE notifications SET muted_at = 1, bookmark = 0 WHERE id = ${muted}`);
  await db.run(sql`UPDATE notifications SET deleted_at = 1, bookmark = 0 WHERE id = ${deleted}`);
  await fallBehind(db, ["ada"]);
  deepEqual(await behind(db), []);
  await db.run(sql`UPDATE notifications SET muted_at = NULL WHERE id = ${muted}`);
  await fallBehind(db, ["ada"]);
  deepEqual(await behind(db), ["ada"]);
});
