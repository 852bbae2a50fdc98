import type { Owed } from "./compose.ts";

// Many events for one person within a minute are one email, not many: the first two come at once, and what comes beyond
// them waits until the minute is over.

/** An email that told somebody something at once: when it was composed, in milliseconds, and how many events it told. */
export interface Telling {
  at: number;
  events: number;
}

/** How long after an immediate email further ones are counted together with it, in milliseconds. */
export const burstLength = 60_000;

/** How many events a person is told within a minute before further ones are gathered. */
const mostAtOnce = 2;

/** Until when so many further events wait, in milliseconds, or null where they may come at once. */
export function burstEnd(
  tellings: readonly Telling[],
  { events, now }: { events: number; now: number },
): number | null {
  // What a clock noted that ran ahead says nothing about this minute.
  const recent = tellings.filter(({ at }) => at > now - burstLength && at <= now);
  const told = recent.reduce((sum, telling) => sum + telling.events, 0);
  if (told === 0 || told + events <= mostAtOnce) return null;
  return Math.min(...recent.map(({ at }) => at)) + burstLength;
}

/** How many of these events somebody wants to be told immediately. */
export function countImmediate(owed: readonly Owed[]): number {
  return owed.filter(({ notifications }) =>
    notifications.some(({ frequency }) => frequency === "immediately")
  ).length;
}
