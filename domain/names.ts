import type { Field } from "./catalogue.ts";
import { once } from "./maps.ts";

// Languages and territories are not listed anywhere in this product: the platform's `Intl` knows them.

// Made when first asked: the first use of `Intl` takes a process far longer than a whole page.
const names = {
  language: once(() => new Intl.DisplayNames("en", { type: "language", fallback: "none" })),
  territory: once(() => new Intl.DisplayNames("en", { type: "region", fallback: "none" })),
};
const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const pairs = letters.flatMap((a) => letters.map((b) => a + b));

export type NamedKind = "language" | "territory";

export interface Choice {
  value: string;
  label: string;
}

/** The English name of a BCP 47 tag or an ISO 3166 code, or undefined when the platform knows none. */
export const nameOf = remembered((kind, value) => {
  try {
    return names[kind]().of(value);
  } catch {
    return undefined; // a RangeError: not even well-formed
  }
});

/** The canonical spelling of a tag or code ("PT-br" is "pt-BR"), or undefined when there is no such thing. */
export const canonicalName = remembered(spell);

function spell(kind: NamedKind, value: string): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(kind === "language" ? value : `und-${value}`);
    const name = kind === "language" ? tag : tag?.slice("und-".length);
    return name && nameOf(kind, name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** What a field offers to choose from, in the order to show it; empty for fields that are typed in. */
export function choicesOf(field: Field): Choice[] {
  if (field.kind === "choice") {
    return Object.entries(field.values).map(([value, label]) => ({ value, label }));
  }
  if (field.kind === "flag") {
    return [{ value: "true", label: "Yes" }, { value: "false", label: "No" }];
  }
  if (field.kind === "language" || field.kind === "territory") return named[field.kind]();
  return [];
}

/** Every territory of the platform; every language of two letters, and those that a territory speaks first. */
export function knownValues(kind: NamedKind): string[] {
  return known[kind]();
}

const known = {
  territory: once((): string[] =>
    spelledRight("territory", pairs.map((pair) => pair.toUpperCase()))
  ),
  language: once((): string[] => {
    const spoken = known.territory().map(languageOf).filter((tag) => tag.length === 3);
    return spelledRight("language", [...pairs, ...new Set(spoken)]);
  }),
};

const named = {
  territory: once(() => namedChoices("territory")),
  language: once(() => namedChoices("language")),
};

function namedChoices(kind: NamedKind): Choice[] {
  return knownValues(kind)
    .map((value) => ({ value, label: nameOf(kind, value)! }))
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}

/** The language that a territory speaks first: "fil" of "PH". */
export function languageOf(territory: string): string {
  return new Intl.Locale(`und-${territory}`).maximize().language;
}

/** Those that are spelled like this, each name once: "Akan" is "ak" and, to some, "tw". */
function spelledRight(kind: NamedKind, values: string[]): string[] {
  const right = values.filter((value) => canonicalName(kind, value) === value);
  const named = new Map(right.toReversed().map((value) => [nameOf(kind, value), value]));
  return [...named.values()];
}

/** Keeps what `Intl` has said: asking it costs more than everything else that an event is checked for. */
function remembered(ask: (kind: NamedKind, value: string) => string | undefined): typeof ask {
  const most = 5_000;
  const known = new Map<string, string | undefined>();
  return (kind, value) => {
    const key = `${kind} ${value}`;
    if (!known.has(key)) {
      if (known.size === most) known.clear();
      known.set(key, ask(kind, value));
    }
    return known.get(key);
  };
}
