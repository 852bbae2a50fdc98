import { type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import type { Composed, Recipient } from "../domain/compose.ts";
import { dueFrequencies, isCatchingUp, type Person } from "../domain/recipients.ts";
import { quietEnd } from "../domain/quiet_hours.ts";
import { nextDigestAt } from "../domain/schedule.ts";
import type { Snapshot } from "../db/composing.ts";
import type { Composition } from "../db/composition.ts";

// What one look at the log means for one person: what is due, from where to read, and what it accounts for.

/** Where the log must be read from: nothing that is due now, or is caught up on now, lies before it. */
export function oldestBookmark(
  people: Person[],
  recipients: Recipient[],
  { now, end }: { now: number; end: number },
): number {
  const bookmarks = recipients.flatMap(({ notifications }, index) => {
    const person = people[index]!;
    const due = isCatchingUp(person, now) ? everything : dueFrequencies(person, now);
    return notifications.filter((n) => due.has(n.frequency)).map((n) => n.bookmark);
  });
  return lowest(bookmarks, end);
}

/** The lowest of the numbers that is below `otherwise`, or that. */
export function lowest(numbers: number[], otherwise: number): number {
  return numbers.reduce((least, number) => Math.min(least, number), otherwise);
}

const everything: ReadonlySet<Frequency> = new Set(frequencyOrder);

/** What one look did: how many emails, and in which accounts there is more to look at. */
export interface Looked {
  emails: number;
  more: string[];
}

/** A look that accounts for nothing yet. */
export function emptyLook(
  account: Snapshot,
  at: Pick<Composition, "upTo" | "now" | "dispatched">,
): Composition {
  return { account, emails: [], bookmarks: [], digests: [], caughtUp: [], held: [], ...at };
}

/** Adds to a look what it accounts for in one person. */
export function take(
  look: Composition,
  person: Person,
  { emails, due }: { emails: Composed[]; due: ReadonlySet<Frequency> },
): void {
  const { now } = look;
  const caughtUp = isCatchingUp(person, now) && emails.length > 0;
  const userId = person.id;
  for (const { frequency, content } of emails) {
    const lastSeq = content.items.at(-1)!.seq;
    const window = person.digests.find((d) => d.frequency === frequency)?.nextAt ?? lastSeq;
    look.emails.push({ id: crypto.randomUUID(), userId, frequency, window, content, lastSeq });
  }
  for (const frequency of caughtUp ? everything : due) look.bookmarks.push({ userId, frequency });
  if (caughtUp || (person.behind && due.has("immediately"))) {
    look.caughtUp.push({ userId, resumed: caughtUp });
  } else if (person.behind) hold(look, person);
  for (const { frequency, nextAt } of person.digests) {
    if (!due.has(frequency)) continue;
    const next = nextDigestAt(person, frequency, { after: now, last: nextAt });
    look.digests.push({ userId, frequency, window: nextAt, next });
  }
}

/** Adds to a look that immediate mail waits until somebody's quiet hours end. */
export function hold(look: Composition, person: Person): void {
  look.held.push({ userId: person.id, until: quietEnd(person, look.now)! });
}
