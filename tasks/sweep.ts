import { type Report, reportLine } from "../domain/reporting.ts";
import { configOrExit } from "../environment.ts";
import { openMigratedOrExit } from "./database.ts";
import { sweep } from "../jobs/sweep.ts";
import { openTransport } from "../jobs/transport.ts";
import { instant, optionsOrExit } from "./arguments.ts";

// Does once, as if it were that instant, everything that the crons would do.

const { at } = optionsOrExit(Deno.args, { at: instant().optional() });
const config = configOrExit(Deno.env, "task");
const now = () => at ?? Date.now();
const report: Report = (what, problem) => console.error(reportLine(what, problem, now()));

const db = await openMigratedOrExit(config.database);
const sendEmail = await openTransport(config, db, now);
const summary = await sweep({ ...config, db, sendEmail, now, report });
db.$client.close();
console.log(JSON.stringify({ at: new Date(now()).toISOString(), ...summary }));
