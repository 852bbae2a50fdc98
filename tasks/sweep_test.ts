import { deepEqual, equal, match } from "node:assert/strict";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { listOutbox } from "../db/outbox.ts";
import { runTask, temporaryFolder } from "../e2e/command.ts";
import { setStage } from "../e2e/stage.ts";

const nothing = {
  ...{ composed: 0, sent: 0, canceled: 0, postponed: 0, failed: 0 },
  ...{ events: 0, emails: 0, problems: 0 },
};

Deno.test("sweep does at any instant what is due then, and ends with one line of JSON", async () => {
  await using folder = await temporaryFolder();
  const url = `file:${folder.path}/callboard.db`;
  const db = await openDatabase({ url });
  const sweepAt = async (...args: string[]) => {
    const env = { TURSO_DATABASE_URL: url, RETENTION_DAYS: "30" };
    const { code, lines, stderr } = await runTask("sweep", { cwd: folder.path, env, args });
    deepEqual([code, stderr], [0, ""]);
    return JSON.parse(lines.at(-1)!);
  };
  try {
    await migrateDatabase(db);
    const { ask, happen } = await setStage(db);
    await ask("ada", "daily");
    await happen("SR-1");
    const early = await sweepAt("--at", "2026-01-05T08:59:59+01:00");
    deepEqual(early, { at: "2026-01-05T07:59:59.000Z", ...nothing });
    const due = await sweepAt("--at", "2026-01-05T08:00:00Z");
    deepEqual(due, { at: "2026-01-05T08:00:00.000Z", ...nothing, composed: 1, sent: 1 });
    deepEqual(await sweepAt("--at=2026-01-05T08:00:00Z"), { ...due, ...nothing });
    const [email] = await listOutbox(db);
    deepEqual([email!.recipient, email!.sentAt], ["ada@lumen.example", Date.parse(due.at)]);
    deepEqual(await sweepAt("--at", "2026-03-01"), {
      ...{ at: "2026-03-01T00:00:00.000Z", ...nothing, events: 1, emails: 1 },
    });
    // Without an instant it is now.
    equal(Math.abs(Date.parse((await sweepAt()).at) - Date.now()) < 60_000, true);
  } finally {
    db.$client.close();
  }
});

Deno.test("sweep at no instant sweeps nothing, and exits with 2", async () => {
  await using folder = await temporaryFolder();
  const wrong: [args: string[], problem: RegExp][] = [
    [["--at", "tomorrow"], /^--at must be an instant such as/],
    [["--at", "2026-02-30"], /^--at must be an instant such as/],
    [["--at"], /^--at must be an instant such as/],
    [["now"], /^"now" is not an option/],
    [["--when=2026-01-05"], /^--when is not an option/],
  ];
  for (const [args, problem] of wrong) {
    const { code, lines, stderr } = await runTask("sweep", { cwd: folder.path, args });
    deepEqual([code, lines], [2, []], args.join(" "));
    match(stderr, problem);
  }
  const { code, stderr } = await runTask("sweep", { cwd: folder.path });
  equal(code, 2);
  match(stderr, /^The database is not at the newest schema: run deno task db:migrate/);
});
