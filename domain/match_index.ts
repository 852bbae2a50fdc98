import type { Event } from "./events.ts";
import { getOrAdd } from "./maps.ts";
import type { Bucket, Match } from "./match.ts";
import type { PredicatePool } from "./predicate_pool.ts";
import { answersOf, type Predicate } from "./predicates.ts";

// For an account with very many notifications of one event type. Every event gives few answers: only the criteria that
// want one of them are looked at, each filed under the rarest question that it asks.

/** Questions that must all be answered, and the positions of the notifications that ask just them. */
interface Criteria {
  numbers: number[];
  positions: number[];
}

type Wants = NonNullable<Predicate["wants"]>;
type Shelf = { wants: Wants; byAnswer: Map<string, Criteria[]> };

/** Finds what asking each notification in turn would find. */
export function indexed<N>({ members, asked }: Bucket<N>, pool: PredicatePool): Match<N> {
  const candidates = file(distinct(asked), pool);
  return (event) => {
    const found = candidates(event)
      .filter(({ numbers }) => numbers.every((number) => pool.holds(number, event)));
    return inOrder(found).map((position) => members[position]!);
  };
}

function distinct(asked: readonly number[][]): Criteria[] {
  const known = new Map<string, Criteria>();
  for (const [position, numbers] of asked.entries()) {
    getOrAdd(known, numbers.join(), () => ({ numbers, positions: [] })).positions.push(position);
  }
  return [...known.values()];
}

function inOrder(found: readonly Criteria[]): number[] {
  if (found.length === 1) return found[0]!.positions;
  return [...Uint32Array.from(found.flatMap(({ positions }) => positions)).sort()];
}

/** Files each of the criteria; answers with those that an event could fulfil, each once. */
function file(criteria: readonly Criteria[], pool: PredicatePool): (event: Event) => Criteria[] {
  const wanted = criteria.map(({ numbers }) =>
    numbers.flatMap((number) => pool.predicate(number).wants ?? [])
  );
  const variety = varietyOf(new Set(wanted.flat()));
  const shelves = new Map<string, Shelf>();
  const unfiled: Criteria[] = [];
  for (const [index, each] of criteria.entries()) {
    const wants = rarestOf(wanted[index]!, variety);
    if (wants) put(shelves, wants, each);
    else unfiled.push(each);
  }
  return ({ data }) => {
    const found = [unfiled];
    for (const { wants: { name, field }, byAnswer } of shelves.values()) {
      for (const answer of answersOf(field, data[name])) found.push(byAnswer.get(answer) ?? []);
    }
    // A title may answer to an id and a name which are both wanted.
    return [...new Set(found.flat())];
  };
}

function put(shelves: Map<string, Shelf>, wants: Wants, criteria: Criteria): void {
  const { byAnswer } = getOrAdd(shelves, wants.name, (): Shelf => ({ wants, byAnswer: new Map() }));
  for (const answer of wants.answers) getOrAdd(byAnswer, answer, () => []).push(criteria);
}

/** How many different answers are wanted of each field: the more, the rarer each is. */
function varietyOf(wanted: ReadonlySet<Wants>): Map<string, number> {
  const byField = Map.groupBy(wanted, ({ name }) => name);
  return new Map(
    [...byField].map(([name, all]) => [name, new Set(all.flatMap((w) => [...w.answers])).size]),
  );
}

/** What the smallest share of all wanted answers would do for. */
function rarestOf(wanted: Wants[], variety: Map<string, number>): Wants | undefined {
  const share = ({ name, answers }: Wants) => answers.size / variety.get(name)!;
  return wanted.sort((a, b) => share(a) - share(b))[0];
}
