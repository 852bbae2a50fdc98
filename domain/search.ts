import { getOrAdd, remembered } from "./maps.ts";
import type { ShownNotification } from "./notifications.ts";
import { type Meaning, meanings, productWords, saidBy, type Titles } from "./search_terms.ts";
import { nearest, wordsOf } from "./spelling.ts";

// Search while typing: a list is prepared once, then asked with every letter.

export interface Searchable extends ShownNotification {
  granted: boolean;
}

/** A list of notifications, ready to be searched. */
export interface SearchIndex<N extends Searchable> {
  notifications: readonly N[];
  /** Each distinct plain word, with the positions of those that it finds; some of the product's own words find none. */
  words: ReadonlyMap<string, number[]>;
  /** How a word that is typed is read. The words before it stay as they are while one goes on typing. */
  readingOf: (typed: string) => Reading;
  /** All words of each notification in their order, for phrases. */
  texts: string[];
  /** What the rows show where they do not say what is meant: "timed text" is shown as "subtitle". */
  meanings: Meaning[];
}

/** What a query finds, in the order of the list, and the plain words of the rows that say why. */
export interface Found<N extends Searchable> {
  notifications: readonly N[];
  marks: string[];
}

/** How many words are remembered with what they find: more than a query has that somebody types. */
const mostReadings = 20;

/** Prepares a list; with the names of titles, what asks for a title by its id is found by its name. */
export function searchIndex<N extends Searchable>(
  notifications: readonly N[],
  titles: Titles = new Map(),
): SearchIndex<N> {
  const words = new Map(productWords().map((word): [string, number[]] => [word, []]));
  const wordsIn = remembered(wordsOf);
  const meaningsOf = meanings(titles);
  const meant = new Set<Meaning>();
  const texts = notifications.map((notification, position) => {
    const behind = meaningsOf(notification);
    for (const meaning of behind) if (!meaning.shown.includes(meaning.meant)) meant.add(meaning);
    const said = [...saidBy(notification), ...behind.map(({ meant }) => meant)].flatMap(wordsIn);
    for (const word of said) {
      const positions = getOrAdd(words, word, () => []);
      if (positions.at(-1) !== position) positions.push(position);
    }
    return said.join(" ");
  });
  const readingOf = reader(words, notifications.length);
  return { notifications, words, readingOf, texts, meanings: [...meant] };
}

/** How many characters of a query count: more than anybody types. */
export const mostCharacters = 200;

/** The part of a query that is searched for. */
export function readableQuery(query: string): string {
  return [...query.trim()].slice(0, mostCharacters).join("");
}

/** Those in which each word of the query is found, and what stands between quotation marks as it stands there. */
export function search<N extends Searchable>(index: SearchIndex<N>, query: string): Found<N> {
  const { words, phrases } = readQuery(query);
  const readings = words.map(index.readingOf);
  const notifications = index.notifications.filter((_, position) =>
    readings.every(({ finds }) => finds[position] === 1) &&
    phrases.every((phrase) => index.texts[position]!.includes(phrase))
  );
  const asked = [...readings.flatMap(({ marks }) => marks), ...phrases];
  return { notifications, marks: marksOf(index, asked) };
}

interface Asked {
  words: string[];
  phrases: string[];
}

/** At most 100 words: two characters each. A quotation mark that nobody has closed yet reaches to the end. */
function readQuery(query: string): Asked {
  const asked: Asked = { words: [], phrases: [] };
  const text = readableQuery(query).replace(/[“”]/g, '"');
  for (const [part, quoted] of text.matchAll(/"([^"]+)"?|[^\s"]+/g)) {
    const words = wordsOf(part);
    if (quoted === undefined) asked.words.push(...words);
    else asked.phrases.push(words.join(" "));
  }
  return {
    words: [...new Set(asked.words)],
    phrases: asked.phrases.filter((phrase) => phrase !== ""),
  };
}

/** What a word finds: at each position of the list 1 or 0; and what to mark there. */
interface Reading {
  finds: Uint8Array;
  marks: readonly string[];
}

/** Reads a word that is typed. Slips are forgiven only to one that is nowhere as it was typed. */
function reader(words: ReadonlyMap<string, number[]>, count: number): (typed: string) => Reading {
  const vocabulary = [...words.keys()];
  let last = { typed: "", words: vocabulary };
  // What holds "red" is among what held "re" a letter ago.
  function holding(typed: string): string[] {
    const among = typed.includes(last.typed) ? last.words : vocabulary;
    last = { typed, words: among.filter((word) => word.includes(typed)) };
    return last.words;
  }
  return remembered((typed) => {
    const exact = holding(typed);
    const meant = exact.length > 0 ? exact : nearest(typed, vocabulary);
    const finds = new Uint8Array(count);
    for (const word of meant) for (const position of words.get(word)!) finds[position] = 1;
    return { finds, marks: exact.length > 0 ? [typed] : meant };
  }, mostReadings);
}

/** What to mark in the rows: what was asked for, as it stands there, or what is shown in its place. */
function marksOf({ meanings }: SearchIndex<Searchable>, asked: string[]): string[] {
  const marks = new Set(asked.flatMap((text) => text.split(" ")));
  for (const text of asked) {
    for (const { meant, shown } of meanings) {
      if (meant.includes(text) && !shown.includes(text)) marks.add(shown);
    }
  }
  // A single letter finds, but marked everywhere it would only dazzle.
  return [...marks].filter((mark) => mark.length > 1);
}
