import type { Condition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { indexed } from "./match_index.ts";
import { inTurn } from "./match_list.ts";
import { emptyPool, type PredicatePool } from "./predicate_pool.ts";

// The one matcher: preview, what-if, history and the real email all ask it.

/** The part of a notification that matching reads. */
export interface Matchable {
  type: string;
  conditions: Condition[];
}

/** Which of the compiled notifications match an event, in the order in which they were given. */
export type Match<N> = (event: Event) => N[];

/** Notifications of one event type, and the predicates that each of them asks, by their numbers in a pool. */
export interface Bucket<N> {
  members: readonly N[];
  asked: readonly number[][];
}

/** How many notifications of one event type are worth an index; fewer are faster asked in turn. */
const few = 64;

/** Compiles notifications into one function. Whoever compiles many accounts lets them share a pool. */
export function compile<N extends Matchable>(
  notifications: readonly N[],
  pool: PredicatePool = emptyPool(),
): Match<N> {
  const small = new Map<string, Bucket<N>>();
  const large = new Map<string, Match<N>>();
  for (const [type, members] of Map.groupBy(notifications, ({ type }) => type)) {
    const bucket = { members, asked: members.map((member) => askedBy(member, pool)) };
    if (members.length > few) large.set(type, indexed(bucket, pool));
    else small.set(type, bucket);
  }
  const others = inTurn(small, pool);
  return large.size === 0 ? others : (event) => large.get(event.type)?.(event) ?? others(event);
}

function askedBy({ type, conditions }: Matchable, pool: PredicatePool): number[] {
  return conditions.map((condition) => pool.numberOf(type, condition));
}
