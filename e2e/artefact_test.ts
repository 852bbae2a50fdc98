import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { listOutbox } from "../db/outbox.ts";
import { createSession } from "../db/sessions.ts";
import { isBuilt } from "./place.ts";
import { startArtefact } from "./production_server.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { setStage } from "./stage.ts";
import { until } from "./until.ts";
import { cloudEvent, single } from "./upstream.ts";

const top = new URL("..", import.meta.url);

/** What `/proc` says of the most memory that a process ever had, in megabytes. */
function mostMemory(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))!;
  return Number(kilobytes) / 1024;
}

async function build(): Promise<void> {
  const args = ["task", "--quiet", "build"];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: top }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
}

Deno.test({
  name: "what is deployed needs its database, its variables, its static files and nothing else",
  ignore: sqldBinary() === null,
  fn: async () => {
    // What is built runs under other tests already.
    if (!isBuilt) await build();
    const database = (await startSqld())!;
    const db = await openDatabase(database);
    await migrateDatabase(db);
    const { ask } = await setStage(db);
    const id = await ask("sam", "immediately", { type: "source-request.redelivery-requested" });
    const key = await createApiKey(db, { name: "backlot" }, Date.now());
    const session = await createSession(db, "sam", Date.now());
    try {
      await using server = await startArtefact(database);
      ok(server.origin, server.output);
      const panel = await fetch(`${server.origin}/notifications`, {
        headers: { cookie: `__Host-session=${session}` },
      });
      const text = await panel.text();
      match(text, new RegExp(`/notifications/${id}\\b`));
      for (const [file] of text.matchAll(/\/static\/[^"]+/g)) {
        const response = await fetch(server.origin + file);
        equal(response.status, 200, file);
        await response.body?.cancel();
      }
      const posts = Array.from({ length: 200 }, (_, index) =>
        fetch(`${server.origin}/api/events`, {
          method: "POST",
          headers: { "authorization": `Bearer ${key}`, "content-type": single },
          body: JSON.stringify(cloudEvent({ id: `${index}` })),
        }).then((response) => response.json()));
      const accepted = { accepted: 1, duplicates: 0, rejected: [] };
      deepEqual(await Promise.all(posts), posts.map(() => accepted));
      await until(async () => (await listOutbox(db)).length > 0);
      equal((await listOutbox(db))[0]?.recipient, "sam@studio.example");
      ok(mostMemory(server.pid) < 512, `${mostMemory(server.pid)} MB`);
    } finally {
      db.$client.close();
      await database.stop();
    }
  },
});
