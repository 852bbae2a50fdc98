// Words as people type them: without regard to capital letters and accents, and with a slip now and then.

/** The form in which neither capital letters nor accents matter. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/[\p{Diacritic}&&\p{M}]/gv, "").toLowerCase()
    .replaceAll("ς", "σ");
}

const edge = /[.,;:…!?()[\]{}'"‘’“”–—-]/;

/** The words of a text, plain, without the punctuation around them. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).map(plainWord).filter((word) => word !== "");
}

/** A word, plain, without the punctuation around it. */
export function plainWord(text: string): string {
  const word = plain(text);
  let [from, to] = [0, word.length];
  while (from < to && edge.test(word[from]!)) from += 1;
  while (from < to && edge.test(word[to - 1]!)) to -= 1;
  return word.slice(from, to);
}

/** How many slips a word is forgiven. A figure is never guessed: another number is another thing. */
export function forgiven(word: string): number {
  if (/\p{N}/u.test(word)) return 0;
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** How many slips lie between what was typed and a word; `Infinity` where it is more than `most`. */
export function slips(typed: string, word: string, most: number): number {
  if (Math.abs(typed.length - word.length) > most) return Infinity;
  return within(lastRow(typed, word, most)?.[word.length], most);
}

/** The same to whatever the word begins with, because typing may not be at its end. */
function slipsToStart(typed: string, word: string, most: number): number {
  if (word.startsWith(typed)) return 0;
  if (most === 0 || typed.length > word.length + most || isStrange(typed, word, most)) {
    return Infinity;
  }
  const row = lastRow(typed, word.slice(0, typed.length + most), most);
  return within(row && Math.min(...row), most);
}

/** Whether more letters are strange to the word than slips are allowed: cheaper to see than how many slips there are. */
function isStrange(typed: string, word: string, most: number): boolean {
  let allowed = most;
  for (let at = 0; at < typed.length; at += 1) {
    if (!word.includes(typed[at]!) && --allowed < 0) return true;
  }
  return false;
}

function within(count: number | undefined, most: number): number {
  return count !== undefined && count <= most ? count : Infinity;
}

/**
 * The slips from the whole of what was typed to each beginning of the word: a letter too many, missing, wrong, or
 * swapped with its neighbour (optimal string alignment). Undefined as soon as all of them are more than `most`.
 */
function lastRow(typed: string, word: string, most: number): number[] | undefined {
  let before: number[] = [];
  let row = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const wrong = row[j - 1]! + (typed[i - 1] === word[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] &&
        typed[i - 2] === word[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(wrong, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    if (Math.min(...next) > most) return undefined;
    [before, row] = [row, next];
  }
  return row;
}

/** The words to whose beginning what was typed is nearest, as far as slips are forgiven. */
export function nearest(
  typed: string,
  words: Iterable<string>,
  most = forgiven(typed),
): string[] {
  let found: string[] = [];
  for (const word of words) {
    const count = slipsToStart(typed, word, most);
    if (count > most) continue;
    if (count < most) [most, found] = [count, []];
    found.push(word);
  }
  return found;
}
