import { once } from "../domain/maps.ts";

// One formatter for all: `toLocaleString` makes a new one for every number, which a long list feels.
const english = once(() => new Intl.NumberFormat("en"));

/** "1,204". */
export function numberText(number: number): string {
  // The first use of Intl takes a process far longer than a whole page, and most counts are small.
  const isPlain = Number.isInteger(number) && number >= 0 && number < 1_000;
  return isPlain ? String(number) : english().format(number);
}

/** "1 event", "1,204 events". */
export function counted(number: number, noun: string): string {
  return `${numberText(number)} ${noun}${number === 1 ? "" : "s"}`;
}
