import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { onEachDatabase } from "../e2e/each_database.ts";
import { setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { openDatabase } from "./client.ts";
import { isMigrated, migrateDatabase } from "./migrate.ts";

onEachDatabase("migrating twice changes nothing", async (db) => {
  await setStage(db);
  const before = await stored(db);
  await migrateDatabase(db);
  deepEqual(await stored(db), before);
  equal(await isMigrated(db), true);
  await db.run(sql`UPDATE __drizzle_migrations SET created_at = 1`);
  equal(await isMigrated(db), false);
});

Deno.test("an empty database is not migrated, and one that does not answer says so", async () => {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  try {
    const db = await openDatabase({ url: `file:${directory}/empty.db` });
    equal(await isMigrated(db), false);
    db.$client.close();
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}`;
    listener.close();
    await rejects(openDatabase({ url }).then(isMigrated));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
