import {
  eventType,
  eventTypeIds,
  frequencies,
  type Frequency,
  frequencyOrder,
} from "./catalogue.ts";
import { type EmailStanding, emailStates } from "./email_states.ts";
import type { Event } from "./events.ts";
import { plain } from "./spelling.ts";

// What the history is searched for. Every word must be found in an email: in its frequency or state, or in an event that it tells.

/** One word of a search, plain, and what of the product's own words it is found in. */
export interface SearchWord {
  text: string;
  frequencies: Frequency[];
  states: EmailStanding[];
  types: string[];
}

/** With more words than this nobody finds more. */
const mostWords = 8;

/** The words of a search. */
export function searchWords(query: string): SearchWord[] {
  const words = plain(query).split(/\s+/).filter((word) => word !== "");
  return [...new Set(words)].slice(0, mostWords).map((text) => {
    const isIn = (label: string) => plain(label).includes(text);
    return {
      text,
      frequencies: frequencyOrder.filter((id) => isIn(frequencies[id])),
      states: stateIds.filter((id) => isIn(emailStates[id])),
      types: eventTypeIds.filter((id) => isIn(eventType(id)!.label)),
    };
  });
}

const stateIds = Object.keys(emailStates) as EmailStanding[];

/** Whether an email that is still to come is what was searched for. */
export function isFound(
  email: { frequency: Frequency; events: readonly Event[] },
  words: readonly SearchWord[],
): boolean {
  return words.every((word) =>
    word.frequencies.includes(email.frequency) ||
    email.events.some((event) => isInEvent(event, word))
  );
}

function isInEvent({ type, subject, data }: Event, { text, types }: SearchWord): boolean {
  const said = [subject, data.title?.name, data.title?.id, data.summary];
  return types.includes(type) || said.some((each) => each && plain(each).includes(text));
}
