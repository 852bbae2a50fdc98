import type { World } from "../e2e/world.ts";

const second = 1_000;

/** Kills a service every so many seconds on average, at random, and starts it again a few seconds later. */
export function killAtRandom({ services }: World, every: number) {
  let isOver = every === 0;
  const rounds = (async () => {
    while (!isOver) {
      await waitAtMost(2 * every * second);
      const service = services[Math.floor(Math.random() * services.length)]!;
      await service.kill();
      await waitAtMost(5 * second);
      await service.start();
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await rounds;
    },
  };
}

function waitAtMost(milliseconds: number): Promise<void> {
  return new Promise((over) => setTimeout(over, Math.random() * milliseconds));
}
