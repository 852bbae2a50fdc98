/** As much of a list as a page can hold. */
export interface Part<Item> {
  /** From 1 on. */
  number: number;
  items: Item[];
  /** Which of all of them the first one is, from 1 on. */
  first: number;
  total: number;
}

const partSize = 500;

/** The part of that number, or the one that holds such an item; the first where there is no such part or item. */
export function partOf<Item>(
  all: readonly Item[],
  { number, holding = () => false }: {
    number?: number | undefined;
    holding?: (item: Item) => boolean;
  },
): Part<Item> {
  const begin = number === undefined ? all.findIndex(holding) : (number - 1) * partSize;
  const wanted = begin >= 0 && begin < all.length ? Math.floor(begin / partSize) : 0;
  const items = all.slice(wanted * partSize, (wanted + 1) * partSize);
  return { number: wanted + 1, items, first: wanted * partSize + 1, total: all.length };
}
