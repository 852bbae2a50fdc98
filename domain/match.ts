import { eventType, type Field } from "./catalogue.ts";
import { type Condition, fold, foldCondition } from "./conditions.ts";
import type { Event } from "./events.ts";

// The one matcher: preview, what-if, history and the real email all ask it.

/** The part of a notification that matching reads. */
export interface Matchable {
  type: string;
  conditions: Condition[];
}

/** Which of the compiled notifications match an event, in the order in which they were given. */
export type Match<N> = (event: Event) => N[];

type Predicate = (event: Event) => boolean;

/** The notifications of one event type: each distinct condition once, each distinct set of them once. */
interface Bucket {
  predicates: Predicate[];
  /** Positions of predicates that must all hold, and of the notifications that ask just that. */
  sets: { asks: number[]; notifications: number[] }[];
}

/** Compiles notifications into one function; a condition that many ask is evaluated once for each event. */
export function compile<N extends Matchable>(notifications: readonly N[]): Match<N> {
  const positions = Map.groupBy(notifications.keys(), (index) => notifications[index]!.type);
  const buckets = new Map(
    [...positions].map(([type, indexes]) => [type, bucketOf(notifications, indexes)]),
  );
  return (event) => {
    const bucket = buckets.get(event.type);
    return bucket ? matchesIn(bucket, event).map((index) => notifications[index]!) : [];
  };
}

function bucketOf(notifications: readonly Matchable[], indexes: number[]): Bucket {
  const bucket: Bucket = { predicates: [], sets: [] };
  const known = new Map<string, number>();
  const sets = new Map<string, Bucket["sets"][0]>();
  for (const index of indexes) {
    const { type, conditions } = notifications[index]!;
    const asks = conditions.map((condition) =>
      getOrAdd(
        known,
        foldCondition(condition),
        () => bucket.predicates.push(predicateOf(type, condition)) - 1,
      )
    );
    const set = getOrAdd(sets, asks.join(), () => ({ asks, notifications: [] }));
    set.notifications.push(index);
  }
  bucket.sets = [...sets.values()];
  return bucket;
}

function matchesIn({ predicates, sets }: Bucket, event: Event): number[] {
  const answers: boolean[] = [];
  const holds = (ask: number) => answers[ask] ??= predicates[ask]!(event);
  const matched = sets.filter(({ asks }) => asks.every(holds));
  if (matched.length < 2) return matched[0]?.notifications ?? [];
  return matched.flatMap(({ notifications }) => notifications).sort((a, b) => a - b);
}

function predicateOf(type: string, condition: Condition): Predicate {
  const field = eventType(type)?.fields[condition.field];
  // A field that left the catalogue: the condition can hold for nothing any more.
  return field ? predicate(field, condition) : () => false;
}

function predicate(field: Field, condition: Condition): Predicate {
  const { field: name, op } = condition;
  switch (op) {
    case "any":
    case "none": {
      const answers = answersTo(field, condition.values);
      const expected = op === "any";
      return ({ data: { [name]: said } }) =>
        (said !== undefined && said !== null && answers(said)) === expected;
    }
    case "least":
      return (event) => isNumber(event.data[name]) && event.data[name] >= condition.value;
    case "most":
      return (event) => isNumber(event.data[name]) && event.data[name] <= condition.value;
    case "within": {
      // Counted in days of the calendar (UTC) from the day of the event, so that an answer never depends on when it is asked.
      return (event) => dayOf(event.data[name]) - dayOf(event.time) <= condition.value;
    }
    case "before":
      return (event) => dayOf(event.data[name]) < dayOf(condition.value);
    case "after":
      return (event) => dayOf(event.data[name]) > dayOf(condition.value);
  }
}

/** Whether what an event says answers to one of the values: itself, through its group or its wider language, a title by name or id. */
function answersTo(field: Field, values: readonly string[]): (said: unknown) => boolean {
  const wanted = new Set(values.flatMap((value) => membersOf(field, value)).map(fold));
  switch (field.kind) {
    case "choice":
      return (said) => wanted.has(String(said));
    case "language":
      return (said) => widens(fold(String(said)), wanted);
    case "title":
      return (said) => {
        const { id, name } = said as { id: string; name: string };
        return wanted.has(fold(name)) || wanted.has(fold(id));
      };
    default:
      return (said) => wanted.has(fold(String(said)));
  }
}

/** The values for which a value stands: a group's members, or itself. */
function membersOf(field: Field, value: string): string[] {
  return field.kind === "choice" ? field.groups?.[value]?.values ?? [value] : [value];
}

/** "pt-br" answers to "pt-br" and to "pt" (RFC 4647, basic filtering). */
function widens(tag: string, wanted: ReadonlySet<string>): boolean {
  if (wanted.has(tag)) return true;
  const end = tag.lastIndexOf("-");
  return end > 0 && widens(tag.slice(0, end), wanted);
}

/** Days since the epoch, in UTC; NaN, which compares as false, for what is not a date. */
function dayOf(value: unknown): number {
  const instant = typeof value === "number"
    ? value
    : typeof value === "string"
    ? Date.parse(value)
    : NaN;
  return Math.floor(instant / 86_400_000);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
