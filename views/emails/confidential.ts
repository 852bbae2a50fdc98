import type { Told } from "./composed.ts";

// Mailboxes are read by more than their owners: a title that an event marks confidential goes by its id in emails, in
// everything that they say of it. Whoever follows a link and signs in sees the name.

/** The same items, the ids of confidential titles in place of their names. */
export function withoutConfidentialNames(items: Told[]): Told[] {
  const titles = items.flatMap(({ event: { data } }) =>
    data.confidential === true && data.title ? [data.title] : []
  );
  if (titles.length === 0) return items;
  const ids = new Set(titles.map(({ id }) => id));
  const unnamed = unnaming(new Map(titles.map(({ id, name }) => [folded(name), id])));
  return items.map(({ event, reasons }) => ({
    event: hasTitle(event, ids) ? { ...event, data: unnamedData(event.data, unnamed) } : event,
    reasons: reasons.map((reason) => ({ ...reason, sentence: unnamed(reason.sentence) })),
  }));
}

function hasTitle({ data }: Told["event"], ids: ReadonlySet<string>): boolean {
  return data.title !== undefined && ids.has(data.title.id);
}

function unnamedData({ title, summary, ...data }: Told["event"]["data"], unnamed: Unnamed) {
  return {
    ...data,
    ...title && { title: { ...title, name: title.id } },
    ...summary !== undefined && { summary: unnamed(summary) },
  };
}

type Unnamed = (text: string) => string;

/** Puts ids in place of names, however they are capitalised; the longest first, because one name may begin another. */
function unnaming(idByName: ReadonlyMap<string, string>): Unnamed {
  const names = [...idByName.keys()].filter((name) => name !== "")
    .sort((a, b) => b.length - a.length);
  if (names.length === 0) return (text) => text;
  const pattern = new RegExp(names.map(RegExp.escape).join("|"), "giu");
  return (text) =>
    text.normalize().replace(pattern, (name) => idByName.get(folded(name)) ?? "a title");
}

function folded(name: string): string {
  return name.normalize().toLowerCase();
}
