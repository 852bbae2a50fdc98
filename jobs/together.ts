import { coalesce } from "./coalesce.ts";

/** A function that resolves once its item is written: items that come while others are being written share the next write. */
export function together<T>(write: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: T[] = [];
  const writeAll = coalesce(() => {
    const items = waiting;
    waiting = [];
    return write(items);
  });
  return (item) => {
    waiting.push(item);
    return writeAll();
  };
}
