import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { exampleEvent } from "../domain/example_event.ts";
import { startApp } from "./app.ts";
import { startDistance } from "./distance.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { single } from "./upstream.ts";

// A database that is slow, away or of yesterday, and then there again.

const second = 1_000;

/** The whole web on a libSQL server, with the way there in our hands. */
async function startFarApp() {
  const server = (await startSqld())!;
  const way = startDistance(Number(new URL(server.url).port), 0);
  const place = { url: `http://127.0.0.1:${way.port}`, authToken: server.authToken };
  const db = await openDatabase(place);
  await migrateDatabase(db);
  const close = async () => {
    db.$client.close();
    way.stop();
    await server.stop();
  };
  const web = await startApp({}, { ...place, db, close });
  const key = await createApiKey(db, { name: "backlot" }, web.clock.now);
  const post = async () => {
    const response = await web.app.request("/api/events", {
      method: "POST",
      headers: { "authorization": `Bearer ${key}`, "content-type": single },
      body: JSON.stringify(exampleEvent),
    });
    const { status, headers } = response;
    return { status, headers, body: await response.json() };
  };
  return { ...web, server, way, post, ana: await web.browse("ana") };
}

/** What the log told, once each, without its instants. */
function told(logged: string[]): [string, string][] {
  const lines = logged.map((line) => JSON.parse(line));
  return [...new Map(lines.map(({ what, problem }) => [what, problem]))];
}

const ignore = sqldBinary() === null;

Deno.test({
  name: "a database that is slow or away is said so in time, and needs no restart of ours",
  ignore,
  fn: async () => {
    const { way, server, ana, post, app, logged, close } = await startFarApp();
    try {
      equal((await ana.get("/notifications")).status, 200);
      // Nobody waits until the answer comes, nor half as long.
      way.delay = 30 * second;
      const asked = performance.now();
      const slow = await ana.get("/notifications");
      ok(performance.now() - asked < 15 * second);
      deepEqual([slow.status, slow.headers.get("retry-after")], [503, "10"]);
      match(slow.text, /<h1>Out of reach for a moment<\/h1>.*database does not answer/s);
      way.delay = 0;

      await server.kill();
      logged.length = 0;
      const gone = await ana.get("/notifications");
      deepEqual([gone.status, gone.headers.get("retry-after")], [503, "10"]);
      const saved = await ana.htmx("PUT", "/schedule/zone", { zone: "Europe/Paris" });
      match(saved.text, /look first whether it is there/);
      const { status, headers, body } = await post();
      deepEqual([status, headers.get("retry-after"), body.title], [
        503,
        "10",
        "Out of reach for a moment",
      ]);
      equal((await app.request("/readyz")).status, 503);
      const problem = "Unavailable: The database was not reached";
      deepEqual(told(logged), [
        ["GET /notifications", problem],
        ["PUT /schedule/zone", problem],
        ["POST /api/events", problem],
      ]);

      await server.restart();
      equal((await ana.get("/notifications")).status, 200);
      deepEqual((await post()).body, { accepted: 1, duplicates: 0, rejected: [] });
      deepEqual((await post()).body, { accepted: 0, duplicates: 1, rejected: [] });
    } finally {
      await close();
    }
  },
});

Deno.test("a database that is behind is no error of the page, and the log says what to do", async () => {
  const { db, logged, browse, close } = await startApp();
  try {
    const ana = await browse("ana");
    await db.run(sql`ALTER TABLE digests RENAME TO digests_of_tomorrow`);
    equal((await ana.get("/notifications")).status, 503);
    deepEqual(told(logged), [[
      "GET /notifications",
      "Unavailable: The database is not migrated: run deno task db:migrate",
    ]]);
  } finally {
    await close();
  }
});
