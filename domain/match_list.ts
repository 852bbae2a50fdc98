import type { Bucket, Match } from "./match.ts";
import type { PredicatePool } from "./predicate_pool.ts";

// For accounts with a few notifications of each event type: they are asked one after the other. A million of them wait
// for memory more than for anything else, so all that those of an account ask lies in one piece.

/** Where nothing begins. */
const none = 0;

/** The notifications of an account, and what they ask. */
interface List<N> {
  /** Event types with this number and higher ones are unknown here. */
  types: number;
  /**
   * For each type where it begins. There: how many notifications it has and the position of the first, then of each
   * how many predicates it asks, and their numbers.
   */
  packed: Uint32Array;
  notifications: readonly N[];
}

/** Finds what asking each notification of the event's type finds. */
export function inTurn<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): Match<N> {
  const { types, packed, notifications } = listOf(buckets, pool);
  return (event) => {
    const found: N[] = [];
    const type = pool.typeOf(event);
    const start = type < types ? packed[type]! : none;
    if (start === none) return found;
    let position = packed[start + 1]!;
    const end = position + packed[start]!;
    for (let at = start + 2; position < end; position += 1) {
      const next = at + 1 + packed[at]!;
      at += 1;
      while (at < next && pool.holds(packed[at]!, event)) at += 1;
      if (at === next) found.push(notifications[position]!);
      at = next;
    }
    return found;
  };
}

function listOf<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): List<N> {
  const numbers = [...buckets.keys()].map((type) => pool.typeNumber(type));
  const types = 1 + Math.max(0, ...numbers);
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
  const packed = Uint32Array.from([...starts, ...questions]);
  return { types, packed, notifications: [...notifications] };
}
