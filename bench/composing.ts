import { createAccounts } from "../db/accounts.ts";
import { type Database, rowsOf } from "../db/client.ts";
import { type EventTuple, toEvent } from "../db/event_rows.ts";
import { appendEvents } from "../db/events.ts";
import { eventsAfter } from "../db/log.ts";
import { seedNotifications } from "../db/seeding.ts";
import { createUsers, type NewUser } from "../db/users.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { visibleTypes } from "../domain/catalogue.ts";
import { simulate } from "../demo/story.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { composeAll } from "../jobs/compose.ts";
import { sendAll } from "../jobs/send.ts";
import { inTurns, type Line } from "./measure.ts";

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

type Morning = (db: Database, now: number) => Promise<void>;

/** A morning of daily digests against only reading the events and writing one row a person: composed, and handed over as well. */
export async function composing(): Promise<Line[]> {
  return [
    ...await beside("composed", composeMorning, 0.25),
    ...await beside("composed and handed over", sendMorning),
  ];
}

async function beside(what: string, ours: Morning, goal?: number): Promise<Line[]> {
  const { db, close } = await temporaryDatabase();
  await settle(db);
  const events = eventsByRound();
  let end = 0;
  const seconds = await inTurns({
    ours: (round) => ours(db, begin + (round + 2) * day),
    plain: () => readAndWrite(db, end),
  }, {
    rounds,
    prepare: async (round) => {
      await send(db, begin + (round + 1) * day);
      end = await endOfLog(db);
      await appendEvents(db, events(round), begin + (round + 1) * day);
    },
  });
  const bytes = await bytesOfEmails(db);
  await close();
  const work = `daily digests: ${eventsPerDay.toLocaleString("en")} events, ${what}`;
  return [
    {
      work,
      ...{ unit: "people", amount: people.length, ours: seconds.ours },
      ...{ against: "reading the same events, one row a person", theirs: seconds.plain },
      ...goal && { goal },
    },
    { work: `${work}: written for each`, unit: "bytes", value: bytes, ...atMost },
  ];
}

/** With its place in every index. */
const atMost = { limit: 1_000, should: "not exceed" as const };

/** How many bytes an email takes of the database. */
async function bytesOfEmails(db: Database): Promise<number> {
  const { rows } = await db.$client.execute(`
    SELECT sum(pgsize) / (SELECT count(*) FROM emails) AS bytes FROM dbstat
    WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = 'emails')`);
  return Number(rows[0]!.bytes);
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

function report(_: string, error: unknown): never {
  throw error;
}

async function composeMorning(db: Database, now: number): Promise<void> {
  const composed = await composeAll(db, { now, report });
  if (composed < people.length * 0.9) throw new Error(`Cannot measure: ${composed} were composed`);
}

async function sendMorning(db: Database, now: number): Promise<void> {
  await composeMorning(db, now);
  await send(db, now);
}

/** Sends what was composed, so that the next morning finds what a morning finds. */
async function send(db: Database, now: number): Promise<void> {
  await sendAll({
    ...{ db, now: () => now, baseUrl: "https://callboard.example", report },
    ...{ mailDomain: "callboard.example", secretKey: "b".repeat(32) },
    sendEmail: ({ id }) => Promise.resolve(id),
  });
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
