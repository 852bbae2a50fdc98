import { eventType, type Field } from "./catalogue.ts";
import { type Condition, foldValue } from "./conditions.ts";
import type { Matchable } from "./match.ts";
import { choicesOf } from "./names.ts";
import { wider } from "./predicates.ts";
import { titleKey } from "./titles.ts";

// Whether one notification tells everything that another one would: proved from the conditions alone, for every
// event that could ever come. Where the proof is out of reach the answer is no.

type Ask = Extract<Condition, { values: string[] }>;

/** Whether every event that `b` matches is matched by `a` too. */
export function covers(a: Matchable, b: Matchable): boolean {
  const fields = eventType(a.type)?.fields;
  if (a.type !== b.type || !fields) return false;
  return a.conditions.every((wanted) => {
    const field = fields[wanted.field];
    const given = b.conditions.filter((condition) => condition.field === wanted.field);
    return field !== undefined && implies(field, given, wanted);
  });
}

/** Whether a value for which all of `given` hold must fulfil `wanted`. */
function implies(field: Field, given: Condition[], wanted: Condition): boolean {
  if (!("values" in wanted)) return given.some((condition) => isAsNarrow(condition, wanted));
  const asks = given.filter((condition): condition is Ask => "values" in condition);
  if (field.kind === "choice" || field.kind === "flag") return impliesByTrial(field, asks, wanted);
  return wanted.op === "any"
    ? asks.some((ask) => ask.op === "any" && areWithin(field, ask.values, wanted.values))
    : asks.some((ask) => excludes(field, ask, wanted.values));
}

function isAsNarrow(given: Condition, wanted: Exclude<Condition, Ask>): boolean {
  if ("values" in given || given.op !== wanted.op) return false;
  return wanted.op === "least" || wanted.op === "after"
    ? given.value >= wanted.value
    : given.value <= wanted.value;
}

/** A short list is tried value by value, and without any value. */
function impliesByTrial(field: Field, given: Ask[], wanted: Ask): boolean {
  const values = [undefined, ...choicesOf(field).map(({ value }) => value)];
  return values.every((value) =>
    !given.every((ask) => holds(field, ask, value)) || holds(field, wanted, value)
  );
}

function holds(field: Field, { op, values }: Ask, value: string | undefined): boolean {
  const members = values.flatMap((each) => groupMembers(field, each) ?? [each]);
  return (value !== undefined && members.includes(value)) === (op === "any");
}

function groupMembers(field: Field, value: string): string[] | undefined {
  return field.kind === "choice" ? field.groups?.[value]?.values : undefined;
}

/** Whether everything that answers to one of `values` also answers to one of `wider`. */
function areWithin(field: Field, values: string[], wider: string[]): boolean {
  const wide = foldedOf(wider);
  return [...foldedOf(values)].every((value) => isWithin(field, value, wide));
}

/** Whether everything that answers to a folded value also answers to one of the folded `wide`. */
function isWithin(field: Field, value: string, wide: ReadonlySet<string>): boolean {
  if (wide.has(value)) return true;
  // A title that was chosen answers to its id, typed in as well.
  if (field.kind === "title") return value.endsWith(titleKey("")) && wide.has(value.slice(0, -1));
  return field.kind === "language" && wider(value).some((tag) => wide.has(tag));
}

/** Whether nothing for which `ask` holds answers to any of these values. */
function excludes(field: Field, ask: Ask, values: string[]): boolean {
  if (ask.op === "none") return areWithin(field, values, ask.values);
  // A title answers to its name and to its id: two different words may be the same title.
  if (field.kind === "title") return false;
  return areApart(field, ask.values, values) && areApart(field, values, ask.values);
}

function areApart(field: Field, values: string[], others: string[]): boolean {
  const wide = foldedOf(others);
  return ![...foldedOf(values)].some((value) => isWithin(field, value, wide));
}

const folded = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The values as they compare; kept with them, because each of a list may be compared with each. */
function foldedOf(values: string[]): ReadonlySet<string> {
  const known = folded.get(values);
  if (known) return known;
  const made = new Set(values.map(foldValue));
  folded.set(values, made);
  return made;
}
