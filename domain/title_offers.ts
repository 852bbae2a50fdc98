import type { PlainField } from "./catalogue.ts";
import { foldValue } from "./conditions.ts";
import type { Event } from "./events.ts";
import type { Offer } from "./offers.ts";
import { type SeenValue, seenValues } from "./seen_values.ts";
import { plain, wordsOf } from "./spelling.ts";
import { chosenTitle } from "./titles.ts";

/** How many titles are listed; whoever looks for another one goes on typing. */
export const mostTitles = 20;

/** Titles that events told of, the usual ones first; two of one name are told apart by their ids. */
export function titleOffers(seen: readonly SeenValue[]): Offer[] {
  const usual = seen.toSorted((a, b) => b.count - a.count).slice(0, mostTitles)
    .map(({ value, count }) => ({ value, count, ...chosenTitle(value)! }));
  const named = Map.groupBy(usual, ({ name }) => name);
  return usual.map(({ value, count, id, name }) => {
    const label = named.get(name)!.length > 1 ? `${name} (${id})` : name;
    return { value, label, count, also: id };
  });
}

const title: PlainField = { label: "title", kind: "title" };

/** The titles of any events whose name or id holds every word of a query; of them only those of the type are counted. */
export function findTitles(
  query: string,
  { ofType, ofAny }: { ofType: readonly Event[]; ofAny: readonly Event[] },
): Offer[] {
  const words = wordsOf(query);
  const counted = seenValues("title", title, ofType);
  const found = [...seenValues("title", title, ofAny).values()].filter(({ value }) => {
    const text = plain(value);
    return words.every((word) => text.includes(word));
  });
  return titleOffers(found)
    .map((offer) => ({ ...offer, count: counted.get(foldValue(offer.value))?.count ?? 0 }));
}
