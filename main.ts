import { openDatabase } from "./db/client.ts";
import { logText } from "./domain/errors.ts";
import { configOrExit } from "./environment.ts";
import { sparing } from "./jobs/circuit.ts";
import { openMailing } from "./jobs/mailing.ts";
import { clean } from "./jobs/sweep.ts";
import { openTransport } from "./jobs/transport.ts";
import { createApp } from "./routes/app.tsx";

// The parts list, then the timetable.

const mode = Deno.args[0] === "demo" || Deno.args[0] === "dev" ? Deno.args[0] : "start";
const config = configOrExit(Deno.env.toObject(), mode);
const now = () => Date.now();
const report = (what: string, error: unknown) =>
  console.error(JSON.stringify({ at: new Date().toISOString(), what, problem: logText(error) }));

const db = await openDatabase(config.database);
const sendEmail = await openTransport(config, db, now);
const parts = { ...config, db, sendEmail: sparing(sendEmail, { now, report }), now, report };
const mailNow = openMailing(parts);
const dispatch = () => void mailNow();
const purposes = config.demo ? (await import("./demo/cast.ts")).purposes : undefined;
const app = createApp({ db, config, now, dispatch, sendEmail, purposes });

Deno.cron("mail", "* * * * *", mailNow);
Deno.cron(
  "clean-up",
  "17 * * * *",
  () => clean(db, parts).then(() => {}, (error) => report("clean-up", error)),
);

Deno.serve({
  port: config.port,
  hostname: config.host,
  automaticCompression: true,
  onListen: ({ port }) => {
    console.log(`Callboard listens on http://${config.host}:${port}`);
    if (config.demo) {
      console.log(
        `Open ${config.baseUrl}/sign-in and choose somebody. Mail lands at ${config.baseUrl}/outbox`,
      );
    }
  },
}, app.fetch);
