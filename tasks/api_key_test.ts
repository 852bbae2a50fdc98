import { deepEqual, equal, match } from "node:assert/strict";
import { findApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { monday } from "../e2e/stage.ts";
import { runTask, temporaryFolder } from "../e2e/command.ts";

Deno.test("api-key prints a key as its last line, and the key is known by its name", async () => {
  await using folder = await temporaryFolder();
  const url = `file:${folder.path}/upstream.db`;
  const task = { cwd: folder.path, env: { TURSO_DATABASE_URL: url }, args: ["  backlot "] };
  const early = await runTask("api-key", task);
  deepEqual([early.code, early.lines], [2, []]);
  match(early.stderr, /run deno task db:migrate/);

  const db = await openDatabase({ url });
  try {
    await migrateDatabase(db);
    const keys = [await runTask("api-key", task), await runTask("api-key", task)]
      .map(({ code, lines }) => code === 0 ? lines.at(-1)! : "");
    equal(new Set(keys).size, 2);
    for (const key of keys) equal((await findApiKey(db, key, monday))?.name, "backlot");

    const args = ["materials", "--sources", "/materials/, /vault", "--per-second", "5"];
    const scoped = (await runTask("api-key", { ...task, args })).lines.at(-1)!;
    const { id: _, ...found } = (await findApiKey(db, scoped, monday))!;
    deepEqual(found, { name: "materials", sources: ["/materials/", "/vault"], perSecond: 5 });

    const revoked = await runTask("api-key", { ...task, args: ["backlot", "--revoke"] });
    deepEqual([revoked.code, revoked.lines.at(-1)], [0, "2 keys of backlot revoked."]);
    equal(await findApiKey(db, keys[0]!, monday), null);
  } finally {
    db.$client.close();
  }
});

Deno.test("api-key without exactly one name makes no key, and exits with 2", async () => {
  await using folder = await temporaryFolder();
  for (
    const args of [[], [""], ["  "], ["one", "two"], ["one", "--per-second", "0"], [
      "one",
      "--for",
      "two",
    ]]
  ) {
    const { code, lines, stderr } = await runTask("api-key", { cwd: folder.path, args });
    deepEqual([code, lines], [2, []]);
    match(stderr, /^Name the upstream system that the key is for/);
  }
  deepEqual([...Deno.readDirSync(folder.path)], []);
});
