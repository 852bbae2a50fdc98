/** "1 event", "1,204 events". */
export function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString("en")} ${noun}s`;
}
