import { createAccounts } from "../db/accounts.ts";
import type { Database } from "../db/client.ts";
import { appendEvents } from "../db/events.ts";
import { seedNotifications } from "../db/seeding.ts";
import { createUsers } from "../db/users.ts";
import { type Role, visibleTypes } from "../domain/catalogue.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { simulate } from "../demo/story.ts";

// A morning on which everybody's daily digest is due: accounts, their people, what these ask for, and a day of events.

/** How large a morning is; every event concerns one account. */
export interface Size {
  accounts: number;
  /** In each account. */
  people: number;
  /** Of each person. */
  notifications: number;
  events: number;
  /** How many events the log holds already when everybody begins to listen. */
  older?: number;
}

const day = 86_400_000;
const begin = Date.parse("2026-11-20T00:00:00Z");

/** When the digests are due. */
export const morning = begin + 2 * day;

const zone = "Europe/Madrid";
// The master role brings no default notifications: what arrives is what was asked for.
const role: Role = "master-content-partner-operations";
const contents = ["branded", "original", "licensed", "day-of-broadcast", "day-after-broadcast"];

/** Of how many accounts the people are written at a time: a libSQL server takes 5 MB in one value. */
const accountsAtATime = 200;

/** Fills an empty database with a morning. */
export async function settle(db: Database, size: Size): Promise<void> {
  await logOlder(db, size);
  for (let first = 0; first < size.accounts; first += accountsAtATime) {
    await settleAccounts(db, size, first);
  }
  const events = aDay(size);
  for (let at = 0; at < events.length; at += 2_000) {
    await appendEvents(db, events.slice(at, at + 2_000), begin + day);
  }
  await repeat(db, { labels: copiesOf(size.events), accounts: size.accounts, later: 0 });
}

/** Fills the log with what nobody here will hear of. */
async function logOlder({ $client }: Database, { accounts, older = 0 }: Size): Promise<void> {
  const numbers =
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)";
  await $client.batch([
    {
      sql: `${numbers} INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
        SELECT '/older', n, 'source-request.created', ?2, 'SR-' || n, '{}', n, ?2 FROM numbers
        WHERE n <= ?1`,
      args: [older, begin - day],
    },
    {
      sql:
        "INSERT INTO event_accounts SELECT 'account-' || (seq % CAST(? AS INTEGER)), seq FROM events",
      args: [accounts],
    },
  ]);
}

/** Lets the same happen on the next day as on the first; resolves to when its digests are due. */
export async function anotherDay(db: Database, { accounts, events }: Size): Promise<number> {
  await repeat(db, {
    labels: ["next", ...copiesOf(events).map((copy) => `next-${copy}`)],
    accounts,
    later: day,
  });
  return morning + day;
}

/** Adds the next accounts, their people and what these ask for. */
async function settleAccounts(db: Database, size: Size, first: number): Promise<void> {
  const count = Math.min(accountsAtATime, size.accounts - first);
  const accounts = Array.from({ length: count }, (_, index) => ({
    ...{ id: `account-${first + index}`, name: `Account ${first + index}` },
    profile: "content" as const,
  }));
  const people = accounts.flatMap(({ id: accountId }) =>
    Array.from({ length: size.people }, (_, index) => ({
      ...{
        id: `${accountId}-${index}`,
        accountId,
        name: `Person ${index}`,
        roles: [role],
      },
      ...{ email: `person-${index}@${accountId}.example`, zone, digestHour: 8, digestWeekday: 1 },
      pausedUntil: null,
    }))
  );
  await createAccounts(db, accounts, begin);
  await createUsers(db, people, begin);
  const asked = people.flatMap(({ id: userId }, index) =>
    Array.from({ length: size.notifications }, (_, nth) => ({
      userId,
      ...asking(first * size.people + index, nth),
    }))
  );
  await seedNotifications(db, people, asked, begin);
}

/** What a person asks for: of each type the first times all, then one content type after the other. */
function asking(person: number, nth: number) {
  const types = visibleTypes([role]);
  const type = types[(person + nth * 3) % types.length]!;
  const round = Math.floor(nth * 3 / types.length);
  const values = [contents[round % contents.length]!, ...round > 4 ? [contents[0]!] : []];
  const conditions = round === 0 ? [] : [{ field: "content_type", op: "any" as const, values }];
  return { type, conditions, frequency: "daily" as const };
}

/** Stories are told of at most so many events; more events are the same ones again. */
const mostTold = 20_000;

function aDay({ accounts, events }: Size): PostedEvent[] {
  const perDay = Math.min(events, mostTold);
  const told = simulate({ accounts: 20, days: 1, perDay, seed: 1, until: begin + day });
  return [...told].map((event, index) => {
    const audience = [`account-${index % accounts}`];
    const parsed = parseEvent({ ...event, data: { ...event.data, accounts: audience } });
    if (typeof parsed === "string") throw new Error(parsed);
    return parsed;
  });
}

/** How the repetitions are called that it takes to make so many events. */
function copiesOf(events: number): string[] {
  return Array.from({ length: Math.ceil(events / mostTold) - 1 }, (_, copy) => `${copy}`);
}

/** Lets everything that was told happen again, once for each label and each time one account further. */
async function repeat(
  { $client }: Database,
  { labels, accounts, later }: { labels: string[]; accounts: number; later: number },
): Promise<void> {
  const isTold = "told.source <> '/older' AND instr(told.id, '~') = 0";
  // One label at a time: a server answers each in half a minute or not at all.
  for (const [index, label] of labels.entries()) {
    await $client.batch([
      {
        sql: `INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
          SELECT source, id || '~' || ?1, type, time + ?2, subject, data, hash, received_at + ?2
          FROM events told WHERE ${isTold}`,
        args: [label, later],
      },
      {
        sql: `INSERT INTO event_accounts
          SELECT 'account-' ||
              ((CAST(substr(account_id, 9) AS INTEGER) + CAST(?2 AS INTEGER)) % CAST(?3 AS INTEGER)),
            again.seq
          FROM events told JOIN event_accounts heard ON heard.seq = told.seq
          JOIN events again ON again.source = told.source AND again.id = told.id || '~' || ?1
          WHERE ${isTold}`,
        args: [label, index + 1, accounts],
      },
    ]);
  }
}
