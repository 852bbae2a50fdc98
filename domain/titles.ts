// A title that is chosen from a list is asked for by its id, which stays when the title is renamed; its name goes along
// to be read. Between the two stands a tab, which no id and no name of an event can hold.

/** A title, as events carry it. */
export interface Title {
  id: string;
  name: string;
}

/** How much of a name goes along: enough to recognise the title by. */
const maxName = 200;

/** What a condition holds for a title that was chosen. */
export function titleValue({ id, name }: Title): string {
  return titleKey(id) + name.slice(0, maxName);
}

/** What of it decides: the same for every name that the title may have had. */
export function titleKey(id: string): string {
  return `${id}\t`;
}

/** The title that a condition's value was chosen as; undefined for a name or an id that was typed. */
export function chosenTitle(value: string): Title | undefined {
  const tab = value.indexOf("\t");
  return tab < 0 ? undefined : { id: value.slice(0, tab), name: value.slice(tab + 1) };
}
