import type { Chance } from "../demo/chance.ts";
import type { World } from "../e2e/world.ts";

/** How often a request is tried that no service answers, and how long is waited in between, in milliseconds. */
const mostTries = 300;
const pause = 100;

/** Somebody who asks any of the services, as behind a balancer, and the next one where it does not answer. */
export interface Client {
  ask(path: string, init?: RequestInit): Promise<{ status: number; location: string | null }>;
  took: number[];
}

/** Somebody who begins with any of the services. */
export function clientOf({ services }: World, chance: Chance): Client {
  const took: number[] = [];
  let turn = chance.whole(0, services.length - 1);
  async function ask(path: string, init: RequestInit = {}) {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const service = services[turn % services.length]!;
      const start = performance.now();
      const response = await answerOf(`${service.origin()}${path}`, init);
      if (response && !isPassing(response)) {
        took.push(performance.now() - start);
        return { status: response.status, location: response.headers.get("location") };
      }
      turn += 1;
      await new Promise((over) => setTimeout(over, pause));
    }
    throw new Error(`No service answers ${path}`);
  }
  return { ask, took };
}

/** Whether the answer says to come again: the service is away for a moment, or had no time to read. */
function isPassing({ status }: Response): boolean {
  return status >= 500 || status === 408;
}

/** The answer, read to its end; null where there is none. */
async function answerOf(url: string, init: RequestInit): Promise<Response | null> {
  try {
    const response = await fetch(url, { redirect: "manual", ...init });
    await response.arrayBuffer();
    return response;
  } catch {
    return null;
  }
}
