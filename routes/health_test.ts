import { deepEqual, equal, match } from "node:assert/strict";
import { type Database, openDatabase } from "../db/client.ts";
import { clockQuery } from "../db/clock.ts";
import { noteRun } from "../db/runs.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { healthRoutes } from "./health.ts";

/** When a test began, by its database. */
async function beginning(db: Database): Promise<number> {
  return (await clockQuery(db)).now;
}

type App = ReturnType<typeof healthRoutes>;

async function ask(app: App, path: string) {
  const response = await app.request(path);
  const type = response.headers.get("content-type")!;
  return { status: response.status, type, text: await response.text() };
}

onEachDatabase("a process is alive, and ready once its database is", async (db) => {
  const app = healthRoutes({ db, now: () => 0 });
  equal((await ask(app, "/healthz")).status, 200);
  equal((await ask(app, "/readyz")).status, 200);
  await db.$client.execute("UPDATE __drizzle_migrations SET created_at = 0");
  const { status, type, text } = await ask(app, "/readyz");
  deepEqual([status, type], [503, "application/problem+json"]);
  match(JSON.parse(text).detail, /run deno task db:migrate/);
  equal((await ask(app, "/healthz")).status, 200);
});

onEachDatabase(
  "a job that stands still is named within two minutes, and the pages go on",
  async (db) => {
    const now = await beginning(db);
    const app = healthRoutes({ db, now: () => now });
    const ranAt = async (startedAt: number) => {
      await noteRun(db, { job: "mail", startedAt, took: 5, did: {}, problem: null });
      return await ask(app, "/readyz");
    };
    const late = await ranAt(now - 2 * 60_000 - 1);
    deepEqual([late.status, late.text], [
      200,
      `ready\nlate: mail ran last at ${new Date(now - 2 * 60_000 - 1).toISOString()}`,
    ]);
    equal((await ranAt(now - 2 * 60_000)).text, "ready");
  },
);

onEachDatabase("a job that never began is named within two minutes", async (db) => {
  const end = await beginning(db);
  let now = end - 2 * 60_000;
  const app = healthRoutes({ db, now: () => now });
  const begun = new Date(now).toISOString();
  now = end;
  equal((await ask(app, "/readyz")).text, "ready");
  now += 1;
  equal((await ask(app, "/readyz")).text, `ready\nlate: mail never ran since ${begun}`);
});

onEachDatabase("a clock that is a minute off is named, and the pages go on", async (db) => {
  const text = async (ahead: number) => {
    const now = await beginning(db) + ahead;
    return (await ask(healthRoutes({ db, now: () => now }), "/readyz")).text;
  };
  equal(await text(10_000), "ready");
  match(await text(62_000), /^ready\nclock: (6\d|5\d) seconds ahead of the database's$/);
  match(await text(-60_000), /^ready\nclock: 6\d seconds behind the database's$/);
});

Deno.test("a database without tables, or without an answer, is not ready", async () => {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  const db = await openDatabase({ url: `file:${directory}/empty.db` });
  try {
    const app = healthRoutes({ db, now: () => 0 });
    match((await ask(app, "/readyz")).text, /run deno task db:migrate/);
    await migrateDatabase(db);
    equal((await ask(app, "/readyz")).status, 200);
    db.$client.close();
    const { status, text } = await ask(app, "/readyz");
    equal(status, 503);
    match(text, /The database does not answer/);
    equal((await ask(app, "/healthz")).status, 200);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
