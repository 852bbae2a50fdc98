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
interface Shared<N> {
  predicates: Predicate[];
  notifications: N[];
}

/** Compiles notifications into one function; those that ask the same are evaluated once for each event. */
export function compile<N extends Matchable>(notifications: readonly N[]): Match<N> {
  const buckets = new Map<string, Map<string, Shared<N>>>();
  const order = new Map(notifications.map((notification, index) => [notification, index]));
  for (const notification of notifications) {
    const bucket = getOrAdd(buckets, notification.type, () => new Map<string, Shared<N>>());
    const key = notification.conditions.map(foldCondition).join();
    getOrAdd(bucket, key, () => ({ predicates: predicatesOf(notification), notifications: [] }))
      .notifications.push(notification);
  }
  return (event) => {
    const bucket = buckets.get(event.type);
    if (!bucket) return [];
    const matched: N[] = [];
    for (const { predicates, notifications } of bucket.values()) {
      if (predicates.every((holds) => holds(event))) matched.push(...notifications);
    }
    return matched.sort((a, b) => order.get(a)! - order.get(b)!);
  };
}

function predicatesOf({ type, conditions }: Matchable): Predicate[] {
  return conditions.map((condition) => {
    const field = eventType(type)?.fields[condition.field];
    // A field that left the catalogue: the condition can hold for nothing any more.
    return field ? predicate(field, condition) : () => false;
  });
}

function predicate(field: Field, condition: Condition): Predicate {
  const { field: name, op } = condition;
  switch (op) {
    case "any":
    case "none": {
      const wanted = new Set(condition.values.map(fold));
      const expected = op === "any";
      return (event) => keysOf(field, event.data[name]).some((key) => wanted.has(key)) === expected;
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

/** Everything that a value answers to, folded: itself, its group, its wider language, a title's name and id. */
function keysOf(field: Field, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  switch (field.kind) {
    case "choice":
      return [String(value), ...groupsOf(field, String(value))];
    case "language":
      return wideningTags(fold(String(value)));
    case "title": {
      const { id, name } = value as { id: string; name: string };
      return [fold(name), fold(id)];
    }
    default:
      return [fold(String(value))];
  }
}

function groupsOf(field: Field, value: string): string[] {
  if (field.kind !== "choice" || !field.groups) return [];
  return Object.entries(field.groups).filter(([, group]) => group.values.includes(value)).map((
    [id],
  ) => id);
}

/** "pt-br" answers to "pt-br" and to "pt" (RFC 4647, basic filtering). */
function wideningTags(tag: string): string[] {
  const parts = tag.split("-");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
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
