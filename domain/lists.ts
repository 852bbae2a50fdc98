// As `Intl.ListFormat` says them. The first use of `Intl` takes a process far longer than a whole page.

/** "Branded", "Branded or Licensed", "Branded, Licensed or Original". */
export function anyOf(words: readonly string[]): string {
  return joined(words, "or");
}

/** "Branded", "Branded and Licensed", "Branded, Licensed and Original". */
export function allOf(words: readonly string[]): string {
  return joined(words, "and");
}

function joined(words: readonly string[], last: string): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
