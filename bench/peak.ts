import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { startSqld } from "../e2e/sqld.ts";
import type { Limit } from "./measure.ts";
import { settle } from "./mornings.ts";
import { sentBy, startSink } from "./processes.ts";
import { providers } from "./providers.ts";

// The morning peak of a day: 100,000 people whose daily digest is due in the same hour. It takes many minutes, most of
// them to fill the databases, and runs only by name: `deno task bench peak`.

const peak = { accounts: 5_000, people: 20, notifications: 3, events: 100_000 };
const people = peak.accounts * peak.people;
const hour = 3_600;

/** Where the peak is measured: an empty database, and what a process needs to open it. */
interface Stage {
  name: string;
  db: Database;
  args: string[];
  close: () => Promise<void>;
}

/** What share of the hour 100,000 digests take, and how much memory, with a fast provider and a slow one. */
export async function morningPeak(): Promise<Limit[]> {
  const lines: Limit[] = [];
  for (const open of [onFile, onServer]) {
    for (const provider of providers) lines.push(...await peakOn(open, provider));
  }
  return lines;
}

async function peakOn(
  open: () => Promise<Stage | null>,
  { answers, delay, share }: typeof providers[number],
): Promise<Limit[]> {
  const stage = await open();
  if (!stage) return [];
  const { name, db, args, close } = stage;
  const what = `${people.toLocaleString("en")} people, ${name}, a provider that answers ${answers}`;
  tell(`${what}: filling the database`);
  await settle(db, peak);
  db.$client.close();
  await using sink = await startSink(delay);
  tell(`${what}: sending`);
  const [url, ...rest] = args as [string, ...string[]];
  const { emails, seconds, memory } = await sentBy("morning_by_callboard", [
    url,
    sink.url,
    ...rest,
  ]);
  await close();
  tell(`${what}: ${emails.toLocaleString("en")} emails in ${Math.round(seconds)} seconds`);
  const work = `morning peak: ${what}`;
  return [
    {
      work: `${work}: share of the hour`,
      ...{ unit: "%", value: 100 * seconds / hour, limit: share, should: "not exceed" },
    },
    {
      work: `${work}: memory`,
      ...{ unit: "MB", value: memory / 1024 / 1024, limit: 512, should: "not exceed" },
    },
  ];
}

async function onFile(): Promise<Stage> {
  const { db, url, close } = await temporaryDatabase();
  return { name: "file", db, args: [url], close };
}

/** Null where no libSQL server is there. */
async function onServer(): Promise<Stage | null> {
  const server = await startSqld();
  if (!server) return null;
  const db = await openDatabase(server);
  await migrateDatabase(db);
  const args = [server.url, server.authToken];
  return { name: "libSQL server", db, args, close: () => server.stop() };
}

/** Beside the table, which is printed to standard output. */
function tell(progress: string): void {
  console.error(progress);
}
