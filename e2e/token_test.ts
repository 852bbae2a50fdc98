import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { exampleEvent } from "../domain/example_event.ts";
import { reportLine } from "../domain/reporting.ts";
import { openMailing } from "../jobs/mailing.ts";
import { startApp } from "./app.ts";
import { runTask, temporaryFolder } from "./command.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { until } from "./until.ts";
import { single } from "./upstream.ts";

// A database that no longer takes our token, or never did: who runs the service has to read so.

const second = 1_000;
const hour = 3_600 * second;
/** How long a libSQL server takes a token that has expired. */
const forgiven = 60 * second;
const ignore = sqldBinary() === null;
const missing = "The database wants TURSO_AUTH_TOKEN: it is missing";
const problem = "The database does not take TURSO_AUTH_TOKEN: it is wrong or has expired";

type Web = Awaited<ReturnType<typeof startApp>>;

async function statusOfPost({ app }: Web, key: string): Promise<number> {
  const headers = { "authorization": `Bearer ${key}`, "content-type": single };
  const body = JSON.stringify(exampleEvent);
  return (await app.request("/api/events", { method: "POST", headers, body })).status;
}

/** What the jobs complain about when the cron comes. */
async function complaintsOfMail({ db, clock }: Web): Promise<string[]> {
  const complaints: string[] = [];
  const mailNow = openMailing({
    ...{ db, now: () => clock.now, sendEmail: () => Promise.resolve("taken") },
    ...{ baseUrl: "http://localhost", mailDomain: "localhost", secretKey: "s".repeat(32) },
    report: (what, error) => complaints.push(JSON.parse(reportLine(what, error, 0)).problem),
  });
  await mailNow();
  return complaints;
}

Deno.test({
  name:
    "whoever runs a task with a token that is missing, wrong or expired reads so, and nothing is begun",
  ignore,
  fn: async () => {
    await using folder = await temporaryFolder();
    const server = (await startSqld())!;
    try {
      const expired = await server.tokenUntil(new Date(Date.now() - hour));
      const problems = { "": missing, "not-a-token": problem, [expired]: problem };
      for (const [TURSO_AUTH_TOKEN, said] of Object.entries(problems)) {
        const env = {
          ...{ TURSO_DATABASE_URL: server.url, TURSO_AUTH_TOKEN, SECRET_KEY: "s".repeat(32) },
          MAIL: "outbox",
        };
        for (const task of ["db:migrate", "sweep"]) {
          const { code, lines, stderr } = await runTask(task, { cwd: folder.path, env });
          ok(code > 0 && lines.length === 0, task);
          match(stderr, new RegExp(`Unavailable: ${said}$`, "m"));
          ok(TURSO_AUTH_TOKEN === "" || !stderr.includes(TURSO_AUTH_TOKEN), stderr);
        }
      }
    } finally {
      await server.stop();
    }
  },
});

Deno.test({
  name: "a token that expires while the service runs is named to its operator, not to its readers",
  ignore,
  fn: async () => {
    const server = (await startSqld())!;
    const mended = await openDatabase(server);
    await migrateDatabase(mended);
    const end = new Date(Date.now() - forgiven + 15 * second);
    const place = { url: server.url, authToken: await server.tokenUntil(end) };
    const db = await openDatabase(place);
    const close = () => Promise.resolve(db.$client.close());
    const web = await startApp({}, { ...place, db, close });
    try {
      const key = await createApiKey(mended, { name: "backlot" }, web.clock.now);
      const ana = await web.browse("ana");
      equal((await ana.get("/notifications")).status, 200);
      const ready = () => web.app.request("/readyz");
      await until(async () => (await ready()).status === 503);

      equal((await (await ready()).json()).detail, `${problem}.`);
      const page = await ana.get("/notifications");
      deepEqual([page.status, /TOKEN/.test(page.text)], [503, false]);
      equal(await statusOfPost(web, key), 503);
      deepEqual(await complaintsOfMail(web), [`query failed: Unavailable: ${problem}`]);
      const lines = web.logged.map((line) => JSON.parse(line));
      for (const line of lines) equal(line.problem, `Unavailable: ${problem}`);
      // That the session was in use may be noted late, and then fails as well.
      const asked = lines.map(({ what }) => what).filter((what) => /^[A-Z]+ \//.test(what));
      deepEqual(asked, ["GET /notifications", "POST /api/events"]);
    } finally {
      await web.close();
      mended.$client.close();
      await server.stop();
    }
  },
});
