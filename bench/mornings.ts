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
  for (let first = 0; first < size.accounts; first += accountsAtATime) {
    await settleAccounts(db, size, first);
  }
  const events = aDay(size);
  for (let at = 0; at < events.length; at += 2_000) {
    await appendEvents(db, events.slice(at, at + 2_000), begin + day);
  }
  await repeat(db, size);
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

async function repeat({ $client }: Database, { accounts, events }: Size): Promise<void> {
  const copies = Array.from({ length: Math.max(0, events / mostTold - 1) }, (_, copy) => copy);
  await $client.batch([
    {
      sql: `INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
        SELECT source, events.id || '-' || value, events.type, time, subject, data, hash, received_at
        FROM json_each(?) CROSS JOIN events`,
      args: [JSON.stringify(copies)],
    },
    {
      sql: `INSERT INTO event_accounts SELECT 'account-' || ((seq - 1) % ?), seq FROM events
        WHERE seq > ?`,
      args: [accounts, mostTold],
    },
  ]);
}
