import { openDatabase } from "./db/client.ts";
import { type Report, reportLine } from "./domain/reporting.ts";
import { configOrExit } from "./environment.ts";
import { sparing } from "./jobs/circuit.ts";
import { openMailing } from "./jobs/mailing.ts";
import { clean } from "./jobs/sweep.ts";
import { openTransport } from "./jobs/transport.ts";
import { createApp } from "./routes/app.tsx";
import { stoppable } from "./routes/stopping.ts";

// The parts list, then the timetable.

// Deno Deploy gives no argument, and evaluates this file once without any environment to find the crons.
const [asked] = Deno.args;
const mode = asked === "demo" || asked === "dev" ? asked : "start";
const now = () => Date.now();
const report: Report = (what, problem) => console.error(reportLine(what, problem, now()));
const stopping = new AbortController();
const mostSecondsToStop = 9;
// In the demo somebody is watching.
const spread = mode === "start" ? 240_000 : 0;

const open = async () => {
  const config = configOrExit(Deno.env, mode);
  const db = await openDatabase(config.database);
  const telemetry = config.telemetry
    ? (await import("./telemetry.ts")).openTelemetry(db, now)
    : undefined;
  const provider = await openTransport(config, db, now);
  const transport = telemetry?.mail(provider) ?? provider;
  const sendEmail = sparing(transport, { now, report });
  const parts = { ...config, db, sendEmail, now, report, stopping: stopping.signal, spread };
  const mailing = openMailing(parts);
  const mailNow = telemetry?.job("mail", mailing) ?? mailing;
  const purposes = config.demo ? (await import("./demo/cast.ts")).purposes : undefined;
  // Upstream is answered first: a database in a file does not let go of the process before it is done.
  const dispatch = () => void setTimeout(mailNow);
  const web = { db, config, now, report, dispatch, sendEmail: transport, purposes, telemetry };
  const app = createApp(web);
  const cleanUp = () => clean(db, parts).then(() => {}, (error) => report("clean-up", error));
  return { config, app, mailNow, cleanUp };
};
let opened: ReturnType<typeof open> | undefined;
const service = () => opened ??= open();

Deno.cron("mail", "* * * * *", async () => (await service()).mailNow());
Deno.cron("clean-up", "17 * * * *", async () => (await service()).cleanUp());

// Where somebody waits at a terminal, what is missing is said at once.
const config = asked === undefined ? undefined : (await service()).config;
const web = stoppable(async (request, info) => (await service()).app.fetch(request, info));
const server = Deno.serve({
  port: config?.port,
  hostname: config?.host,
  automaticCompression: true,
  onListen: ({ port }) => {
    if (!config) return;
    console.log(`Callboard listens on http://${config.host}:${port}`);
    if (config.demo) {
      console.log(
        `Open ${config.baseUrl}/sign-in and choose somebody. Mail lands at ${config.baseUrl}/outbox`,
      );
    }
  },
}, web.handle);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.addSignalListener(signal, async () => {
    stopping.abort();
    setTimeout(() => Deno.exit(1), mostSecondsToStop * 1000);
    // What is on its way is finished, what was only claimed is let go.
    await Promise.all([web.stop(), opened?.then(({ mailNow }) => mailNow())]);
    await server.shutdown();
    Deno.exit(0);
  });
}
