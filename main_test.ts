import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createApiKey } from "./db/api_keys.ts";
import { openDatabase } from "./db/client.ts";
import { listOutbox } from "./db/outbox.ts";
import { events } from "./db/schema.ts";
import { denoRun, runTask, temporaryFolder } from "./e2e/command.ts";
import { temporaryPlace } from "./e2e/place.ts";
import { publicUrl, startServer } from "./e2e/production_server.ts";
import { setStage } from "./e2e/stage.ts";
import { until } from "./e2e/until.ts";
import { cloudEvent } from "./e2e/upstream.ts";

Deno.test("start names everything that it misses at once, and exits with 2", async () => {
  await using folder = await temporaryFolder();
  const { code, lines, stderr } = await runTask("start", { cwd: folder.path });
  deepEqual([code, lines], [2, []]);
  match(stderr, /^Callboard cannot start:\nSECRET_KEY is missing: .*\nMAIL is missing: .*\n$/);
  deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("start serves, says when it is ready, and has nothing of the demo", async () => {
  await using place = await temporaryPlace();
  await using server = await startServer(place.path, place.env);
  const get = async (path: string) => {
    const response = await fetch(server.origin + path, { redirect: "manual" });
    return { status: response.status, text: await response.text() };
  };
  ok(server.origin, server.output);
  equal((await get("/healthz")).status, 200);
  equal((await get("/readyz")).status, 503);
  equal((await runTask("db:migrate", { cwd: place.path, env: place.env })).code, 0);
  equal((await get("/readyz")).status, 200);

  const db = await openDatabase(place.database);
  try {
    await setStage(db);
    const signIn = await get("/sign-in");
    equal(signIn.status, 200);
    ok(!signIn.text.includes("Sign in as"));
    equal((await get("/outbox")).status, 404);
    const asAda = await fetch(`${server.origin}/sign-in/as/ada`, {
      method: "POST",
      headers: { origin: publicUrl },
      body: new URLSearchParams(),
    });
    deepEqual([asAda.status, asAda.headers.get("set-cookie")], [404, null]);
    await asAda.body?.cancel();
  } finally {
    db.$client.close();
  }
});

Deno.test("evaluated with no environment at all, the entry names its crons and does nothing but listen", async () => {
  const watcher = `data:text/javascript,
    Object.defineProperty(Deno, "cron", { value: async (...job) => console.log(...job.slice(0, 2)) });
    addEventListener("load", () => console.log("evaluated"));`;
  const child = denoRun({
    // Where to listen is Deno's own affair, as it is on Deno Deploy.
    env: { DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" },
    args: ["--preload", watcher, "--allow-net=127.0.0.1", new URL("main.ts", import.meta.url).href],
  }).spawn();
  const problems = new Response(child.stderr).text();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.includes("evaluated")) break;
  }
  equal(output, "mail * * * * *\nclean-up 17 * * * *\nevaluated\n");
  child.kill("SIGTERM");
  deepEqual(await child.status, { success: true, code: 0, signal: null });
  equal(await problems, "");
});

Deno.test("a server that is told to stop finishes what it was asked before", async () => {
  await using place = await temporaryPlace();
  equal((await runTask("db:migrate", { cwd: place.path, env: place.env })).code, 0);
  const db = await openDatabase(place.database);
  try {
    await setStage(db);
    const key = await createApiKey(db, { name: "backlot" }, Date.now());
    await using server = await startServer(place.path, place.env);
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const response = fetch(`${server.origin}/api/events`, {
      method: "POST",
      headers: { "authorization": `Bearer ${key}`, "content-type": "application/x-ndjson" },
      body: body.readable,
    });
    const write = (ids: number[]) =>
      writer.write(new TextEncoder().encode(
        ids.map((id) => `${JSON.stringify(cloudEvent({ id: `${id}` }))}\n`).join(""),
      ));
    const many = Array.from({ length: 2_000 }, (_, id) => id);
    await Promise.all([write(many), until(async () => await db.$count(events) > 0)]);
    server.stop();
    await write([many.length]);
    await writer.close();
    deepEqual(await (await response).json(), { accepted: 2_001, duplicates: 0, rejected: [] });
    deepEqual(await server.ended, { success: true, code: 0, signal: null });
  } finally {
    db.$client.close();
  }
});

Deno.test("an event that is posted to the running server is mailed at once", async () => {
  await using place = await temporaryPlace();
  equal((await runTask("db:migrate", { cwd: place.path, env: place.env })).code, 0);
  const db = await openDatabase(place.database);
  try {
    const { ask } = await setStage(db);
    await ask("sam", "immediately", { type: "source-request.redelivery-requested" });
    const key = await createApiKey(db, { name: "backlot" }, Date.now());
    await using server = await startServer(place.path, place.env);
    const response = await fetch(`${server.origin}/api/events`, {
      method: "POST",
      headers: {
        "authorization": `Bearer ${key}`,
        "content-type": "application/cloudevents+json",
      },
      body: JSON.stringify(cloudEvent()),
    });
    deepEqual(await response.json(), { accepted: 1, duplicates: 0, rejected: [] });
    await until(async () => (await listOutbox(db)).length > 0);
    const [email] = await listOutbox(db);
    equal(email?.recipient, "sam@studio.example");
    match(email.subject, /^Redelivery Requested/);
  } finally {
    db.$client.close();
  }
});
