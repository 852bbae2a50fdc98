import { type Choice, knownValues, languageOf, type NamedKind, nameOf } from "./names.ts";

// Languages and territories in the words of whoever reads them.

/** A choice under its name in the reader's language, and the other names under which it is looked for. */
export interface LocalChoice extends Choice {
  also: string;
}

/** The first of these language tags in which the platform can name things; English where there is none. */
export function readerLocale(tags: readonly string[]): string {
  return tags.find(isNameable) ?? "en";
}

function isNameable(tag: string): boolean {
  try {
    return Intl.DisplayNames.supportedLocalesOf(tag).length > 0;
  } catch {
    return false; // a RangeError: not even well-formed
  }
}

/** Every language or territory that the platform knows, in the alphabetical order of the reader's language. */
export const localChoices = remembering((kind, locale) => {
  const { compare } = new Intl.Collator(locale);
  return knownValues(kind)
    .map((value) => localChoice(kind, value, locale))
    .sort((a, b) => compare(a.label, b.label));
});

/** One language or territory as its reader calls it: a regional form too, "Brazilian Portuguese" for "pt-BR". */
export function localChoice(kind: NamedKind, value: string, locale: string): LocalChoice {
  const english = nameOf(kind, value) ?? value;
  const label = namesIn(kind, locale).of(value) ?? english;
  const others = new Set([english, ownName(kind, value) ?? english]);
  others.delete(label);
  return { value, label, also: [...others].join(" ") };
}

const namesIn = remembering((kind, locale) => {
  const type = kind === "language" ? "language" : "region";
  return new Intl.DisplayNames(locale, { type, fallback: "none" });
});

/** What a language or a territory calls itself, where the platform knows. */
const ownName = remembering((kind, value) => {
  const home = kind === "language" ? value : languageOf(value);
  return namesIn(kind, home).of(value);
});

/** People speak a handful of languages of some hundred places; whoever tries out more must not fill the memory. */
const maxRemembered = 500;

/** The same function, which does not do again what it did lately. */
function remembering<T>(make: (kind: NamedKind, key: string) => T) {
  const made = new Map<string, T>();
  return (kind: NamedKind, key: string): T => {
    const known = made.get(kind + key);
    if (known !== undefined) return known;
    if (made.size === maxRemembered) made.clear();
    const value = make(kind, key);
    made.set(kind + key, value);
    return value;
  };
}
