import type { Bucket, Match } from "./match.ts";
import { numberAt, pack } from "./packed.ts";
import type { PredicatePool } from "./predicate_pool.ts";

// For accounts with a few notifications of each event type: they are asked one after the other. A million of them wait
// for memory more than for anything else, so all that those of an account ask lies in one piece.

/** Where nothing begins. */
const none = 0;

/** The notifications of an account, and what they ask. */
interface List<N> {
  /** How many event types are known, by their numbers. */
  types: number;
  /**
   * For each type where it begins. There: how many notifications it has and the position of the first, then of each
   * how many predicates it asks, and their numbers.
   */
  packed: string;
  notifications: readonly N[];
}

/** Finds what asking each notification of the event's type finds. */
export function inTurn<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): Match<N> {
  const { types, packed, notifications } = listOf(buckets, pool);
  return (event) => {
    const found: N[] = [];
    const type = pool.typeOf(event);
    const start = type < types ? numberAt(packed, type) : none;
    if (start === none) return found;
    let position = numberAt(packed, start + 1);
    const end = position + numberAt(packed, start);
    for (let at = start + 2; position < end; position += 1) {
      const next = at + 1 + numberAt(packed, at);
      at += 1;
      while (at < next && pool.holds(numberAt(packed, at), event)) at += 1;
      if (at === next) found.push(notifications[position]!);
      at = next;
    }
    return found;
  };
}

function listOf<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): List<N> {
  const numbers = [...buckets.keys()].map((type) => pool.typeNumber(type));
  const types = Math.max(0, ...numbers.map((number) => number + 1));
  const starts: number[] = Array.from({ length: types }, () => none);
  const questions: number[] = [];
  const notifications: N[] = [];
  for (const [type, { members, asked }] of buckets) {
    starts[pool.typeNumber(type)] = types + questions.length;
    questions.push(members.length, notifications.length);
    questions.push(...asked.flatMap((each) => [each.length, ...each]));
    notifications.push(...members);
  }
  // A copy takes no more room than it needs.
  return { types, packed: pack([...starts, ...questions]), notifications: [...notifications] };
}
