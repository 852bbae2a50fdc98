import type { Field, NamedField } from "./catalogue.ts";
import { foldValue } from "./conditions.ts";
import type { Event } from "./events.ts";
import { localChoice, localChoices } from "./local_names.ts";
import { type Choice, choicesOf } from "./names.ts";
import { seenValues } from "./seen_values.ts";
import { valueLabel } from "./sentences.ts";
import { titleOffers } from "./title_offers.ts";

// What a condition can ask for: what the catalogue lists, what the platform names, what the recent events said.

/** A value on offer. */
export interface Offer extends Choice {
  /** How many of the recent events answer to it. */
  count: number;
  /** The other names under which it is looked for. */
  also?: string;
}

/** How many values are offered of a field that has no list of its own. */
const mostSeen = 40;

/** What is on offer for a field: a short list in its order, of all others what the recent events said most often first. */
export function offersOf(
  name: string,
  field: Field,
  { events, locale }: { events: readonly Event[]; locale: string },
): Offer[] {
  if (field.kind === "number" || field.kind === "date") return [];
  const seen = seenValues(name, field, events);
  const counted = (choice: Choice): Offer => {
    const count = seen.get(foldValue(choice.value))?.count ?? 0;
    return { ...choice, count };
  };
  if (isShort(field)) return shortList(field).map(counted);
  if (field.kind === "title") return titleOffers([...seen.values()]);
  const said = [...seen.values()].sort((a, b) => b.count - a.count)
    .map(({ value }) => counted(choiceOf(field, value, locale)));
  if (!isNamed(field)) return said.slice(0, mostSeen);
  const known = localChoices(field.kind, locale);
  return [...said, ...known.filter(({ value }) => !seen.has(foldValue(value))).map(counted)];
}

/** Whether the catalogue lists every value that a field can have. */
export function isShort({ kind }: Field): boolean {
  return kind === "choice" || kind === "flag";
}

/** The values of a short list, and the groups that can be chosen whole. */
function shortList(field: Field): Choice[] {
  const groups = field.kind === "choice" ? Object.entries(field.groups ?? {}) : [];
  return [...choicesOf(field), ...groups.map(([value, { label }]) => ({ value, label }))];
}

/** Whether the platform knows the names of a field's values. */
export function isNamed(field: Field): field is NamedField {
  return field.kind === "language" || field.kind === "territory";
}

/** A value that no short list holds, under the name by which its reader knows it. */
export function choiceOf(field: Field, value: string, locale: string): Choice & { also?: string } {
  if (isNamed(field)) return localChoice(field.kind, value, locale);
  return { value, label: valueLabel(field, value) };
}
