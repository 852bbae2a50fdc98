import { openDatabase } from "../db/client.ts";
import { appendEvents } from "../db/events.ts";
import { migrateDatabase } from "../db/migrate.ts";
import type { CastAccount } from "../demo/company.ts";
import { type CloudEvent, simulate } from "../demo/story.ts";
import type { Email } from "../domain/email.ts";
import { parseEvent } from "../domain/events.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { settle } from "../e2e/month.ts";
import { openMailing } from "../jobs/mailing.ts";
import { clean } from "../jobs/sweep.ts";
import { wording } from "./sending.ts";
import { workedClock } from "./worked_clock.ts";
import { keptIn, latenessOf } from "./year_figures.ts";
import { type Day, monthDays } from "./year_months.ts";
import { accountsOf, toldIn, type YearOptions } from "./year_studio.ts";

// A group of accounts lives through a year in a database of its own, and prints a line of JSON for each day. Half an hour
// after the other, what happened in it comes in and all the mail is sent that is due then, by the code that the service
// runs; once a day, what is too old is removed. Spared is what would cost the simulation alone: nobody takes the emails,
// no commit waits for the disk, and nothing is looked for in the minutes between.

const minute = 60_000;
/** Where it is half past when it is eight elsewhere, digests are due as well. */
const step = 30 * minute;
const day = 24 * 60 * minute;

const options: YearOptions & { group: number } = JSON.parse(Deno.args[0]!);
const { start, days, retentionDays } = options;
const accounts = accountsOf(options, options.group);
const clock = workedClock(start);

await using folder = await temporaryFolder();
const db = await openDatabase({ url: `file:${folder.path}/year.db` });
await migrateDatabase(db);
await db.$client.execute("PRAGMA synchronous = OFF");
await settle(db, accounts, start);

const left = new Map<string, number>();
let written = 0;
const mailNow = openMailing({
  ...{ ...wording, db, now: clock.now, report: giveUp },
  sendEmail: ({ id, text, html }: Email) => {
    left.set(id, clock.now());
    written += bytesOf(text) + bytesOf(html);
    return Promise.resolve(id);
  },
}, clock.timer);

for (let lived = 0; lived + monthDays <= days; lived += monthDays) await liveMonth(lived);
db.$client.close();

async function liveMonth(lived: number): Promise<void> {
  const upcoming = happenings(accounts, lived);
  for (let nth = 1; nth <= monthDays; nth += 1) {
    const today = await liveDay(start + (lived + nth - 1) * day, upcoming);
    const kept = nth === monthDays ? await keptIn(db) : undefined;
    console.log(JSON.stringify({ ...today, kept }));
  }
}

async function liveDay(begin: number, upcoming: CloudEvent[]): Promise<Day> {
  const today: Day = { events: 0, emails: [], written: 0, took: 0, lateness: [] };
  const began = performance.now();
  for (let at = begin + step; at <= begin + day; at += step) {
    clock.set(at);
    const next = upcoming.findIndex(({ time }) => Date.parse(time) >= at);
    const events = upcoming.splice(0, next < 0 ? upcoming.length : next);
    await append(events);
    await mailNow();
    await clock.ring(at + step, mailNow);
    today.events += events.length;
    today.emails.push(left.size);
    today.lateness.push(...await latenessOf(db, left));
    left.clear();
  }
  await clean(db, { now: clock.now, retentionDays });
  [today.written, written] = [written, 0];
  today.took = (performance.now() - began) / 1000;
  return today;
}

/** What happens in a month that these accounts hear of; each month has requests of its own, so that no more of it is in memory. */
function happenings(accounts: CastAccount[], lived: number): CloudEvent[] {
  const until = start + (lived + monthDays) * day;
  const { accounts: count, perDay } = options;
  const seed = lived / monthDays + 1;
  const events = simulate({ accounts: count, days: monthDays, perDay, seed, until });
  return [...toldIn(accounts, events)];
}

async function append(events: CloudEvent[]): Promise<void> {
  if (events.length === 0) return;
  const parsed = events.map(parseEvent).filter((event) => typeof event !== "string");
  const outcomes = await appendEvents(db, parsed, clock.now());
  const accepted = outcomes.filter((outcome) => outcome === "accepted").length;
  if (accepted !== events.length) throw new Error(`${accepted} of ${events.length} were accepted`);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function giveUp(what: string, problem: unknown): never {
  console.error(what, problem);
  Deno.exit(1);
}
