import { eventType, type Frequency, type Role, visibleTypes } from "./catalogue.ts";
import { emptyDraft, parseDraft } from "./drafts.ts";
import type { NotificationInput } from "./notifications.ts";
import { readableQuery } from "./search.ts";
import { nearest } from "./spelling.ts";
import { askedIn, spoken, surelyForgiven } from "./wording_conditions.ts";

// What somebody searched for in vain, read as the notification that they may want.

/** The notification that a query describes ("redelivery branded daily"); null when it names no event type of these roles, or several. */
export function readWording(query: string, roles: readonly Role[]): NotificationInput | null {
  const words = spoken(readableQuery(query));
  const type = typeIn(words, visibleTypes(roles));
  if (!type) return null;
  const { fields, frequencies } = eventType(type)!;
  const rest = withoutName(words, spoken(eventType(type)!.label));
  const draft = emptyDraft(type);
  const frequency = frequencyIn(rest, frequencies) ?? draft.frequency;
  return parseDraft({ ...draft, frequency, asked: askedIn(rest, fields) }, roles);
}

/** The names that a word is meant as; a very short one is taken as it stands. */
function meantBy(word: string, names: string[]): string[] {
  if (names.includes(word)) return [word];
  return word.length < 3 ? [] : nearest(word, names, surelyForgiven(word));
}

/** The one type that the words name best. A word that many labels share says little. */
function typeIn(words: string[], types: string[]): string | undefined {
  const labels = types.map((type) => spoken(eventType(type)!.label));
  const names = [...new Set(labels.flat())];
  const said = new Set(words.flatMap((word) => meantBy(word, names)));
  const weight = (name: string) => 1 / labels.filter((label) => label.includes(name)).length;
  const scores = labels.map((label) => {
    const heard = label.filter((name) => said.has(name));
    // Between equals, the label of which more was said; above all, one that was said word for word.
    const wordForWord = words.join(" ").includes(label.join(" ")) ? 10 : 0;
    const share = heard.length / label.length / 100;
    return heard.reduce((sum, name) => sum + weight(name), wordForWord + share);
  });
  const best = Math.max(...scores);
  const [first, second] = types.filter((_, index) => scores[index] === best);
  return best >= 0.5 && second === undefined ? first : undefined;
}

/** The words that are left when each word of a name was said once. */
function withoutName(words: string[], name: string[]): string[] {
  const unsaid = new Set(name);
  return words.filter((word) => {
    const said = meantBy(word, [...unsaid])[0];
    return said === undefined || !unsaid.delete(said);
  });
}

function frequencyIn(words: string[], offered: Frequency[]): string | undefined {
  return offered.find((frequency) => words.includes(frequency)) ??
    words.flatMap((word) => meantBy(word, offered))[0];
}
