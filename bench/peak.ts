import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { startSqld } from "../e2e/sqld.ts";
import type { Limit } from "./measure.ts";
import { anotherDay, morning, settle } from "./mornings.ts";
import { sentBy, startSink } from "./processes.ts";
import { type Provider, providers } from "./providers.ts";
import type { Sent } from "./sending.ts";

// The morning peak of a day: 100,000 people whose daily digest is due in the same hour. It takes some ten minutes, and
// runs only by name: `deno task bench peak`.

const peak = { accounts: 5_000, people: 20, notifications: 3, events: 100_000 };
const people = peak.accounts * peak.people;
const hour = 3_600;

/** As somebody would set them for such a morning, who knows the provider; the default rate is 200 emails a second. */
function settingsFor({ delay }: Provider) {
  return { sendRate: 3_000, sendConcurrency: delay > 0 ? 200 : 50 };
}

/** Where the peak is measured: an empty database, and what a process needs to open it. */
interface Stage {
  name: string;
  db: Database;
  url: string;
  authToken?: string;
  close: () => Promise<void>;
}

/** What share of the hour 100,000 digests take, and how much memory, with a fast provider and a slow one. */
export async function morningPeak(): Promise<Limit[]> {
  const lines: Limit[] = [];
  for (const open of [onFile, onServer]) {
    const stage = await open();
    if (stage) lines.push(...await peakOn(stage));
  }
  return lines;
}

/** One morning for each provider, day after day. */
async function peakOn(stage: Stage): Promise<Limit[]> {
  tell(`${stage.name}: filling the database with ${people.toLocaleString("en")} people`);
  await settle(stage.db, peak);
  const lines: Limit[] = [];
  for (const [index, provider] of providers.entries()) {
    const at = index === 0 ? morning : await anotherDay(stage.db, peak);
    lines.push(...linesOf(stage, provider, await sentAt(stage, provider, at)));
  }
  await stage.close();
  return lines;
}

async function sentAt(
  { name, url, authToken }: Stage,
  provider: Provider,
  at: number,
): Promise<Sent> {
  const { answers, delay } = provider;
  await using sink = await startSink(delay);
  tell(`${name}, a provider that answers ${answers}: sending`);
  const progress = setInterval(async () => tell(`${await takenBy(sink)} emails`), 15_000);
  const options = { ...settingsFor(provider), at, ...authToken && { authToken } };
  const sent = await sentBy("morning_by_callboard", [url, sink.url, JSON.stringify(options)]);
  clearInterval(progress);
  tell(`${sent.emails.toLocaleString("en")} emails in ${Math.round(sent.seconds)} seconds`);
  return sent;
}

async function takenBy({ url }: { url: string }): Promise<string> {
  return await (await fetch(url)).text();
}

function linesOf({ name }: Stage, { answers, share }: Provider, sent: Sent): Limit[] {
  const work = `morning peak: ${
    people.toLocaleString("en")
  } people, ${name}, a provider that answers ${answers}`;
  const limit = (unit: string, value: number, limit: number): Limit => ({
    ...{ work: unit === "%" ? `${work}: share of the hour` : `${work}: memory` },
    ...{ unit, value, limit, should: "not exceed" },
  });
  return [
    limit("%", 100 * sent.seconds / hour, share),
    limit("MB", sent.memory / 1024 / 1024, 512),
  ];
}

async function onFile(): Promise<Stage> {
  return { name: "file", ...await temporaryDatabase() };
}

/** Null where no libSQL server is there. */
async function onServer(): Promise<Stage | null> {
  const server = await startSqld();
  if (!server) return null;
  const { url, authToken } = server;
  const db = await openDatabase(server);
  await migrateDatabase(db);
  return { name: "libSQL server", db, url, authToken, close: () => server.stop() };
}

/** Beside the table, which is printed to standard output. */
function tell(progress: string): void {
  console.error(progress);
}
