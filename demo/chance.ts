// Chance that can be repeated: nothing here asks the machine for randomness.

/** A stream of choices that its seed decides wholly. */
export interface Chance {
  /** At least 0, below 1. */
  fraction(): number;
  /** A number from `from` up to, but without, `to`. */
  between(from: number, to: number): number;
  /** A whole number; both ends can come. */
  whole(from: number, to: number): number;
  happens(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Record<K, number>): K;
}

/** The chance of these parts: the same parts make the same choices, other parts other ones. */
export function chanceOf(...parts: (string | number)[]): Chance {
  const fraction = mulberry32(hashOf(...parts));
  const below = (count: number) => Math.floor(fraction() * count);
  return {
    fraction,
    between: (from, to) => from + fraction() * (to - from),
    whole: (from, to) => from + below(to - from + 1),
    happens: (probability) => fraction() < probability,
    pick: (list) => list[below(list.length)]!,
    weighted: (weights) => weighted(weights, fraction()),
  };
}

/** 32 bits (FNV-1a) in which these parts differ from others. */
export function hashOf(...parts: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

function weighted<K extends string>(weights: Record<K, number>, fraction: number): K {
  const entries = Object.entries<number>(weights);
  let rest = fraction * entries.reduce((sum, [, weight]) => sum + weight, 0);
  const chosen = entries.find(([, weight]) => (rest -= weight) < 0) ?? entries.at(-1)!;
  return chosen[0] as K;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
