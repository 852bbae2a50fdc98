import { deepEqual, match, ok } from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { createScimKey } from "../db/scim_keys.ts";
import { command, runTask, temporaryFolder } from "./command.ts";
import { startIdentityProvider } from "./identity_provider.ts";
import { setStage } from "./stage.ts";
import { until } from "./until.ts";
import { cloudEvent } from "./upstream.ts";

// The service as it runs in production, with everything around it in trouble, so that it has much to say.

const baseUrl = "https://callboard.example";
const ada = { email: "ada@lumen.example", email_verified: true };
const title = "The Title That Nobody Knows Yet";
const words = "My words to support are mine";
const password = "the-password-of-the-relay";
const secretKey = "the key that signs every link, and is long enough";

/** A relay that takes no email, and quotes its reader while it says so. */
async function startRelay() {
  const messages: string[] = [];
  const relay = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(null, { user: "callboard" }),
    onData(stream, { envelope }, done) {
      text(stream).then((message) => {
        messages.push(message.replaceAll("=\r\n", ""));
        const [reader] = envelope.rcptTo;
        done(Object.assign(new Error(`<${reader?.address}> is nobody`), { responseCode: 550 }));
      });
    },
  });
  const listener = relay.listen(0, "127.0.0.1");
  await new Promise((listening) => listener.once("listening", listening));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `smtp://callboard:${password}@127.0.0.1:${port}`,
    messages,
    close: () => new Promise<void>((closed) => relay.close(closed)),
  };
}

