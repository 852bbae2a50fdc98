/** How long what happened waits for company before it is written down, in milliseconds. */
const moment = 50;

/** Writes down what happened soon, in one commit with what happens meanwhile. */
export interface Notes<Item> {
  add(item: Item): void;
  /** Resolves once everything is written, which now waits for no more company. */
  finish(): Promise<void>;
}

/** Notes that are kept by `write`. */
export function openNotes<Item>(write: (items: Item[]) => Promise<void>): Notes<Item> {
  let waiting: Item[] = [];
  let written = Promise.resolve();
  let hurry = () => {};

  async function writeAfter(earlier: Promise<void>): Promise<void> {
    await earlier;
    await new Promise<void>((over) => {
      const timer = setTimeout(over, moment);
      hurry = () => {
        clearTimeout(timer);
        over();
      };
    });
    const items = waiting;
    waiting = [];
    await write(items);
  }
  return {
    add(item) {
      if (waiting.push(item) > 1) return;
      written = writeAfter(written);
      // Whoever finishes hears of it.
      written.catch(() => {});
    },
    finish() {
      hurry();
      return written;
    },
  };
}
