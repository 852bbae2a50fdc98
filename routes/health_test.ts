import { deepEqual, equal, match } from "node:assert/strict";
import { openDatabase } from "../db/client.ts";
import { noteRun } from "../db/runs.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { healthRoutes } from "./health.ts";

const now = () => Date.parse("2026-11-20T09:30:00Z");

type App = ReturnType<typeof healthRoutes>;

async function ask(app: App, path: string) {
  const response = await app.request(path);
  const type = response.headers.get("content-type")!;
  return { status: response.status, type, text: await response.text() };
}

onEachDatabase("a process is alive, and ready once its database is", async (db) => {
  const app = healthRoutes({ db, now });
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
    const app = healthRoutes({ db, now });
    const ranAt = async (startedAt: number) => {
      await noteRun(db, { job: "mail", startedAt, took: 5, did: {}, problem: null });
      return await ask(app, "/readyz");
    };
    const late = await ranAt(now() - 2 * 60_000 - 1);
    deepEqual([late.status, late.text], [
      200,
      "ready\nlate: mail ran last at 2026-11-20T09:27:59.999Z",
    ]);
    equal((await ranAt(now() - 2 * 60_000)).text, "ready");
  },
);

onEachDatabase("a job that never began is named within two minutes", async (db) => {
  let passed = 0;
  const app = healthRoutes({ db, now: () => now() + passed });
  passed = 2 * 60_000;
  equal((await ask(app, "/readyz")).text, "ready");
  passed += 1;
  equal(
    (await ask(app, "/readyz")).text,
    "ready\nlate: mail never ran since 2026-11-20T09:30:00.000Z",
  );
});

Deno.test("a database without tables, or without an answer, is not ready", async () => {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  const db = await openDatabase({ url: `file:${directory}/empty.db` });
  try {
    const app = healthRoutes({ db, now });
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
