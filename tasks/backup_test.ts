import { deepEqual, equal, match } from "node:assert/strict";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { runTask, temporaryFolder } from "../e2e/command.ts";
import { hour, monday, setStage, sweepOn } from "../e2e/stage.ts";

Deno.test("backup writes one private file while others write, and restore makes a database of it", async () => {
  await using folder = await temporaryFolder();
  const [url, copyUrl] = ["main", "copy"].map((name) => `file:${folder.path}/${name}.db`);
  const run = (task: string, database: string, ...args: string[]) =>
    runTask(task, { cwd: folder.path, env: { TURSO_DATABASE_URL: database }, args });
  const db = await openDatabase({ url: url! });
  const copy = await openDatabase({ url: copyUrl! });
  try {
    await migrateDatabase(db);
    const { ask, happen } = await setStage(db);
    await ask("ada", "daily");
    await happen("SR-1");
    const backup = await run("backup", url!, "--to", "backup.ndjson.gz");
    deepEqual([backup.code, backup.stderr], [0, ""]);
    match(backup.lines[0]!, /^\d+ lines in backup\.ndjson\.gz$/);
    const files = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
    deepEqual(files.filter((name) => name.startsWith("backup")), ["backup.ndjson.gz"]);
    equal(Deno.statSync(`${folder.path}/backup.ndjson.gz`).mode! & 0o777, 0o600);

    const restored = await run("restore", copyUrl!, "--from", "backup.ndjson.gz");
    deepEqual([restored.code, restored.stderr], [0, ""]);
    const { told } = await sweepOn(copy, monday + 8 * hour);
    deepEqual(told, [{ to: "ada", frequency: "daily", subjects: ["SR-1"] }]);

    const again = await run("restore", copyUrl!, "--from", "backup.ndjson.gz");
    deepEqual([again.code, again.lines], [2, []]);
    match(again.stderr, /^Cannot restore into this database: it is not empty/);
  } finally {
    db.$client.close();
    copy.$client.close();
  }
});

Deno.test("backup and restore say what is wrong, and exit with 2", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/text`, "no backup");
  const wrong: [task: string, args: string[], problem: RegExp][] = [
    ["backup", [], /^--to names the file to write/],
    ["backup", ["--to", "backup.gz"], /^The database is not at the newest schema/],
    ["restore", [], /^--from names the backup/],
    ["restore", ["--from", "nowhere"], /^There is no backup "nowhere"/],
    ["restore", ["--from", "text"], /^Cannot restore "text": it is damaged, or no backup/],
  ];
  for (const [task, args, problem] of wrong) {
    const { code, lines, stderr } = await runTask(task, { cwd: folder.path, args });
    deepEqual([code, lines], [2, []], `${task} ${args}`);
    match(stderr, problem);
  }
});
