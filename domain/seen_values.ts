import type { Field } from "./catalogue.ts";
import { foldValue } from "./conditions.ts";
import type { Event } from "./events.ts";
import { type Title, titleValue } from "./titles.ts";

/** A value that a condition can ask for, and how many events answer to it. */
export interface SeenValue {
  value: string;
  count: number;
}

/** What events said of a field, each value once by its folded form; a group and a language count all that they stand for. */
export function seenValues(
  name: string,
  field: Field,
  events: readonly Event[],
): Map<string, SeenValue> {
  const seen = new Map<string, SeenValue>();
  for (const [said, count] of countSaid(name, field, events)) {
    for (const value of [said, ...widerValues(field, said)]) {
      const key = foldValue(value);
      // The latest spelling stays: a title may have been renamed.
      seen.set(key, { value, count: (seen.get(key)?.count ?? 0) + count });
    }
  }
  return seen;
}

function countSaid(name: string, { kind }: Field, events: readonly Event[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { data: { [name]: said } } of events) {
    if (said === undefined || said === null) continue;
    const value = kind === "title" ? titleValue(said as Title) : String(said);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** What else a condition can say to mean this value: the groups that it belongs to, the language of a regional form. */
function widerValues(field: Field, value: string): string[] {
  if (field.kind === "choice") {
    const groups = Object.entries(field.groups ?? {});
    return groups.filter(([, { values }]) => values.includes(value)).map(([id]) => id);
  }
  if (field.kind !== "language") return [];
  const subtags = value.split("-");
  return subtags.slice(1).map((_, index) => subtags.slice(0, index + 1).join("-"));
}
