import { type Condition, foldCondition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { getOrAdd } from "./maps.ts";
import { type Criteria, type Find, indexOf } from "./match_index.ts";
import { type Predicate, predicateOf } from "./predicates.ts";

// The one matcher: preview, what-if, history and the real email all ask it.

/** The part of a notification that matching reads. */
export interface Matchable {
  type: string;
  conditions: Condition[];
}

/** Which of the compiled notifications match an event, in the order in which they were given. */
export type Match<N> = (event: Event) => N[];

/** What was compiled before, for reuse: equal conditions are one predicate, whoever asks them. */
export interface Pool {
  predicates: Map<string, Predicate>;
  sets: Map<string, readonly Predicate[]>;
}

/** A pool with nothing in it. */
export function emptyPool(): Pool {
  return { predicates: new Map(), sets: new Map() };
}

/** How many different criteria of one event type are worth an index; fewer are faster read one by one. */
const fewCriteria = 64;

/** Compiles notifications into one function. Whoever compiles many accounts lets them share a pool. */
export function compile<N extends Matchable>(
  notifications: readonly N[],
  pool: Pool = emptyPool(),
): Match<N> {
  const buckets = new Map(
    [...Map.groupBy(notifications, ({ type }) => type)].map(([type, members]) => {
      const criteria = criteriaOf(members, pool);
      const find = criteria.length > fewCriteria ? indexOf(criteria) : scan(criteria);
      return [type, { members, find }];
    }),
  );
  return (event) => {
    const bucket = buckets.get(event.type);
    return bucket ? positionsIn(bucket.find(event)).map((at) => bucket.members[at]!) : [];
  };
}

function criteriaOf(notifications: readonly Matchable[], pool: Pool): Criteria[] {
  const known = new Map<readonly Predicate[], Criteria>();
  for (const [position, { type, conditions }] of notifications.entries()) {
    const predicates = predicatesOf(type, conditions, pool);
    getOrAdd(known, predicates, () => ({ predicates, positions: [] })).positions.push(position);
  }
  return [...known.values()];
}

function predicatesOf(type: string, conditions: Condition[], pool: Pool): readonly Predicate[] {
  const keys = conditions.map((condition) => `${type} ${foldCondition(condition)}`);
  return getOrAdd(
    pool.sets,
    keys.length > 0 ? keys.join() : "all",
    () =>
      conditions.map((condition, index) =>
        getOrAdd(pool.predicates, keys[index]!, () => predicateOf(type, condition))
      ),
  );
}

function scan(criteria: Criteria[]): Find {
  return (event) =>
    criteria.filter(({ predicates }) => {
      for (const p of predicates) if (!p.holds(event)) return false;
      return true;
    });
}

function positionsIn(found: Criteria[]): number[] {
  if (found.length < 2) return found[0]?.positions ?? [];
  return found.flatMap(({ positions }) => positions).sort((a, b) => a - b);
}
