import { remembered } from "./maps.ts";
import { plain } from "./spelling.ts";

// Where in a text, as it is written, the plain words stand that are to be marked.

/** A stretch of a text: from the one position up to the other. */
export type Range = [from: number, to: number];

/** Where some plain words stand in a text as it is written; what touches, or has only spaces between, is one stretch. */
export function rangesOf(text: string, words: readonly string[]): Range[] {
  const { letters, at } = spelled(text);
  const found = words.flatMap((word): Range[] =>
    occurrences(letters, word).map((start) => {
      let end = start + word.length;
      // One character may be several plain letters: it is in the range or it is not.
      while (at(end) === at(end - 1) && end < letters.length) end += 1;
      return [at(start), at(end)];
    })
  );
  found.sort(([a], [b]) => a - b);
  const ranges: Range[] = [];
  for (const [from, to] of found) {
    const last = ranges.at(-1);
    if (last && text.slice(last[1], from).trim() === "") last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}

interface Spelled {
  letters: string;
  /** Where in the text the letter at a position comes from. */
  at: (position: number) => number;
}

/** A text in plain letters. The same few stand in every row, and are looked through with every letter that is typed. */
const spelled = remembered((text): Spelled => {
  const whole = plain(text);
  // Nearly always only capitals became small letters, and every letter kept its place.
  if (whole.length === text.length && whole === text.toLowerCase()) {
    return { letters: whole, at: (position) => position };
  }
  const origins: number[] = [];
  let [letters, origin] = ["", 0];
  for (const character of text) {
    letters += plain(character);
    while (origins.length < letters.length) origins.push(origin);
    origin += character.length;
  }
  return { letters, at: (position) => origins[position] ?? text.length };
});

function occurrences(letters: string, word: string): number[] {
  const starts: number[] = [];
  for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + word.length)) {
    starts.push(at);
  }
  return starts;
}
