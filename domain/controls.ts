import { eventField, eventType, type Field } from "./catalogue.ts";
import { canonicalValue, foldValue } from "./conditions.ts";
import { type Draft, fieldOf } from "./drafts.ts";
import { NotFound } from "./errors.ts";
import type { Event } from "./events.ts";
import { choiceOf, isNamed, isShort, type Offer, offersOf } from "./offers.ts";
import { findTitles } from "./title_offers.ts";
import { chosenTitle } from "./titles.ts";

/** What the form shows of one condition. */
export interface Control {
  field: Field;
  /** What is on offer; of a long list without what was chosen from it. */
  open: Offer[];
  /** What was chosen from a long list. */
  chosen: Offer[];
  /** What was asked and is on no list: typed in, or no longer offered. */
  others: string[];
  /** The language of the labels, where that is the reader's and not ours. */
  locale?: string;
  /** What was looked for, where `open` is what was found. */
  find?: string;
}

/** What a form has beside it: the recent events of its type, and the language of its reader. */
export interface Surroundings {
  events: readonly Event[];
  locale: string;
  /** The events of all types, among whose titles one may look for more. */
  allEvents: () => readonly Event[];
}

/** The controls of a draft, each under the name of its condition: every field of the type, and further conditions behind theirs. */
export function controlsOf(draft: Draft, around: Surroundings): Map<string, Control> {
  const names = Object.keys(eventType(draft.type)?.fields ?? {}).flatMap((field) => [
    field,
    ...[...draft.asked.keys()].filter((name) => name !== field && fieldOf(name) === field),
  ]);
  return new Map(names.map((name) => [name, controlOf(draft, name, around)]));
}

/** The control of one condition; throws NotFound where the event type has no such field. */
export function controlOf(draft: Draft, name: string, around: Surroundings): Control {
  const field = eventField(draft.type, fieldOf(name));
  if (!field) throw new NotFound(`Cannot offer values of "${name}": the event has no such field`);
  const find = name === "title" ? draft.find : undefined;
  const offers = find
    ? findTitles(find, { ofType: around.events, ofAny: around.allEvents() })
    : offersOf(fieldOf(name), field, around);
  const known = new Map(offers.map((offer) => [foldValue(offer.value), offer]));
  const chosen = new Map<string, Offer>();
  const others: string[] = [];
  for (const value of draft.asked.get(name)?.values ?? []) {
    const offer = known.get(foldValue(value)) ?? unlisted(field, value, around.locale);
    if (offer) chosen.set(foldValue(offer.value), offer);
    else others.push(value);
  }
  if (isShort(field)) return { field, open: offers, chosen: [], others };
  const open = offers.filter(({ value }) => !chosen.has(foldValue(value)));
  const locale = isNamed(field) ? around.locale : undefined;
  return { field, open, chosen: [...chosen.values()], others, locale, find };
}

/** What is on no list but has a name of its own: a regional language, a title that was chosen. */
function unlisted(field: Field, value: string, locale: string): Offer | undefined {
  const known = isNamed(field) ? canonicalValue(field, value) : chosenTitle(value) && value;
  return known === undefined ? undefined : { ...choiceOf(field, known, locale), count: 0 };
}

/** The conditions that no control can show, because their field left the event type. */
export function lostConditions({ type, asked }: Draft): string[] {
  return [...asked].flatMap(([name, { values }]) =>
    values.length === 0 || eventField(type, fieldOf(name)) ? [] : [name]
  );
}
