import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { getOrAdd } from "../domain/maps.ts";
import { type Line, percentile } from "./measure.ts";
import { settle, type Size } from "./mornings.ts";
import { sentBy } from "./processes.ts";

// How the time and the memory of a morning grow with what it has to tell, and to whom.

/** The morning that is measured against others. */
export const usual: Size = { accounts: 1_000, people: 20, notifications: 3, events: 20_000 };
const small: Size = { accounts: 100, people: 20, notifications: 3, events: 2_000 };

/** What is measured against a tenth of itself, and behind a longer log against a shorter one. */
const sizes = {
  base: small,
  accounts: { ...small, accounts: small.accounts * 10, events: small.events * 10 },
  people: { ...small, people: small.people * 10 },
  events: { ...small, events: small.events * 10 },
  notifications: { ...small, notifications: small.notifications * 10 },
  short: { ...small, older: 10_000 },
  long: { ...small, older: 1_000_000 },
};

type SizeName = keyof typeof sizes;

const rounds = 3;

/** How the time grows; the memory of the largest morning, and of the largest digest. */
export async function growth(folder: string, sink: string): Promise<Line[]> {
  const secondsOf = await mediansOf(folder, sink);
  const { accounts, people, events, notifications } = small;
  const line = (unit: SizeName, amount: number) => ({
    work: `daily digests with ten times the ${unit}`,
    ...{ unit, amount: amount * 10, ours: secondsOf(unit) },
    ...{ against: "itself with a tenth of them", theirs: secondsOf("base") * 10, goal: 1 },
  });
  return [
    line("accounts", accounts),
    line("people", accounts * people),
    line("events", events),
    line("notifications", accounts * people * notifications),
    {
      work: "daily digests behind 1,000,000 older events",
      ...{ unit: "people", amount: accounts * people, ours: secondsOf("long") },
      ...{ against: "itself behind 10,000 of them", theirs: secondsOf("short"), goal: 0.8 },
    },
    await memoryLine(folder, sink, {
      work: "daily digests of 200,000 events to 20,000 people",
      size: { ...usual, events: 200_000 },
    }),
    await memoryLine(folder, sink, {
      work: "one digest of 60,000 events",
      size: { accounts: 1, people: 1, notifications: 20, events: 60_000 },
    }),
  ];
}

/** Answers with the median seconds that each size takes. They take turns, so that whatever slows a round slows all alike. */
async function mediansOf(folder: string, sink: string): Promise<(name: SizeName) => number> {
  const urls = new Map<string, string>();
  for (const [name, size] of Object.entries(sizes)) urls.set(name, await prepared(folder, size));
  const measured = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, url] of urls) {
      getOrAdd(measured, name, () => []).push(await secondsInCopy(url, sink));
    }
  }
  return (name) => percentile(measured.get(name)!, 50);
}

/** How long a morning takes in a copy of its database, which stays as it is. */
async function secondsInCopy(url: string, sink: string): Promise<number> {
  const path = url.slice("file:".length);
  const copy = `${path}-${crypto.randomUUID()}`;
  await Deno.copyFile(path, copy);
  await settleOnDisk(copy);
  const { seconds } = await sentBy("morning_by_callboard", [`file:${copy}`, sink]);
  await Deno.remove(copy);
  return seconds;
}

/** Waits until a file is on the disk: the first commit would otherwise wait for it, the longer the larger it is. */
async function settleOnDisk(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.sync();
}

async function memoryLine(
  folder: string,
  sink: string,
  { work, size }: { work: string; size: Size },
): Promise<Line> {
  const url = await prepared(folder, size);
  const { memory } = await sentBy("morning_by_callboard", [url, sink]);
  const value = memory / 1024 / 1024;
  return { work: `${work}: memory`, unit: "MB", value, limit: 512, should: "not exceed" };
}

/** The address of a new database that holds a morning. */
export async function prepared(folder: string, size: Size): Promise<string> {
  const url = `file:${folder}/${crypto.randomUUID()}.db`;
  const db = await openDatabase({ url });
  await migrateDatabase(db);
  await settle(db, size);
  // Into the file itself, which others copy.
  await db.$client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  db.$client.close();
  return url;
}
