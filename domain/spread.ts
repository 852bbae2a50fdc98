// Digests of one hour are handed over during the minutes after it, so that neither the provider nor the links in them
// meet everybody at once. Each person has a place in those minutes that stays.

/** How long after the hour somebody's digests are handed over, in milliseconds: always the same, evenly spread from 0 up to `length`. */
export function placeIn(length: number, userId: string): number {
  return Math.floor(length * hashOf(userId) / 2 ** 32);
}

/** FNV-1a, mixed once more at the end because ids that are alike would stand in line. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
