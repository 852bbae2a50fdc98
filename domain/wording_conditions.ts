import type { Field, Fields } from "./catalogue.ts";
import { isDate, type Operator } from "./conditions.ts";
import type { Asked } from "./drafts.ts";
import { choicesOf } from "./names.ts";
import { forgiven, slips, wordsOf } from "./spelling.ts";

// Conditions as people say them: "reason is not timed text", "korean", "due 3 days".

/** What the words ask of the fields, read from left to right; what is not understood is passed over. */
export function askedIn(words: string[], fields: Fields): Map<string, Asked> {
  const reading: Reading = { fields, asked: new Map(), about: "" };
  let at = 0;
  while (at < words.length) at += readOn(reading, words.slice(at));
  return reading.asked;
}

/** The words of a text; people write "and" where we write "&". */
export function spoken(text: string): string[] {
  return wordsOf(text).map((word) => word === "&" ? "and" : word);
}

/** How many slips a word is forgiven where it is one of many: a short one ("that") is too near to some name ("Thai"). */
export function surelyForgiven(word: string): number {
  return word.length < 5 ? 0 : forgiven(word);
}

interface Reading {
  fields: Fields;
  asked: Map<string, Asked>;
  /** The field that was named last, or of which a value was. */
  about: string;
  /** What was said before a value and changes what is asked. */
  relation?: Operator;
}

/** Reads what the words begin with; the number of words that it took. */
function readOn(reading: Reading, words: string[]): number {
  const { fields, about } = reading;
  const others = Object.keys(fields).filter((name) => fields[name]!.kind !== "flag");
  return readValue(reading, words, about in fields ? [about] : []) || readField(reading, words) ||
    readValue(reading, words, others) || readAmount(reading, words[0]!) ||
    readRelation(reading, words[0]!);
}

function readValue(reading: Reading, words: string[], fields: string[]): number {
  const named = longest(words, fields.flatMap((name) => valuesOf(name, reading.fields[name]!)));
  if (!named) return 0;
  const { field, value } = named;
  const isAnother = field !== reading.about && reading.asked.has(reading.about);
  const op = reading.relation === "none" && !isAnother ? "none" : "any";
  const asked = reading.asked.get(field);
  if (!asked) reading.asked.set(field, { op, values: [value] });
  else if (asked.op === op) asked.values.push(value);
  Object.assign(reading, { about: field, relation: op });
  return named.words.length;
}

function readField(reading: Reading, words: string[]): number {
  const labels = Object.entries(reading.fields).map(([field, { label }]) => ({
    field,
    words: spoken(label),
  }));
  const named = longest(words, labels);
  if (!named) return 0;
  Object.assign(reading, { about: named.field, relation: undefined });
  return named.words.length;
}

function readAmount({ fields, asked, about, relation }: Reading, word: string): number {
  const op = amountOperator(fields[about]?.kind, word, relation);
  if (!op) return 0;
  asked.set(about, { op, values: [word] });
  return 1;
}

function amountOperator(
  kind: Field["kind"] | undefined,
  word: string,
  relation: Operator | undefined,
): Operator | undefined {
  const isNumber = /^\d{1,5}$/.test(word);
  if (kind === "number" && isNumber) return relation === "most" ? "most" : "least";
  if (kind !== "date") return undefined;
  if (isNumber) return "within";
  const isSide = relation === "before" || relation === "after";
  return isSide && isDate(word) ? relation : undefined;
}

const relations: Record<string, Operator> = {
  not: "none",
  none: "none",
  except: "none",
  without: "none",
  most: "most",
  before: "before",
  after: "after",
};

/** Reads one word in any case: one that changes what is asked, or one that only makes it a sentence. */
function readRelation(reading: Reading, word: string): number {
  if (Object.hasOwn(relations, word)) reading.relation = relations[word];
  return 1;
}

interface Name {
  field: string;
  words: string[];
}

/** The longest name with which the words begin; of equals the one with the fewest slips. */
function longest<N extends Name>(words: string[], names: N[]): N | undefined {
  let best: { name: N; slips: number } | undefined;
  for (const name of names) {
    const length = best?.name.words.length ?? 0;
    if (name.words.length < length) continue;
    const count = slipsTo(name.words, words);
    if (count === Infinity) continue;
    if (!best || name.words.length > length || count < best.slips) best = { name, slips: count };
  }
  return best?.name;
}

function slipsTo(name: string[], words: string[]): number {
  let sum = 0;
  for (const [index, word] of name.entries()) {
    const typed = words[index] ?? "";
    sum += slips(typed, word, surelyForgiven(typed));
    if (sum === Infinity) return sum;
  }
  return sum;
}

interface Value extends Name {
  value: string;
}

const known = new Map<Field, Value[]>();

/** Every value and group of a field by its name. The catalogue does not change, so they are spelled once. */
function valuesOf(name: string, field: Field): Value[] {
  const found = known.get(field);
  if (found) return found;
  const groups = field.kind === "choice" ? Object.entries(field.groups ?? {}) : [];
  const choices = [
    ...choicesOf(field),
    ...groups.map(([value, { label }]) => ({ value, label })),
  ];
  const values = choices.map(({ value, label }) => ({ field: name, value, words: spoken(label) }));
  known.set(field, values);
  return values;
}
