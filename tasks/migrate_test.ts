import { deepEqual, equal, match, ok } from "node:assert/strict";
import { openDatabase } from "../db/client.ts";
import { isMigrated } from "../db/migrate.ts";
import { runTask, temporaryFolder } from "../e2e/command.ts";
import { setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";

const done = ["The database is at the newest schema."];

Deno.test("db:migrate makes the database where there is none, and twice is once", async () => {
  await using folder = await temporaryFolder();
  const here = { cwd: folder.path };
  const first = await runTask("db:migrate", here);
  deepEqual([first.code, first.lines], [0, done], first.stderr);

  const db = await openDatabase({ url: `file:${folder.path}/data/callboard.db` });
  try {
    ok(await isMigrated(db));
    await setStage(db);
    const before = await stored(db, { except: ["accounts"] });
    const second = await runTask("db:migrate", here);
    deepEqual([second.code, second.lines], [0, done], second.stderr);
    deepEqual(await stored(db, { except: ["accounts"] }), before);
  } finally {
    db.$client.close();
  }
});

Deno.test("a task that cannot read its environment says all that is wrong, and exits with 2", async () => {
  await using folder = await temporaryFolder();
  const env = { TURSO_DATABASE_URL: "mysql://nowhere", PORT: "many", SECRET_KEY: "short" };
  const { code, lines, stderr } = await runTask("db:migrate", { cwd: folder.path, env });
  equal(code, 2);
  deepEqual(lines, []);
  for (const name of Object.keys(env)) match(stderr, new RegExp(`^${name} `, "m"));
  deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("a migration that fails says why and that nothing was changed, and exits with 1", async () => {
  await using folder = await temporaryFolder();
  const url = `file:${folder.path}/other.db`;
  const db = await openDatabase({ url });
  await db.$client.execute("CREATE TABLE accounts (id)");
  const { code, lines, stderr } = await runTask("db:migrate", {
    cwd: folder.path,
    env: { TURSO_DATABASE_URL: url },
  });
  deepEqual([code, lines], [1, []]);
  match(
    stderr,
    /^Cannot migrate the database: .*already exists\nNo migration is applied by half: .*\n$/,
  );
  const { rows } = await db.$client.execute("SELECT name FROM sqlite_master WHERE name = 'users'");
  deepEqual(rows, []);
  db.$client.close();
});
