import { deepEqual } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { defaultNotifications, type Role } from "../domain/catalogue.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import type { Database } from "./client.ts";
import { deactivateUser } from "./deactivation.ts";
import { refreshDefaults } from "./defaults.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";

const operations: Role[] = ["content-partner-operations"];
const created = "source-request.created";
const critical = "source-request.critical";

async function frequencies(db: Database, user: string) {
  const { notifications } = await loadNotifications(db, user);
  return notifications.map(({ type, frequency }) => [type, frequency]);
}

const expected = [...defaultNotifications(operations)].sort();

onEachDatabase("a catalogue that changed reaches everybody's defaults, and once", async (db) => {
  await setStage(db);
  await setRoles(db, "ada", operations, monday);
  await setRoles(db, "ben", operations, monday);
  await deactivateUser(db, "lumen", "ben", monday);
  // As an older catalogue had it: one type less, another one immediately, and muted.
  await db.run(sql`DELETE FROM notifications WHERE type = 'source-request.accepted'`);
  await db.run(sql`
    UPDATE notifications SET frequency = 'immediately', muted_at = 1 WHERE type = ${created}`);
  const older = await frequencies(db, "ben");

  await refreshDefaults(db, monday);
  deepEqual(await frequencies(db, "ada"), expected);
  deepEqual(await frequencies(db, "ben"), older);
  const { notifications } = await loadNotifications(db, "ada");
  deepEqual(notifications.filter(({ mutedAt }) => mutedAt === 1).map(({ type }) => type), [
    created,
  ]);

  const once = await stored(db, { except: ["accounts"] });
  await refreshDefaults(db, monday + hour);
  deepEqual(await stored(db, { except: ["accounts"] }), once);
});

onEachDatabase(
  "a default that changes its frequency loses nothing that was pending",
  async (db) => {
    const { happen, sweepAt } = await setStage(db);
    await setRoles(db, "ada", operations, monday);
    await db.run(sql`UPDATE notifications SET frequency = 'weekly' WHERE type = ${critical}`);
    await happen("SR-1", critical);
    // This one comes at once, and moves the account's dispatching past what waits.
    await happen("SR-2", "source-request.at-risk");
    const told = (
      subject: string,
    ) => [{ to: "ada", frequency: "immediately", subjects: [subject] }];
    deepEqual(await sweepAt(monday + minute), told("SR-2"));
    await refreshDefaults(db, monday + minute);
    deepEqual(await sweepAt(monday + 2 * minute), told("SR-1"));
  },
);
