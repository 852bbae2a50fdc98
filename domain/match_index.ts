import type { Event } from "./events.ts";
import { answersOf, type Predicate } from "./predicates.ts";

// For an account with very many different criteria for one event type. Every event gives few answers: only the
// criteria that want one of them are looked at, each filed under the rarest question that it asks.

/** Predicates that must all hold, and the positions of the notifications that ask just that. */
export interface Criteria {
  predicates: readonly Predicate[];
  positions: number[];
}

/** The criteria that an event fulfils. */
export type Find = (event: Event) => Criteria[];

interface Filed {
  criteria: Criteria;
  /** What still must hold once the filed question does. */
  rest: number[];
}

type Wants = NonNullable<Predicate["wants"]>;
type Shelf = { wants: Wants; byAnswer: Map<string, Filed[]> };

/** Finds what a scan of all the criteria would find, in another order. */
export function indexOf(criteria: readonly Criteria[]): Find {
  const numbers = numbered(criteria);
  const predicates = [...numbers.keys()];
  const { shelves, unfiled } = file(criteria, numbers);
  return (event) => {
    const held: boolean[] = [];
    const holds = (number: number) => held[number] ??= predicates[number]!.holds(event);
    const found: Criteria[] = [];
    for (const filed of candidates(shelves, unfiled, event)) {
      if (filed.rest.every(holds)) found.push(filed.criteria);
    }
    return found;
  };
}

function* candidates(shelves: Map<string, Shelf>, unfiled: Filed[], { data }: Event) {
  yield* unfiled;
  for (const [name, { wants, byAnswer }] of shelves) {
    // A title may answer to an id and a name which are both wanted, and criteria may not be found twice.
    const answers = answersOf(wants.field, data[name]);
    if (answers.length === 1) yield* byAnswer.get(answers[0]!) ?? [];
    else yield* new Set(answers.flatMap((answer) => byAnswer.get(answer) ?? []));
  }
}

function numbered(criteria: readonly Criteria[]): Map<Predicate, number> {
  const numbers = new Map<Predicate, number>();
  for (const { predicates } of criteria) {
    for (const predicate of predicates) {
      if (!numbers.has(predicate)) numbers.set(predicate, numbers.size);
    }
  }
  return numbers;
}

function file(criteria: readonly Criteria[], numbers: Map<Predicate, number>) {
  const variety = varietyOf([...numbers.keys()]);
  const shelves = new Map<string, Shelf>();
  const unfiled: Filed[] = [];
  for (const each of criteria) {
    const rarest = rarestOf(each.predicates, variety);
    const rest = each.predicates.filter((predicate) => predicate !== rarest);
    const filed = { criteria: each, rest: rest.map((predicate) => numbers.get(predicate)!) };
    if (rarest?.wants) put(shelves, rarest.wants, filed);
    else unfiled.push(filed);
  }
  return { shelves, unfiled };
}

function put(shelves: Map<string, Shelf>, wants: Wants, filed: Filed): void {
  const shelf = shelves.get(wants.name) ?? { wants, byAnswer: new Map<string, Filed[]>() };
  shelves.set(wants.name, shelf);
  for (const answer of wants.answers) {
    const others = shelf.byAnswer.get(answer);
    if (others) others.push(filed);
    else shelf.byAnswer.set(answer, [filed]);
  }
}

/** How many different answers are wanted of each field: the more, the rarer each is. */
function varietyOf(predicates: readonly Predicate[]): Map<string, number> {
  const asking = predicates.flatMap(({ wants }) => wants ? [wants] : []);
  const byField = Map.groupBy(asking, ({ name }) => name);
  return new Map(
    [...byField].map(([name, all]) => [name, new Set(all.flatMap((w) => [...w.answers])).size]),
  );
}

function rarestOf(predicates: readonly Predicate[], variety: Map<string, number>) {
  const share = ({ wants }: Predicate) =>
    wants ? wants.answers.size / variety.get(wants.name)! : Infinity;
  return predicates.filter(({ wants }) => wants).sort((a, b) => share(a) - share(b))[0];
}
