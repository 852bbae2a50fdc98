import type { Event } from "../domain/events.ts";
import { compile } from "../domain/match.ts";
import { granted } from "../domain/notifications.ts";
import { emptyPool, type PredicatePool } from "../domain/predicate_pool.ts";
import { boundedMap } from "./bounded_map.ts";
import type { Database } from "./client.ts";
import { type Listener, loadListeners, type Snapshot } from "./composing.ts";

// Who hears of what at once, compiled. It is remembered under the version of an account's settings, and may be
// forgotten at any time. Bookmarks move without a new version, but only ever onwards: by what is remembered somebody may
// be asked in vain, and nobody is passed over.

/** The people of an account who hear of something at once. */
export interface Audition {
  /** The lowest bookmark that an immediate notification had when it was read; Infinity where there is none. */
  oldest: number;
  /** The ids of the people whom some of these events may concern. */
  reachedBy(events: readonly Event[]): string[];
}

export interface Listeners {
  /** By account id. One round trip for those whose settings changed, none without any. */
  load(accounts: readonly Snapshot[]): Promise<Map<string, Audition>>;
}

/** How many immediate notifications are remembered, of all accounts together: under 100 MB. */
const mostListeners = 100_000;

/** After how many different conditions those of accounts that are compiled from now on are shared anew: some are asked by nobody any more. */
const mostConditions = 100_000;

interface Remembered {
  version: number;
  count: number;
  audition: Audition;
}

/** A memory of who listens. */
export function rememberListeners(db: Database): Listeners {
  const remembered = boundedMap<string, Remembered>(mostListeners, ({ count }) => count + 1);
  let pool = emptyPool();
  return {
    async load(accounts) {
      const known = accounts.flatMap(({ id, settingsVersion }) => {
        const found = remembered.get(id);
        return found?.version === settingsVersion ? [[id, found.audition] as const] : [];
      });
      const auditions = new Map<string, Audition>(known);
      const changed = accounts.filter(({ id }) => !auditions.has(id));
      if (changed.length === 0) return auditions;
      const listeners = await loadListeners(db, changed.map(({ id }) => id));
      if (pool.size > mostConditions) pool = emptyPool();
      for (const { id, settingsVersion: version } of changed) {
        const heard = listeners.get(id)!;
        const audition = auditionOf(heard, pool);
        remembered.set(id, { version, count: heard.length, audition });
        auditions.set(id, audition);
      }
      return auditions;
    },
  };
}

function auditionOf(listeners: readonly Listener[], pool: PredicatePool): Audition {
  const open = listeners.filter((listener) => granted(listener.roles)(listener));
  const match = compile(open, pool);
  return {
    // Of those who are behind too: their bookmarks are read for themselves now, and count here as soon as they caught up.
    oldest: open.reduce((least, { bookmark }) => Math.min(least, bookmark), Infinity),
    reachedBy: (events) => [
      ...new Set(events.flatMap((event) => match(event).map(({ userId }) => userId))),
    ],
  };
}
