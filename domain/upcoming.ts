import { type Composed, composeEmails, type Owed } from "./compose.ts";
import { quietEnd } from "./quiet_hours.ts";
import { dueFrequencies, endedPause, type Person } from "./recipients.ts";

/** An email that comes at an instant, in milliseconds, if nothing else happens until then. */
export interface Upcoming extends Composed {
  at: number;
}

/** The emails that tell what a person is owed, in the order in which they will come. */
export function upcomingEmails(person: Person, owed: readonly Owed[], now: number): Upcoming[] {
  const first = Math.max(now, person.pausedUntil ?? 0);
  const quietUntil = quietEnd(person, first);
  const held = person.heldUntil !== null || quietUntil !== null;
  const upcoming: Upcoming[] = [];
  let left = owed;
  for (const at of lookTimes(person, first, quietUntil)) {
    // The first email after a pause ends it.
    const pausedUntil = upcoming.length === 0 ? endedPause(person, at) : null;
    const emails = composeEmails(left, { due: dueFrequencies(person, at), pausedUntil, held });
    upcoming.push(...emails.map((email) => ({ ...email, at })));
    const told = new Set(emails.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
    left = left.filter(({ seq }) => !told.has(seq));
  }
  return upcoming;
}

/** When emails will be composed for a person: at once, when quiet hours end, and whenever a digest is due. */
function lookTimes({ digests }: Person, first: number, quietUntil: number | null): number[] {
  const later = [quietUntil ?? first, ...digests.map(({ nextAt }) => nextAt)];
  return [...new Set([first, ...later.filter((at) => at > first)])].sort((a, b) => a - b);
}
