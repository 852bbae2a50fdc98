import type { Bucket, Match } from "./match.ts";
import type { PredicatePool } from "./predicate_pool.ts";

// For accounts with a few notifications of each event type: they are asked one after the other. A million of them wait
// for memory more than for anything else, so those of an account lie close together: all that they ask in one list of
// numbers, themselves in another.

/** Stands behind the predicates of a notification. */
const end = -1;

/** Stands behind the last notification of a type. */
const stop = -2;

/** Where nothing begins. */
const none = -3;

/** What the notifications of an account ask, and where that begins for each event type, by its number. */
interface List<N> {
  starts: readonly number[];
  /** Of each type the position of its first notification, then the predicates of one after the other. */
  questions: readonly number[];
  notifications: readonly N[];
}

/** Finds what asking each notification of the event's type finds. */
export function inTurn<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): Match<N> {
  const { starts, questions, notifications } = listOf(buckets, pool);
  return (event) => {
    const found: N[] = [];
    const start = starts[pool.typeNumber(event.type)] ?? none;
    if (start === none) return found;
    let position = questions[start]!;
    let matches = true;
    for (let at = start + 1;; at += 1) {
      const number = questions[at]!;
      if (number >= 0) matches &&= pool.holds(number, event);
      else {
        if (number === stop) return found;
        if (matches) found.push(notifications[position]!);
        position += 1;
        matches = true;
      }
    }
  };
}

function listOf<N>(buckets: ReadonlyMap<string, Bucket<N>>, pool: PredicatePool): List<N> {
  const starts: number[] = [];
  const questions: number[] = [];
  const notifications: N[] = [];
  for (const [type, { members, asked }] of buckets) {
    starts[pool.typeNumber(type)] = questions.length;
    questions.push(notifications.length, ...asked.flatMap((each) => [...each, end]), stop);
    notifications.push(...members);
  }
  // Copies have no holes and take no more room than they need.
  return {
    starts: Array.from(starts, (start) => start ?? none),
    questions: [...questions],
    notifications: [...notifications],
  };
}
