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
  type Page,
  pagesOf,
  studioAsks,
} from "./matching_world.ts";
import { inTurns, type Line, type Way } from "./measure.ts";

const rounds = 5;

/** How to ask what an event matches among the notifications of an account. */
export type Find = (account: string) => (event: Event) => Asked[] | Promise<Asked[]>;

/** A way to find, and the pages that it is asked about in a round: the slower, the fewer. */
interface Finder {
  /** Called for each round: what is kept of an event, is kept for one. */
  open: () => Find;
  pages: Page[];
}

/** Many accounts with a few notifications each, then the studio with very many. */
export async function matching(): Promise<Line[]> {
  const happenings = happen(50_000);
  const studio = await oneStudio(happenings.slice(0, 10_000));
  return [...await manyAccounts(happenings), ...studio, await memory()];
}

async function manyAccounts(happenings: Happening[]): Promise<Line[]> {
  const accounts = new Map(asking());
  const pages = pagesOf(happenings);
  const few = pages.slice(0, 200);
  const division = await openDivision(accounts);
  const seconds = await secondsPerQuestion({
    ours: { open: compiled(accounts), pages },
    sift: { open: inBuckets(accounts, pages, siftBucket), pages },
    mingo: { open: inBuckets(accounts, pages, mingoBucket), pages },
    rules: { open: inBuckets(accounts, few, rulesBucket), pages: few },
    sql: { open: division.open, pages: pages.slice(0, 500) },
  }, few);
  await division.close();
  const work = "matching: 1,000,000 notifications, 17,000 accounts";
  // An event concerns two accounts or so: each of them has to ask about it.
  const amount = happenings.length / questionsIn(pages);
  const measured = { work, unit: "events", amount, ours: seconds.ours };
  return [
    { ...measured, against: "sift in the same buckets", theirs: seconds.sift, goal: 5 },
    { ...measured, against: "mingo in the same buckets", theirs: seconds.mingo },
    { ...measured, against: "json-rules-engine in them", theirs: seconds.rules, goal: 50 },
    { ...measured, against: "relational division, SQLite", theirs: seconds.sql, goal: 30 },
    { work, unit: "events/s", value: amount / seconds.ours, limit: 200_000, should: "reach" },
  ];
}

async function oneStudio(happenings: Happening[]): Promise<Line[]> {
  const pages = pagesOf(happenings.map(({ event }) => ({ event, accounts: ["studio"] })));
  const asked = studioAsks(100_000, happenings);
  const few = pages.map(({ account, events }) => ({ account, events: events.slice(0, 200) }));
  const ours = { open: compiled(new Map([["studio", asked]])), pages };
  const each = { open: predicateForEach(asked), pages: few };
  const tenth = { ...ours, open: compiled(new Map([["studio", asked.slice(0, 10_000)]])) };
  const seconds = await secondsPerQuestion({ ours, each }, few);
  const growth = await secondsPerQuestion({ ours, tenth }, []);
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

/** Seconds of each finder for one event of one account; throws where they do not find the same. */
async function secondsPerQuestion<Name extends string>(
  finders: Record<Name, Finder>,
  sample: Page[],
): Promise<Record<Name, number>> {
  const all = Object.entries<Finder>(finders);
  await mustAgree(all.map(([, { open }]) => open()), sample);
  const ways = all.map(([name, finder]): [string, Way] => [name, () => sweep(finder)]);
  const seconds = await inTurns<string>(Object.fromEntries(ways), { rounds });
  const each = all.map(([name, { pages }]) => [name, seconds[name]! / questionsIn(pages)]);
  return Object.fromEntries(each);
}

function questionsIn(pages: Page[]): number {
  return pages.reduce((sum, { events }) => sum + events.length, 0);
}

async function sweep({ open, pages }: Finder): Promise<void> {
  const find = open();
  for (const { account, events } of pages) {
    const ask = find(account);
    for (const event of events) {
      const found = ask(event);
      if (found instanceof Promise) await found;
    }
  }
}

async function mustAgree(ways: Find[], sample: Page[]): Promise<void> {
  for (const { account, events } of sample) {
    for (const event of events) {
      const [expected, ...others] = await Promise.all(ways.map((find) => find(account)(event)));
      for (const found of others) {
        deepEqual(positions(found), positions(expected!), "Cannot measure: they disagree");
      }
    }
  }
}

function positions(found: Asked[]): number[] {
  return found.map(({ position }) => position);
}

function compiled(accounts: Accounts): () => Find {
  const pool = emptyPool();
  const matches = new Map([...accounts].map(([id, asked]) => [id, compile(asked, pool)]));
  return () => (account) => matches.get(account) ?? (() => []);
}

function predicateForEach(asked: Asked[]): () => Find {
  const tests = asked.map((each) => {
    const predicates = each.conditions.map((condition) =>
      predicateOf(eventField(each.type, condition.field), condition)
    );
    return { each, holds: (event: Event) => predicates.every(({ holds }) => holds(event)) };
  });
  const byType = Map.groupBy(tests, ({ each }) => each.type);
  return () => () => (event) =>
    byType.get(event.type)!.filter(({ holds }) => holds(event)).map(({ each }) => each);
}
