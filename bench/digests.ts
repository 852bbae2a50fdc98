import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { settle, type Size } from "./mornings.ts";
import type { Line } from "./measure.ts";
import { startPostgres, startRedis } from "./peers/servers.ts";
import type { Sent } from "./sending.ts";
import { sentBy, startSink } from "./processes.ts";

const usual: Size = { accounts: 1_000, people: 20, notifications: 3, events: 20_000 };
const small: Size = { accounts: 100, people: 20, notifications: 3, events: 2_000 };

/** To how many of the people each peer sends, so that all of them together take a minute. */
const peersPeople = 3_000;

const peers = [
  { name: "BullMQ on Redis", program: "bullmq", start: startRedis, needs: "redis-server", goal: 5 },
  {
    name: "graphile-worker",
    program: "graphile_worker",
    start: startPostgres,
    needs: "postgresql",
    goal: 10,
  },
  { name: "pg-boss", program: "pg_boss", start: startPostgres, needs: "postgresql", goal: 10 },
];

/** A morning of daily digests, from the events to the provider, beside others. */
export async function digests(): Promise<Line[]> {
  await using sink = await startSink();
  await using folder = await temporaryFolder();
  return [
    ...await againstPeers(await prepared(folder.path, usual), sink.url),
    ...await growth((size) => morningOf(folder.path, sink.url, size)),
  ];
}

/** Against queues with a job for each recipient. They only read the database, and come first. */
async function againstPeers(url: string, sink: string): Promise<Line[]> {
  const theirs = [];
  for (const peer of peers) {
    await using server = await peer.start();
    if (!server) console.error(`${peer.name} is skipped: ${peer.needs} is not installed`);
    else {
      const args = [url, sink, server.address, `${peersPeople}`];
      theirs.push({ peer, sent: await sentBy(`peers/${peer.program}`, args) });
    }
  }
  const ours = await sentBy("morning_by_callboard", [url, sink]);
  return theirs.map(({ peer: { name, goal }, sent }) => ({
    work: "daily digests: 20,000 events, 1,000 accounts, 20 people each",
    ...{ unit: "emails", amount: ours.emails, ours: ours.seconds, goal },
    against: `${name}, a job for each recipient as usual`,
    theirs: sent.seconds * ours.emails / sent.emails,
  }));
}

/** Ten times as much of one thing, against itself; and the memory of the largest morning. */
async function growth(measure: (size: Size) => Promise<Sent>): Promise<Line[]> {
  const bases = [await measure(small)];
  const { accounts, events, notifications } = small;
  const people = accounts * small.people;
  const byAccounts = await measure({ ...small, accounts: accounts * 10, events: events * 10 });
  const byEvents = await measure({ ...small, events: events * 10 });
  const byNotifications = await measure({ ...small, notifications: notifications * 10 });
  bases.push(await measure(small));
  const base = bases.reduce((sum, { seconds }) => sum + seconds, 0) / bases.length;
  const line = (unit: string, amount: number, { seconds }: Sent) => ({
    work: `daily digests with ten times the ${unit}`,
    ...{ unit, amount: amount * 10, ours: seconds },
    ...{ against: "itself with a tenth of them", theirs: base * 10, goal: 1 },
  });
  const { memory } = await measure({ ...usual, notifications: 1, events: 200_000 });
  return [
    line("accounts", accounts, byAccounts),
    line("events", events, byEvents),
    line("notifications", people * notifications, byNotifications),
    {
      work: "daily digests of 200,000 events to 20,000 people: memory",
      ...{ unit: "MB", value: memory / 1024 / 1024, limit: 512, should: "not exceed" },
    },
  ];
}

async function morningOf(folder: string, sink: string, size: Size): Promise<Sent> {
  return await sentBy("morning_by_callboard", [await prepared(folder, size), sink]);
}

/** The address of a new database that holds a morning. */
async function prepared(folder: string, size: Size): Promise<string> {
  const url = `file:${folder}/${crypto.randomUUID()}.db`;
  const db = await openDatabase({ url });
  await migrateDatabase(db);
  await settle(db, size);
  db.$client.close();
  return url;
}
