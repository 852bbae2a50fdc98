import { coalesce } from "./coalesce.ts";

/**
 * A function that resolves to what became of its item once that is written: items that come while others are being
 * written share the next write. `write` resolves to one result for each item, in their order.
 */
export function together<Item, Result>(
  write: (items: Item[]) => Promise<Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Item[] = [];
  const writeAll = coalesce(() => {
    const items = waiting;
    waiting = [];
    return write(items);
  });
  return async (item) => {
    const place = waiting.push(item) - 1;
    return (await writeAll())[place]!;
  };
}
