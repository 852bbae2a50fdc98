import type { World } from "../e2e/world.ts";
import { percentile } from "./measure.ts";
import type { Load } from "./soak_load.ts";
import { type Minute, sizeOf } from "./soak_minutes.ts";

// How hard a soak presses: as hard as can be, to know how much that is, or at a pace.

const second = 1_000;
const minute = 60 * second;
const askedAtOnce = 8;

/** How many requests a second are answered when the next begins with the answer. */
export async function measure(load: Load, seconds: number): Promise<number> {
  const end = performance.now() + seconds * second;
  let answered = 0;
  await Promise.all(Array.from({ length: askedAtOnce }, async () => {
    while (performance.now() < end) {
      const { took } = await load.next();
      answered += took.length;
    }
  }));
  return answered / seconds;
}

/** Asks so many times a second for a minute, whether or not answers come. */
export async function press(world: World, load: Load, perSecond: number): Promise<Minute> {
  const start = performance.now();
  const took: number[] = [];
  const asked: Promise<unknown>[] = [];
  let passed = 0;
  while (passed < minute) {
    while (asked.length < passed / second * perSecond) {
      asked.push(load.next().then((answer) => took.push(...answer.took)));
    }
    await new Promise((over) => setTimeout(over, 10));
    passed = performance.now() - start;
  }
  await Promise.all(asked);
  const [usual, slowest] = [50, 99].map((percent) => percentile(took, percent));
  return { requests: took.length, usual: usual!, slowest: slowest!, ...sizeOf(world) };
}
