// One formatter for all: `toLocaleString` makes a new one for every number, which a long list feels.
const english = new Intl.NumberFormat("en");

/** "1,204". */
export function numberText(number: number): string {
  return english.format(number);
}

/** "1 event", "1,204 events". */
export function counted(number: number, noun: string): string {
  return `${numberText(number)} ${noun}${number === 1 ? "" : "s"}`;
}
