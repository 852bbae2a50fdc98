import { deepEqual, equal } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { createAccounts } from "../db/accounts.ts";
import type { Database } from "../db/client.ts";
import { appendEvents } from "../db/events.ts";
import { rememberListeners } from "../db/listeners.ts";
import { muteNotification, unmuteNotification } from "../db/notification_actions.ts";
import { seedNotifications } from "../db/seeding.ts";
import { createUsers } from "../db/users.ts";
import type { Frequency } from "../domain/catalogue.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, hour, minute, monday } from "../e2e/stage.ts";
import { composeAll } from "./compose.ts";

// What a sweep costs and does where there are many accounts. Each has one person, who asks for one thing.

const count = 60;
const idOf = (index: number) => `account-${index}`;

/** That many accounts, each with one person who asks for what is delivered at the frequency that `ask` names. */
async function settle(db: Database, ask: (index: number) => Frequency): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => index);
  const accounts = all.map((index) => ({
    ...{ id: idOf(index), name: idOf(index), profile: "content" as const },
  }));
  const people = accounts.map(({ id }) => ({
    ...{ id: `of-${id}`, accountId: id, email: `reader@${id}.example`, name: "Reader" },
    ...{ roles: ["master-content-partner-operations" as const], zone: "UTC" },
    ...{ digestHour: 8, digestWeekday: 1, pausedUntil: null },
  }));
  const asked = people.map(({ id }, index) => ({
    ...{ userId: id, type: "source-request.delivered", conditions: [], frequency: ask(index) },
  }));
  await createAccounts(db, accounts, monday);
  await createUsers(db, people, monday);
  await seedNotifications(db, people, asked, monday);
}

let posted = 0;

/** A delivery that concerns the accounts of these numbers. */
function delivery(...indexes: number[]): PostedEvent {
  const parsed = parseEvent({
    ...{ specversion: "1.0", id: `${posted += 1}`, source: "/tests", subject: "SR-1" },
    ...{ type: "source-request.delivered", data: { accounts: indexes.map(idOf) } },
  });
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

const everywhere = Array.from({ length: count }, (_, index) => index);

async function composed(db: Database): Promise<string[]> {
  const emails = await db.query.emails.findMany();
  return emails.map(({ userId }) => userId).sort();
}

const readers = everywhere.map((index) => `of-${idOf(index)}`).sort();

const quietly = (what: string, error: unknown) => {
  throw new Error(what, { cause: error });
};

onEachDatabase("many accounts share their round trips, whatever is due in them", async (db) => {
  await settle(db, (index) => index % 2 === 0 ? "immediately" : "daily");
  await appendEvents(db, [delivery(...everywhere)], monday);
  const trips = countRoundTrips(db);
  equal(await composeAll(db, { now: monday + 8 * hour, report: quietly }), count);
  deepEqual(await composed(db), readers);
  // Three for the sweep; then, for each group of accounts, what listens, where they stand, people, events, commit.
  equal(trips.count <= 3 + 2 * 5 + 2 * 4 + 1, true, `${trips.count} round trips`);
});

onEachDatabase("what was compiled is read again only where settings changed", async (db) => {
  await settle(db, () => "immediately");
  const listeners = rememberListeners(db);
  const trips = countRoundTrips(db);
  const composeAt = async (now: number) => {
    await appendEvents(db, [delivery(0, 1)], now);
    trips.count = 0;
    const emails = await composeAll(db, { now, report: quietly, listeners });
    return { emails, trips: trips.count };
  };
  deepEqual(await composeAt(monday), { emails: 2, trips: 8 });
  deepEqual(await composeAt(monday + hour), { emails: 2, trips: 7 });
  await muteNotification(db, `of-${idOf(0)}`, 1, monday + hour);
  deepEqual(await composeAt(monday + 2 * hour), { emails: 1, trips: 7 });
  await unmuteNotification(db, `of-${idOf(0)}`, 1, monday + 2 * hour);
  deepEqual(await composeAt(monday + 3 * hour), { emails: 2, trips: 8 });
});

onEachDatabase("where nobody hears of anything at once, events cost nothing", async (db) => {
  await settle(db, (index) => index === 7 ? "immediately" : "daily");
  await appendEvents(db, [delivery(...everywhere)], monday);
  equal(await composeAll(db, { now: monday, report: quietly }), 1);
  await appendEvents(db, everywhere.filter((index) => index !== 7).map((i) => delivery(i)), monday);
  const trips = countRoundTrips(db);
  equal(await composeAll(db, { now: monday + minute, report: quietly }), 0);
  equal(trips.count, 3, "only what is due was asked");
  deepEqual(await composed(db), [`of-${idOf(7)}`]);
});

onEachDatabase("one account's trouble keeps none of its group waiting", async (db) => {
  await settle(db, () => "daily");
  await appendEvents(db, [delivery(...everywhere)], monday);
  await db.run(sql`UPDATE users SET zone = 'Nowhere', roles = '7' WHERE id = ${readers[3]}`);
  const troubles: string[] = [];
  const report = (what: string) => void troubles.push(what);
  equal(await composeAll(db, { now: monday + day, report }), count - 1);
  deepEqual(troubles, [`account ${readers[3]!.replace("of-", "")}`]);
  deepEqual(await composed(db), readers.filter((id) => id !== readers[3]));
});

onEachDatabase("two sweeps at once compose everything once", async (db) => {
  await settle(db, (index) => index % 3 === 0 ? "immediately" : "daily");
  await appendEvents(db, [delivery(...everywhere)], monday);
  const now = monday + day;
  const sweeps = [1, 2, 3].map(() => composeAll(db, { now, report: quietly }));
  const emails = await Promise.all(sweeps);
  equal(emails.reduce((sum, each) => sum + each, 0), count);
  deepEqual(await composed(db), readers);
});

onEachDatabase("emails can leave while those of other accounts are composed", async (db) => {
  await settle(db, (index) => index < 10 ? "immediately" : "daily");
  await appendEvents(db, [delivery(...everywhere)], monday);
  const waiting: Promise<string[]>[] = [];
  const onEmails = () => void waiting.push(composed(db));
  equal(await composeAll(db, { now: monday + day, report: quietly, onEmails }), count);
  const counts = (await Promise.all(waiting)).map(({ length }) => length);
  // The immediate ones first, then those of 25 accounts.
  equal(counts.length, 2);
  equal(counts[0]! >= 10 && counts[1]! >= 35, true, `${counts}`);
});