/** The service in that folder, with its log so far. */
async function startService(cwd: string, env: Record<string, string>) {
  const child = command("start", { cwd, env }).spawn();
  let log = "";
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) log += text;
  };
  const ended = Promise.all([listen(child.stdout), listen(child.stderr), child.status]);
  await until(() => log.includes("listens on"));
  const origin = /listens on (http:\S+)/.exec(log)?.[1] ?? "";
  return {
    log: () => log,
    ask: (path: string, init: RequestInit = {}) =>
      fetch(origin + path, {
        ...init,
        headers: { origin: baseUrl, ...init.headers },
        redirect: "manual",
      }),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

Deno.test("whatever goes wrong, the log names no address, no title, no word of anybody and no secret", async () => {
  await using folder = await temporaryFolder();
  const relay = await startRelay();
  const provider = await startIdentityProvider(baseUrl, { "ada-at-the-provider": ada });
  const database = `file:${folder.path}/callboard.db`;
  const service = await startService(folder.path, {
    ...{ PORT: "0", HOST: "127.0.0.1", BASE_URL: baseUrl, TURSO_DATABASE_URL: database },
    ...{ SECRET_KEY: secretKey, SMTP_URL: relay.url, MAIL_FROM: "from@callboard.example" },
    ...{ OIDC_ISSUER: provider.settings.issuer, OIDC_CLIENT_ID: provider.settings.clientId },
    ...{ OIDC_CLIENT_SECRET: provider.settings.clientSecret },
    ...{ SUPPORT_EMAIL: "support@callboard.example" },
  });
  const env = { TURSO_DATABASE_URL: database, SECRET_KEY: secretKey };
  deepEqual((await runTask("db:migrate", { cwd: folder.path, env })).code, 0);
  const db = await openDatabase({ url: database });
  const { ask, log } = service;
  const post = (path: string, fields: Record<string, string>, cookie = "") =>
    ask(path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie } });
  const said = (what: RegExp) => until(() => what.test(log()));
  const used: string[] = [password, secretKey, provider.settings.clientSecret];

  const stage = await setStage(db);
  await stage.ask("ada", "immediately");

  const asked = await post("/sign-in", { email: ada.email });
  const browser = asked.headers.getSetCookie().map(pairOf).join("; ");
  await said(/sign-in email/);
  const [, token] = /\/sign-in\/([\w-]{43})/.exec(relay.messages[0]!)!;
  const signedIn = await post(`/sign-in/${token}`, {}, browser);
  const session = signedIn.headers.getSetCookie().map(pairOf).join("; ");
  match(session, /^__Host-session=/);
  used.push(token!, ...valuesOf(browser), ...valuesOf(session));

  const begun = await ask("/sign-in/oidc");
  const attempt = begun.headers.getSetCookie().map(pairOf).join("; ");
  const back = await provider.signIn(begun.headers.get("location")!, "ada-at-the-provider");
  provider.forge({ claims: { aud: "somebody-else" } });
  const refused = await ask(back.pathname + back.search, { headers: { cookie: attempt } });
  deepEqual(refused.status, 403);
  used.push(...valuesOf(attempt), back.searchParams.get("code")!, back.searchParams.get("state")!);
  used.push("ada-at-the-provider");

  const key = await createApiKey(db, { name: "backlot" }, Date.now());
  const tell = (authorization: string, event: unknown) =>
    ask("/api/events", {
      method: "POST",
      body: JSON.stringify(event),
      headers: { authorization, "content-type": "application/cloudevents+json" },
    });
  const event = cloudEvent({ type: "source-request.delivered", time: new Date().toISOString() }, {
    accounts: ["lumen"],
    title: { id: "81", name: title },
  });
  used.push(key, "a-key-that-nobody-has");
  deepEqual((await tell("Bearer a-key-that-nobody-has", event)).status, 401);
  deepEqual((await tell(`Bearer ${key}`, event)).status, 202);
  await until(() => relay.messages.length > 1);
  const [, mute] = /\/mute\/([\w.~%-]+)/.exec(relay.messages[1]!)!;
  used.push(mute!);

  const scimKey = await createScimKey(db, { name: "directory", accountId: "lumen" }, Date.now());
  const provision = (path: string, init: RequestInit = {}) =>
    ask(`/scim/v2/Users${path}`, {
      ...init,
      headers: { authorization: `Bearer ${scimKey}`, "content-type": "application/scim+json" },
    });
  const newcomer = { userName: "newcomer@lumen.example", externalId: "known-to-the-directory" };
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
  const user = JSON.stringify({ ...newcomer, schemas, name: { formatted: "Cy Newcomer" } });
  deepEqual((await provision("", { method: "POST", body: user })).status, 201);
  used.push(scimKey, ...Object.values(newcomer), "Cy Newcomer");

  await post("/support", { reference: "CB-22222-22222", page: "/", words }, session);
  await said(/CB-22222-22222/);

  await db.run(sql`DROP TABLE notifications`);
  await ask("/notifications?q=something-they-sought", { headers: { cookie: session } });
  await tell(`Bearer ${key}`, { ...event, id: "another" });
  await provision(`?filter=${encodeURIComponent(`userName eq "${newcomer.userName}"`)}`);
  await provision("", { method: "POST", body: user });
  await said(/query failed|no such table|Unavailable/);
  used.push("something-they-sought");

  await service.stop();
  db.$client.close();
  await Promise.all([relay.close(), provider.close()]);

  for (
    const line of [/"what":"sign-in email /, /"problem":"Error: refused: /, /CB-22222-22222/]
  ) {
    match(log(), line);
  }
  const [listening, ...lines] = log().trimEnd().split("\n");
  match(listening!, /^Callboard listens on /);
  for (const line of lines) deepEqual(Object.keys(JSON.parse(line)), ["at", "what", "problem"]);
  const secrets = [...used, ada.email, "Ada Byrne", "support@", "from@", title, words];
  for (const secret of secrets) ok(!log().includes(secret), `${secret} in the log:\n${log()}`);
});

function pairOf(cookie: string): string {
  return cookie.split(";")[0]!;
}

function valuesOf(pairs: string): string[] {
  return pairs.split("; ").map((pair) => pair.slice(pair.indexOf("=") + 1));
}
