import { type SQL, sql } from "drizzle-orm";
import { mostCharacters } from "../domain/search.ts";
import { plain } from "../domain/spelling.ts";

// SQLite knows neither accents nor capitals beyond ASCII. Its GLOB knows sets of characters, so each letter of a pattern
// stands for all that read the same.

/** Whether a value contains a text, whatever the accents and capitals of either. */
export function contains(value: SQL, text: string): SQL {
  return sql`${value} GLOB ${`*${spelled(text)}*`}`;
}

/** Whether a value begins with a text in the same way. */
export function beginsWith(value: SQL, text: string): SQL {
  return sql`${value} GLOB ${`${spelled(text)}*`}`;
}

/** The text as a pattern of itself; what is longer than anybody types counts by how it begins. */
function spelled(text: string): string {
  return [...plain(text).normalize("NFC")].slice(0, mostCharacters).map(setOf).join("");
}

function setOf(letter: string): string {
  spellings ??= allSpellings();
  const set = spellings.get(letter) ?? letter;
  return set.length > 1 || "*?[".includes(set) ? `[${set}]` : set;
}

let spellings: Map<string, string> | undefined;

/** Where the letters stand that have capitals or accents, from Latin to Armenian. */
const alphabets = [[0x41, 0x58f], [0x1e00, 0x1fff]] as const;

/** By plain letter, every way to write it. */
function allSpellings(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [first, last] of alphabets) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code);
      const read = plain(letter);
      if (/\p{L}/u.test(letter)) found.set(read, (found.get(read) ?? "") + letter);
    }
  }
  return found;
}
