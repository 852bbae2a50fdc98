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
  const vocabulary = [...words.keys()];
  // What holds "red" is among what held "re" a letter ago.
  const holding = remembered(
    (part: string): readonly string[] =>
      (part.length > 1 ? holding(part.slice(0, -1)) : vocabulary).filter((word) =>
        word.includes(part)
      ),
    mostReadings,
  );
  const readingOf = remembered((typed) => {
    const finds = holding(typed);
    return finds.length > 0 ? { finds, marks: [typed] } : forgiving(vocabulary, typed);
  }, mostReadings);
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
  const counts = new Uint8Array(index.notifications.length);
  readings.forEach(({ finds }, nth) => {
    for (const word of finds) {
      for (const position of index.words.get(word)!) {
        if (counts[position] === nth) counts[position] = nth + 1;
      }
    }
  });
  const notifications = index.notifications.filter((_, position) =>
    counts[position] === readings.length &&
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

/** By which words of the index a word finds, and what to mark of them. */
interface Reading {
  finds: readonly string[];
  marks: readonly string[];
}

/** How a word is read that is nowhere as it was typed: slips are forgiven only to such. */
function forgiving(vocabulary: readonly string[], typed: string): Reading {
  const meant = nearest(typed, vocabulary);
  return { finds: meant, marks: meant };
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
