import { deepEqual, equal, ok } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { listOutbox } from "../db/outbox.ts";
import { telemetryTo } from "./collector.ts";
import { temporaryPlace } from "./place.ts";
import { startServer } from "./production_server.ts";
import { setStage } from "./stage.ts";
import { until } from "./until.ts";
import { cloudEvent, single } from "./upstream.ts";

// Whoever watches from outside is in trouble themselves: nobody inside may notice.

const second = 1_000;
type Server = Awaited<ReturnType<typeof startServer>>;

/** Takes events and mails them beside a collector at that port, and is told to stop; then somebody looks at it. */
async function workBeside(port: number, look: (server: Server) => Promise<void>): Promise<void> {
  await using place = await temporaryPlace();
  const db = await openDatabase(place.database);
  try {
    await migrateDatabase(db);
    const { ask } = await setStage(db);
    await ask("sam", "immediately", { type: "source-request.redelivery-requested" });
    const key = await createApiKey(db, { name: "backlot" }, Date.now());
    await using server = await startServer(place.path, { ...place.env, ...telemetryTo(port) });
    ok(server.origin, server.output);
    const post = async (id: string) => {
      const response = await fetch(`${server.origin}/api/events`, {
        method: "POST",
        headers: { "authorization": `Bearer ${key}`, "content-type": single },
        body: JSON.stringify(cloudEvent({ id, subject: id })),
      });
      return [response.status, (await response.json()).accepted];
    };
    for (const count of [1, 2]) {
      deepEqual(await post(String(count)), [202, 1]);
      await until(async () => (await listOutbox(db)).length === count);
      equal((await listOutbox(db)).length, count);
      // Meanwhile exports are owed, and tried.
      await new Promise((over) => setTimeout(over, second));
    }
    const told = performance.now();
    server.stop();
    await look(server);
    ok(performance.now() - told < 10 * second);
  } finally {
    db.$client.close();
  }
}

Deno.test("a collector that refuses keeps no event and no email waiting, nor the service from stopping", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await workBeside(port, async ({ ended }) => equal((await ended).code, 0));
});

Deno.test("a collector that hangs keeps no event and no email waiting, nor the service from finishing its work", async () => {
  const held: Deno.Conn[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const holding = (async () => {
    for await (const connection of listener) held.push(connection);
  })();
  try {
    await workBeside(listener.addr.port, async ({ origin, kill }) => {
      const isGone = () => fetch(`${origin}/healthz`).then(() => false, () => true);
      await until(isGone);
      ok(await isGone());
      // Everything of ours is finished; Deno itself now waits for the collector, without limit.
      kill();
    });
    ok(held.length > 0);
  } finally {
    listener.close();
    await holding;
    for (const connection of held) connection.close();
  }
});
