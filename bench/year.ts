import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "../db/client.ts";
import { appendEvents } from "../db/events.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { manyAccounts } from "../demo/cast.ts";
import { type CloudEvent, simulate } from "../demo/story.ts";
import type { Email } from "../domain/email.ts";
import { parseEvent } from "../domain/events.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { settle } from "../e2e/month.ts";
import { sweep } from "../jobs/sweep.ts";
import { optionsOrExit, wholeNumber } from "../tasks/arguments.ts";

// A year in simulated time, hour by hour, with all of its mail but nobody to send it to: `deno task year`. Unless told
// otherwise it is a hundredth of a large studio: of 20,000 people and 50,000 events a day.
// Prints for each month what came in, what went out and what is kept, and fails where something grows that should not.

const options = optionsOrExit(Deno.args, {
  "accounts": wholeNumber(1, 1_000).default(17),
  "per-day": wholeNumber(1, 50_000).default(500),
  "days": wholeNumber(30, 3_650).default(365),
  "retention-days": wholeNumber(1, 400).default(90),
});

const hour = 3_600_000;
const day = 24 * hour;
const month = 30 * day;
const until = Date.parse("2026-11-20T00:00:00Z");
const start = until - options.days * day;

interface Month {
  events: number;
  emails: number;
  /** Of their text and HTML, in bytes. */
  written: number;
  /** Seconds of real time. */
  took: number;
  /** Of the hour that took longest, in seconds: how late the last email of it would have been. */
  longest: number;
  /** What is kept at the end: rows by table, and bytes. */
  rows: Map<string, number>;
  size: number;
}

await using folder = await temporaryFolder();
const db = await openDatabase({ url: `file:${folder.path}/year.db` });
await migrateDatabase(db);
const accounts = manyAccounts(options.accounts);
await settle(db, accounts, start);
const people = accounts.reduce((sum, { users }) => sum + users.length, 0);
console.log(
  `${accounts.length} accounts, ${people} people, ${options["retention-days"]} days kept`,
);
console.log("month   events   emails  MB sent     rows  MB kept  seconds  longest hour");
const months = await live();
db.$client.close();
for (const problem of growths(months)) {
  console.error(problem);
  Deno.exitCode = 1;
}

async function live(): Promise<Month[]> {
  const upcoming = hours();
  const months: Month[] = [];
  for (let begin = start; begin + month <= until; begin += month) {
    const lived = await liveMonth(begin, upcoming);
    months.push(lived);
    console.log(rowOf(months.length, lived));
  }
  return months;
}

/** The events of each hour of the year. */
function* hours(): Generator<CloudEvent[]> {
  const { accounts, days, "per-day": perDay } = options;
  const events = simulate({ accounts, days, perDay, seed: 1, until });
  let [end, inHour] = [start + hour, [] as CloudEvent[]];
  for (const event of events) {
    while (Date.parse(event.time) >= end) {
      yield inHour;
      [end, inHour] = [end + hour, []];
    }
    inHour.push(event);
  }
  for (; end <= until; end += hour) {
    yield inHour;
    inHour = [];
  }
}

async function liveMonth(begin: number, upcoming: Generator<CloudEvent[]>): Promise<Month> {
  const lived = { events: 0, emails: 0, written: 0, took: 0, longest: 0 };
  const sendEmail = ({ id, text, html }: Email) => {
    lived.emails += 1;
    lived.written += text.length + html.length;
    return Promise.resolve(id);
  };
  for (let now = begin + hour; now <= begin + month; now += hour) {
    const events = upcoming.next().value ?? [];
    lived.events += events.length;
    const began = performance.now();
    await append(events, now);
    await sweepAt(now, sendEmail);
    if ((now - begin) % day === 0) showDay(now);
    const seconds = (performance.now() - began) / 1000;
    lived.took += seconds;
    lived.longest = Math.max(lived.longest, seconds);
  }
  return { ...lived, rows: await rowsIn(db), size: await sizeOf(db) };
}

/** Says at a terminal which day it is; the month's row takes its place. */
function showDay(now: number): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(
    new TextEncoder().encode(`\r${new Date(now).toISOString().slice(0, 10)}\r`),
  );
}

async function append(events: CloudEvent[], now: number): Promise<void> {
  const parsed = events.map(parseEvent).filter((event) => typeof event !== "string");
  const outcomes = parsed.length > 0 ? await appendEvents(db, parsed, now) : [];
  const accepted = outcomes.filter((outcome) => outcome === "accepted").length;
  if (accepted !== events.length) throw new Error(`${accepted} of ${events.length} were accepted`);
}

async function sweepAt(now: number, sendEmail: (email: Email) => Promise<string>): Promise<void> {
  const { problems } = await sweep({
    ...{ db, sendEmail, now: () => now, retentionDays: options["retention-days"] },
    ...{ baseUrl: "https://callboard.example", mailDomain: "callboard.example" },
    ...{ secretKey: "the secret of a simulated year, long enough", report: console.error },
  });
  if (problems > 0) throw new Error(`The sweep of ${new Date(now).toISOString()} had problems`);
}

async function rowsIn(db: Database): Promise<Map<string, number>> {
  const tables = await db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  );
  const rows = new Map<string, number>();
  for (const { name } of tables) {
    const [found] = await db.all<{ rows: number }>(
      sql`SELECT count(*) AS rows FROM ${sql.identifier(name)}`,
    );
    rows.set(name, found!.rows);
  }
  return rows;
}

/** The bytes of the database that are in use. */
async function sizeOf(db: Database): Promise<number> {
  const [found] = await db.all<{ size: number }>(sql`
    SELECT (page_count - freelist_count) * page_size AS size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`);
  return found!.size;
}

/** What went on growing after the first events left the log. */
function growths(months: Month[]): string[] {
  const full = Math.ceil(options["retention-days"] * day / month) + 1;
  const [first, last] = [months[full - 1], months.at(-1)!];
  if (!first || first === last) return ["The year is too short to see what is kept"];
  const tables = [...last.rows].flatMap(([name, rows]) => {
    const before = first.rows.get(name) ?? 0;
    return rows > 1.25 * before + 10 ? [`${name} grew from ${before} to ${rows} rows`] : [];
  });
  const isLarger = last.size > 1.25 * first.size;
  return [...tables, ...isLarger ? [`The database grew from ${first.size} to ${last.size}`] : []];
}

function rowOf(number: number, { events, emails, written, took, longest, rows, size }: Month) {
  const total = rows.values().reduce((sum, each) => sum + each, 0);
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  const cells = [
    [number, 5],
    [events, 8],
    [emails, 8],
    [megabytes(written), 8],
    [total, 8],
    [megabytes(size), 8],
    [took.toFixed(0), 8],
    [`${longest.toFixed(2)} s`, 13],
  ] as const;
  return cells.map(([cell, width]) => String(cell).padStart(width)).join(" ");
}
