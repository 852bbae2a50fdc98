import { Engine, type TopLevelCondition } from "json-rules-engine";
import { Query } from "mingo";
import sift from "sift";
import { eventField } from "../domain/catalogue.ts";
import type { Condition } from "../domain/conditions.ts";
import type { Event } from "../domain/events.ts";
import { answersOf, wantedAnswers } from "../domain/predicates.ts";
import { getOrAdd } from "../domain/maps.ts";
import type { Find } from "./matching.ts";
import type { Accounts, Asked, Page } from "./matching_world.ts";

// The peers as their own documents would have them: each query is built once, and asked only about events of its account
// and type. They compare facts as they stand, so an event is folded and widened for them once, whoever it concerns.

/** What an event says: "pt-BR" is ["pt-br", "pt"]. */
export type Facts = Record<string, string | string[]>;

/** Those that match, of the notifications of one account and type. */
export type Bucket = (facts: Facts) => Asked[] | Promise<Asked[]>;

export function siftBucket(asked: Asked[]): Bucket {
  const tests = asked.map((each) => sift.default(queryOf(each)));
  return (facts) => asked.filter((_, index) => tests[index]!(facts));
}

export function mingoBucket(asked: Asked[]): Bucket {
  const queries = asked.map((each) => new Query(queryOf(each)));
  return (facts) => asked.filter((_, index) => queries[index]!.test(facts));
}

/** An engine with a rule for each notification; a single engine would run the rules of every account. */
export function rulesBucket(asked: Asked[]): Bucket {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator("meets", meets);
  engine.addOperator("avoids", (said?: string[], wanted?: string[]) => !meets(said, wanted));
  for (const [index, each] of asked.entries()) {
    engine.addRule({ conditions: ruleOf(each), event: { type: "match", params: { index } } });
  }
  return async (facts) => {
    const { events } = await engine.run(facts);
    const found = new Set(events.map(({ params }) => params!.index));
    return asked.filter((_, index) => found.has(index));
  };
}

function meets(said: string[] = [], wanted: string[] = []): boolean {
  return said.some((answer) => wanted.includes(answer));
}

/** A peer's buckets, one for each account and type: those that these pages are going to ask. */
export function inBuckets(
  accounts: Accounts,
  pages: readonly Page[],
  bucketOf: (asked: Asked[]) => Bucket,
): () => Find {
  const buckets = new Map(pages.map(({ account, events }) => {
    const types = new Set(events.map(({ type }) => type));
    const wanted = (accounts.get(account) ?? []).filter(({ type }) => types.has(type));
    const byType = Map.groupBy(wanted, ({ type }) => type);
    return [account, new Map([...byType].map(([type, members]) => [type, bucketOf(members)]))];
  }));
  return () => {
    const factsOnce = onceEach(factsOf);
    return (account) => {
      const byType = buckets.get(account);
      return (event) => byType?.get(event.type)?.(factsOnce(event)) ?? [];
    };
  };
}

/** The same function, which is called once for each event. */
export function onceEach<T>(ask: (event: Event) => T): (event: Event) => T {
  const known = new Map<Event, T>();
  return (event) => getOrAdd(known, event, () => ask(event));
}

const askedFields = [
  "content_type",
  "source_type",
  "language",
  "territory",
  "priority",
  "fulfillment_partner",
];

/** What an event says in the fields that conditions name. */
export function factsOf({ type, data }: Event): Facts {
  const facts: Facts = {};
  for (const name of askedFields) {
    const said = data[name];
    if (said === undefined) continue;
    const answers = answersOf(eventField(type, name)!, said);
    facts[name] = name === "language" ? [...answers] : answers[0]!;
  }
  return facts;
}

/** A condition with the answers that its values stand for. */
export function wantedBy(type: string, condition: Condition) {
  if (!("values" in condition)) throw new Error("Cannot measure: the crowd only asks for values");
  const { field, op, values } = condition;
  return { field, op, wanted: [...wantedAnswers(eventField(type, field)!, values)] };
}

function queryOf({ type, conditions }: Asked) {
  const asked = conditions.map((condition) => wantedBy(type, condition));
  return Object.fromEntries(
    asked.map(({ field, op, wanted }) => [field, { [op === "any" ? "$in" : "$nin"]: wanted }]),
  );
}

const operators = { any: "in", none: "notIn" };
const languageOperators = { any: "meets", none: "avoids" };

function ruleOf({ type, conditions }: Asked): TopLevelCondition {
  const asked = conditions.map((condition) => wantedBy(type, condition));
  const all = asked.map(({ field: fact, op, wanted: value }) => ({
    fact,
    operator: (fact === "language" ? languageOperators : operators)[op],
    value,
  }));
  return { all };
}
