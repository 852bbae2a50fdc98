import { createAccounts } from "../db/accounts.ts";
import { type Database, rowsOf } from "../db/client.ts";
import { appendEvents, eventsAfter, type EventTuple, toEvent } from "../db/events.ts";
import { seedNotifications } from "../db/seeding.ts";
import { createUsers, type NewUser } from "../db/users.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { visibleTypes } from "../domain/catalogue.ts";
import { simulate } from "../demo/story.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { mail } from "../jobs/sweep.ts";
import { type Comparison, inTurns } from "./measure.ts";

const rounds = 3;
const day = 86_400_000;
const begin = Date.parse("2026-11-20T00:00:00Z");
const eventsPerDay = 3_000;

const accounts = Array.from({ length: 200 }, (_, index) => ({
  id: `account-${index}`,
  name: `Account ${index}`,
  profile: "content" as const,
}));
// The master role brings no default notifications: what arrives is the daily digest that was asked for.
const people: NewUser[] = accounts.flatMap(({ id: accountId }) =>
  Array.from({ length: 15 }, (_, index) => ({
    ...{ id: `${accountId}-${index}`, accountId, name: `Person ${index}`, zone: "Europe/Madrid" },
    email: `person-${index}@${accountId}.example`,
    roles: ["master-content-partner-operations" as const],
  }))
);

/** A morning of daily digests, composed and handed over, against only reading the events and writing one row a person. */
export async function composing(): Promise<Comparison[]> {
  const { db, close } = await temporaryDatabase();
  await settle(db);
  const events = eventsByRound();
  let end = 0;
  const seconds = await inTurns({
    ours: (round) => sendMorning(db, begin + (round + 2) * day),
    plain: () => readAndWrite(db, end),
  }, {
    rounds,
    prepare: async (round) => {
      end = await endOfLog(db);
      await appendEvents(db, events(round), begin + (round + 1) * day);
    },
  });
  await close();
  return [{
    work: `daily digests: ${eventsPerDay.toLocaleString("en")} events, composed and handed over`,
    ...{ unit: "people", amount: people.length, ours: seconds.ours },
    ...{ against: "reading the same events, one row a person", theirs: seconds.plain },
  }];
}

async function settle(db: Database): Promise<void> {
  await createAccounts(db, accounts, begin);
  await createUsers(db, people, begin);
  const [first, second, third] = visibleTypes(["master-content-partner-operations"]).slice(5);
  const owners = people.map(({ id }) => ({
    ...{ id, zone: "Europe/Madrid", digestHour: 8, digestWeekday: 1, pausedUntil: null },
  }));
  const asked = owners.flatMap(({ id: userId }) =>
    [first!, second!, third!, "source-request.comment-added"].map((type) => ({
      ...{ userId, type, conditions: [], frequency: "daily" as const },
    }))
  );
  await seedNotifications(db, owners, asked, begin);
  await db.$client.execute("CREATE TABLE plain (user_id TEXT, content TEXT)");
}

/** The events of each round's day, each for one account. */
function eventsByRound(): (round: number) => PostedEvent[] {
  const days = rounds + 1;
  const until = begin + days * day;
  const told = simulate({ accounts: 20, days, perDay: eventsPerDay, seed: 1, until });
  const events = [...told].map((event, index) => {
    const audience = [accounts[index % accounts.length]!.id];
    const parsed = parseEvent({ ...event, data: { ...event.data, accounts: audience } });
    if (typeof parsed === "string") throw new Error(parsed);
    return parsed;
  });
  return (round) => events.slice((round + 1) * eventsPerDay, (round + 2) * eventsPerDay);
}

async function sendMorning(db: Database, now: number): Promise<void> {
  let sent = 0;
  const counts = await mail({
    ...{ db, now: () => now, baseUrl: "https://callboard.example" },
    ...{ mailDomain: "callboard.example", secretKey: "b".repeat(32) },
    sendEmail: () => Promise.resolve(`${sent += 1}`),
    report: (_, error) => {
      throw error;
    },
  });
  if (counts.sent < people.length * 0.9) throw new Error(`Cannot measure: ${sent} were sent`);
}

async function readAndWrite(db: Database, after: number): Promise<void> {
  for (const account of accounts) {
    const rows = rowsOf<EventTuple>(await eventsAfter(db, [{ account, after }], 10_000));
    const content = JSON.stringify(rows.map(toEvent).map(({ seq }) => seq));
    const list = people.filter(({ accountId }) => accountId === account.id)
      .map(({ id }) => ({ id, content }));
    await db.$client.execute({
      sql: `INSERT INTO plain SELECT value ->> 'id', value ->> 'content' FROM json_each(?)`,
      args: [JSON.stringify(list)],
    });
  }
}

async function endOfLog(db: Database): Promise<number> {
  const { rows } = await db.$client.execute("SELECT coalesce(max(seq), 0) AS seq FROM events");
  return Number(rows[0]!.seq);
}
