import { createAccounts, listAccounts } from "../db/accounts.ts";
import { byPage } from "../db/audit.ts";
import { type Database, openDatabase } from "../db/client.ts";
import { deactivateUser } from "../db/deactivation.ts";
import { appendEvents } from "../db/events.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { seedMutes, seedNotifications, seedPast } from "../db/seeding.ts";
import { createUsers } from "../db/users.ts";
import { Conflict } from "../domain/errors.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { configOrExit } from "../environment.ts";
import { optionsOrExit, wholeNumber } from "./arguments.ts";
import { cast, manyAccounts } from "../demo/cast.ts";
import type { CastAccount } from "../demo/company.ts";
import { deeds, departure, presences } from "../demo/past.ts";
import { simulate } from "../demo/story.ts";

// The demo cast and its month of events. History is appended before the people come, so that their bookmarks
// stand behind it: only the last day's events are owed to anybody.

interface SeedOptions {
  /** At least the cast. */
  accounts: number;
  now: number;
  report?: (line: string) => void;
}

const day = 86_400_000;
const days = 30;
const perDay = 100;

/** Fills an empty, migrated database with the cast, further accounts and a month of events; throws Conflict for any other. */
export async function seed(db: Database, { accounts, now, report }: SeedOptions): Promise<void> {
  const existing = await listAccounts(db);
  if (existing.length > 0) {
    throw new Conflict(
      `Cannot seed this database: it is not empty, ${count(existing.length, "account")} in it`,
    );
  }
  const all = manyAccounts(Math.max(accounts, cast.length));
  await createAccounts(db, all, now);
  report?.(count(all.length, "account"));
  const { history, lastDay } = monthUntil(now);
  await append(db, history);
  report?.(count(history.length, "event"));
  await addPeople(db, all, { now, report });
  await append(db, lastDay);
  report?.(`${count(lastDay.length, "event")} of the last day, still to be told`);
}

/** The cast's own month, however many further accounts there are. */
function monthUntil(now: number): { history: PostedEvent[]; lastDay: PostedEvent[] } {
  const events = [...simulate({ accounts: cast.length, days, perDay, seed: 1, until: now })].map(
    posted,
  );
  const split = events.findIndex(({ time }) => time! >= now - day);
  return split === -1
    ? { history: events, lastDay: [] }
    : { history: events.slice(0, split), lastDay: events.slice(split) };
}

function posted(event: unknown): PostedEvent {
  const parsed = parseEvent(event);
  if (typeof parsed === "string") throw new Error(`Cannot append a simulated event: ${parsed}`);
  return parsed;
}

/** Every batch was received when the last of its events happened. */
async function append(db: Database, events: PostedEvent[]): Promise<void> {
  for (const batch of inBatches(events, 500)) await appendEvents(db, batch, batch.at(-1)!.time!);
}

async function addPeople(
  db: Database,
  all: CastAccount[],
  { now, report }: Pick<SeedOptions, "now" | "report">,
): Promise<void> {
  const people = all.flatMap((account) =>
    account.users.map((user) => ({
      ...user,
      accountId: account.id,
      pausedUntil: null,
      zoneConfirmedAt: user.zoneGuessed ? null : now,
    }))
  );
  for (const batch of inBatches(people, 2_000)) {
    await createUsers(db, batch, now);
    const asked = batch.flatMap((user) =>
      user.notifications.map((n) => ({ ...n, userId: user.id }))
    );
    await seedNotifications(db, batch, asked, now);
    const muted = batch.flatMap(({ id, mutedDefaults = [] }) =>
      mutedDefaults.map((type) => ({ userId: id, type }))
    );
    await seedMutes(db, muted, now);
  }
  for (const { id, accountId } of people.filter(({ deactivated }) => deactivated)) {
    await deactivateUser(db, accountId, id, now - departure.ago, byPage(departure.by));
  }
  await addPast(db, now);
  report?.(count(people.length, "person", "people"));
  const notifications = people.reduce((sum, user) => sum + user.notifications.length, 0);
  report?.(count(notifications, "custom notification"));
}

/** Lets the cast have been here before, as the audit log and their last sign-ins tell. */
async function addPast(db: Database, now: number): Promise<void> {
  const there = Object.entries(presences).map(([id, { joined, signedIn }]) => ({
    id,
    joinedAt: now - joined,
    signedInAt: signedIn === null ? null : now - signedIn,
  }));
  await seedPast(db, there, deeds.map(({ ago, ...deed }) => ({ ...deed, at: now - ago })));
}

function inBatches<T>(list: T[], size: number): T[][] {
  const batches = Math.ceil(list.length / size);
  return Array.from({ length: batches }, (_, i) => list.slice(i * size, (i + 1) * size));
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

if (import.meta.main) {
  const { accounts } = optionsOrExit(Deno.args, {
    accounts: wholeNumber(1, 10_000).default(cast.length),
  });
  const { database } = configOrExit(Deno.env, "task");
  const db = await openDatabase(database);
  await migrateDatabase(db);
  try {
    await seed(db, { accounts, now: Date.now(), report: (line) => console.log(line) });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    console.error(error.message);
    Deno.exitCode = 2;
  } finally {
    db.$client.close();
  }
}
