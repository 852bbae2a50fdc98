// Numbers as a text, two characters each: of all that the platform offers, only a text lies in one piece of memory, its
// numbers right behind its head, and a small one takes a byte for each character. An array of them is two pieces, a
// typed array four.

/** How many characters are made at a time: a call takes no more arguments than the stack has room for. */
const atOnce = 4_096;

/** Whole numbers from 0 to 2^32 - 1, packed. */
export function pack(numbers: readonly number[]): string {
  let packed = "";
  for (let from = 0; from < numbers.length; from += atOnce) {
    const codes = numbers.slice(from, from + atOnce).flatMap((
      each,
    ) => [each >>> 16, each & 0xffff]);
    packed += String.fromCharCode(...codes);
  }
  return packed;
}

/** The number at a position of those that were packed. */
export function numberAt(packed: string, position: number): number {
  return packed.charCodeAt(2 * position) * 0x1_0000 + packed.charCodeAt(2 * position + 1);
}
