import * as z from "zod";
import { eventField, eventType, eventTypeLabel, type Field, type Frequency } from "./catalogue.ts";
import { Invalid, type Problem } from "./errors.ts";
import { canonicalName } from "./names.ts";
import { chosenTitle, titleKey } from "./titles.ts";

// A condition of a notification. All conditions must hold; the values of one are alternatives.

export type Condition =
  | { field: string; op: "any" | "none"; values: string[] }
  /** The date lies at most so many days after the event; what is overdue already is within. */
  | { field: string; op: "within"; value: number }
  | { field: string; op: "least" | "most"; value: number }
  | { field: string; op: "before" | "after"; value: string };
export type Operator = Condition["op"];

/** How many values one condition may name. */
export const maxValues = 200;

/** How long a value may be; of a title that was chosen, its id and its name each. */
const maxLength = 200;

/** What one may ask of a field, the usual question first. */
export function operatorsOf(field: Field): Operator[] {
  if (field.kind === "date") return ["within", "before", "after"];
  if (field.kind === "number") return ["least", "most"];
  return ["any", "none"];
}

const operatorWords: Record<Operator, string> = {
  any: "is any of",
  none: "is none of",
  within: "is within",
  least: "is at least",
  most: "is at most",
  before: "is before",
  after: "is after",
};

/** The operator as the form shows it; one that does not exist, as it was asked. */
export function operatorLabel(op: string): string {
  return Object.entries(operatorWords).find(([known]) => known === op)?.[1] ?? op;
}

const shape = z.array(z.object({
  field: z.string(),
  op: z.enum(Object.keys(operatorWords) as [Operator, ...Operator[]]),
  values: z.array(z.string()).optional(),
  value: z.union([z.string(), z.number()]).optional(),
}));

/** The conditions of an event type in canonical form; throws Invalid with every problem, each beside its field. */
export function parseConditions(type: string, input: unknown): Condition[] {
  const parsed = shape.safeParse(input);
  if (!parsed.success || !eventType(type)) {
    throw new Invalid([{
      field: "where",
      message: "These conditions cannot be read: choose them again.",
    }]);
  }
  const problems: Problem[] = [];
  const conditions = new Map<string, Condition>();
  for (const raw of parsed.data) {
    const { field, op } = raw;
    const result = parseOne(type, raw);
    if (typeof result === "string") problems.push({ field, message: result });
    else if (result && conditions.has(`${field} ${op}`)) problems.push(askedTwice(type, raw));
    else if (result) conditions.set(`${field} ${op}`, result);
  }
  if (problems.length > 0) throw new Invalid(problems);
  return [...conditions].sort(([a], [b]) => a < b ? -1 : 1).map(([, condition]) => condition);
}

function askedTwice(type: string, { field, op }: Raw): Problem {
  const label = eventField(type, field)!.label;
  const message = `Two conditions say "${operatorWords[op]}" of ${label}: keep one of them.`;
  return { field, message };
}

type Raw = z.infer<typeof shape>[number];

/** A condition, or null when nothing was asked, or the sentence that says what is wrong. */
function parseOne(type: string, raw: Raw): Condition | null | string {
  const field = eventField(type, raw.field);
  if (!field) return `${eventTypeLabel(type)} has no field "${raw.field}".`;
  if (!operatorsOf(field).includes(raw.op)) {
    return `${capitalized(field.label)} cannot be asked whether it ${
      operatorWords[raw.op]
    } something.`;
  }
  if (raw.op === "any" || raw.op === "none") return parseValues(field, { ...raw, op: raw.op });
  const value = String(raw.value ?? "").trim();
  if (value === "") return null;
  if (raw.op === "before" || raw.op === "after") {
    return isDate(value)
      ? { field: raw.field, op: raw.op, value }
      : `Write the date for ${field.label} as year-month-day, such as 2026-11-24; "${value}" is not one.`;
  }
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 100_000) {
    return `Write ${field.label} as a whole number from 0 to 100,000; "${value}" is not one.`;
  }
  return { field: raw.field, op: raw.op, value: number };
}

function parseValues(field: Field, raw: Raw & { op: "any" | "none" }): Condition | null | string {
  const values: string[] = [];
  for (const value of (raw.values ?? []).map((text) => text.trim())) {
    if (value === "") continue;
    if (isTooLong(value)) {
      return `Write at most ${maxLength} characters for one ${field.label}.`;
    }
    const known = canonicalValue(field, value);
    if (known === undefined) {
      return `${capitalized(field.label)} has no value "${value}": choose from the list.`;
    }
    values.push(known);
  }
  if (values.length > maxValues) {
    return `Choose at most ${maxValues} values for ${field.label}; these are ${
      values.length.toLocaleString("en")
    }.`;
  }
  return values.length === 0
    ? null
    : { field: raw.field, op: raw.op, values: collapse(field, values) };
}

/** A value as we keep it, or undefined when the field has no such value. */
export function canonicalValue(field: Field, value: string): string | undefined {
  switch (field.kind) {
    case "choice":
      return Object.hasOwn(field.values, value) || Object.hasOwn(field.groups ?? {}, value)
        ? value
        : undefined;
    case "flag":
      return value === "true" || value === "false" ? value : undefined;
    case "language":
    case "territory":
      return canonicalName(field.kind, value);
    case "title":
      return isTooLong(value) ? undefined : value.normalize("NFC");
    default:
      return isTooLong(value) ? undefined : value.normalize("NFC").replaceAll("\t", " ");
  }
}

function isTooLong(value: string): boolean {
  const title = chosenTitle(value);
  return title
    ? title.id.length > maxLength || title.name.length > maxLength
    : value.length > maxLength;
}

/** Each value once, sorted; a group in place of all of its members, and never beside one of them. */
export function collapse(field: Field, values: string[]): string[] {
  const chosen = new Map(values.map((value) => [foldValue(value), value]));
  const groups = field.kind === "choice" ? Object.entries(field.groups ?? {}) : [];
  for (const [id, group] of groups) {
    if (group.values.every((value) => chosen.has(value))) chosen.set(id, id);
    if (chosen.has(id)) group.values.forEach((value) => chosen.delete(value));
  }
  return [...chosen.values()].sort();
}

/** The form in which two spellings of one text are equal. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** The same of a condition's value: a chosen title is its id alone, whatever it was called when it was chosen. */
export function foldValue(value: string): string {
  const title = chosenTitle(value);
  return fold(title ? titleKey(title.id) : value);
}

/** The same for two notifications that ask the same at the same frequency, and for no others. */
export function fingerprint(type: string, frequency: Frequency, conditions: Condition[]): string {
  return JSON.stringify([type, frequency, ...conditions.map(foldCondition)]);
}

/** A condition's text in which spelling no longer matters; equal texts are equal conditions. */
export function foldCondition(condition: Condition): string {
  const { field, op } = condition;
  return "values" in condition
    ? JSON.stringify([field, op, ...condition.values.map(foldValue).sort()])
    : JSON.stringify([field, op, condition.value]);
}

/** Whether a text is a date of the calendar, as year-month-day. */
export function isDate(value: string): boolean {
  return z.iso.date().safeParse(value).success;
}

function capitalized(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
