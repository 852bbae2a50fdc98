import { deepEqual } from "node:assert/strict";
import { eventField } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { compile } from "../domain/match.ts";
import { emptyPool } from "../domain/predicate_pool.ts";
import { predicateOf } from "../domain/predicates.ts";
import { bytesEach } from "./matching_memory.ts";
import { inBuckets, mingoBucket, rulesBucket, siftBucket } from "./matching_peers.ts";
import { openDivision } from "./matching_sql.ts";
import {
  type Accounts,
  type Asked,
  asking,
  happen,
  type Happening,
  studioAsks,
} from "./matching_world.ts";
import { inTurns, type Line, type Way } from "./measure.ts";

const rounds = 5;

/** The notifications of an account that an event matches. */
type Find = (account: string) => Asked[] | Promise<Asked[]>;

/** A way to find, given an event as it is stored, and what it is asked in a round: the slower, the fewer. */
interface Finder {
  about: (event: Event) => Find;
  happenings: Happening[];
}

/** Many accounts with a few notifications each, then the studio with very many. */
export async function matching(): Promise<Line[]> {
  const happenings = happen(10_000);
  return [...await manyAccounts(happenings), ...await oneStudio(happenings), await memory()];
}

async function manyAccounts(happenings: Happening[]): Promise<Line[]> {
  const accounts = new Map(asking());
  const few = happenings.slice(0, 500);
  const division = await openDivision(accounts);
  const seconds = await secondsPerEvent({
    ours: { about: compiled(accounts), happenings },
    sift: { about: inBuckets(accounts, happenings, siftBucket), happenings },
    mingo: { about: inBuckets(accounts, happenings, mingoBucket), happenings },
    rules: { about: inBuckets(accounts, few, rulesBucket), happenings: few },
    sql: { about: division.about, happenings: happenings.slice(0, 2_000) },
  }, few);
  await division.close();
  const work = "matching: 1,000,000 notifications, 17,000 accounts";
  const measured = { work, unit: "events", amount: 1, ours: seconds.ours };
  return [
    { ...measured, against: "sift in the same buckets", theirs: seconds.sift, goal: 5 },
    { ...measured, against: "mingo in the same buckets", theirs: seconds.mingo },
    { ...measured, against: "json-rules-engine in them", theirs: seconds.rules, goal: 50 },
    { ...measured, against: "relational division, SQLite", theirs: seconds.sql, goal: 30 },
    { work, unit: "events/s", value: 1 / seconds.ours, limit: 200_000, should: "reach" },
  ];
}

async function oneStudio(all: Happening[]): Promise<Line[]> {
  const happenings = all.map(({ event }) => ({ event, accounts: ["studio"] }));
  const asked = studioAsks(100_000, all);
  const few = happenings.slice(0, 200);
  const ours = { about: compiled(new Map([["studio", asked]])), happenings };
  const each = { about: predicateForEach(asked), happenings: few };
  const tenth = { ...ours, about: compiled(new Map([["studio", asked.slice(0, 10_000)]])) };
  const seconds = await secondsPerEvent({ ours, each }, few);
  const growth = await secondsPerEvent({ ours, tenth }, []);
  return [{
    work: "matching: one account with 100,000 notifications",
    ...{ unit: "events", amount: 1, ours: seconds.ours },
    ...{ against: "a predicate for each notification", theirs: seconds.each, goal: 10 },
  }, {
    work: "growth: matching in one account with 10 times the notifications",
    ...{ unit: "times the time", value: growth.ours / growth.tenth, limit: 10 },
    should: "not exceed",
  }];
}

async function memory(): Promise<Line> {
  const work = "matching: memory for each of 1,000,000 compiled notifications";
  return { work, unit: "bytes", value: await bytesEach(), limit: 300, should: "not exceed" };
}

/** Seconds for one event of each finder; throws where they do not find the same. */
async function secondsPerEvent<Name extends string>(
  finders: Record<Name, Finder>,
  sample: Happening[],
): Promise<Record<Name, number>> {
  const all = Object.entries<Finder>(finders);
  await mustAgree(all.map(([, { about }]) => about), sample);
  const ways = all.map(([name, finder]): [string, Way] => [name, () => sweep(finder)]);
  const seconds = await inTurns<string>(Object.fromEntries(ways), { rounds });
  const each = all.map(([name, { happenings }]) => [name, seconds[name]! / happenings.length]);
  return Object.fromEntries(each);
}

async function sweep({ about, happenings }: Finder): Promise<void> {
  for (const { event, accounts } of happenings) {
    const find = about(event);
    for (const account of accounts) {
      const found = find(account);
      if (found instanceof Promise) await found;
    }
  }
}

async function mustAgree(ways: Finder["about"][], sample: Happening[]): Promise<void> {
  for (const { event, accounts } of sample) {
    const [ours, ...others] = ways.map((about) => about(event));
    for (const account of accounts) {
      const expected = positions(await ours!(account));
      for (const find of others) {
        deepEqual(positions(await find(account)), expected, "Cannot measure: they disagree");
      }
    }
  }
}

function positions(found: Asked[]): number[] {
  return found.map(({ position }) => position);
}

function compiled(accounts: Accounts): Finder["about"] {
  const pool = emptyPool();
  const matches = new Map([...accounts].map(([id, asked]) => [id, compile(asked, pool)]));
  return (event) => (account) => matches.get(account)?.(event) ?? [];
}

function predicateForEach(asked: Asked[]): Finder["about"] {
  const tests = asked.map((each) => {
    const predicates = each.conditions.map((condition) =>
      predicateOf(eventField(each.type, condition.field), condition)
    );
    return { each, holds: (event: Event) => predicates.every(({ holds }) => holds(event)) };
  });
  const byType = Map.groupBy(tests, ({ each }) => each.type);
  return (event) => () =>
    byType.get(event.type)!.filter(({ holds }) => holds(event)).map(({ each }) => each);
}
