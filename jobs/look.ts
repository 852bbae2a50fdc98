import { type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import { type Composed, type Recipient, sayingIfLate } from "../domain/compose.ts";
import { dueFrequencies, isCatchingUp, type Person } from "../domain/recipients.ts";
import { nextDigestAt } from "../domain/schedule.ts";
import type { Snapshot } from "../db/composing.ts";
import type { Database } from "../db/client.ts";
import { commitLooks, type Composition } from "../db/composition.ts";
import type { At } from "./pages.ts";

// What one look at the log means for one person: what is due, from where to read, and what it accounts for.

/** Where the log must be read from: nothing that is due now, or is caught up on now, lies before it. */
export function oldestBookmark(
  people: Person[],
  recipients: Recipient[],
  { now, end }: { now: number; end: number },
): number {
  const bookmarks = recipients.flatMap(({ notifications }, index) => {
    const person = people[index]!;
    // What holds immediate mail is not known before it was read.
    const due = isCatchingUp(person, now)
      ? everything
      : dueFrequencies(person, { now, heldUntil: null });
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

/** Writes down what looks account for; resolves to how many emails that makes. */
export async function writeLooks(
  db: Database,
  looks: readonly Composition[],
  { wakeAt }: Pick<At, "wakeAt">,
): Promise<number> {
  await commitLooks(db, looks);
  for (const { until } of looks.flatMap(({ held }) => held)) wakeAt?.(until);
  return looks.reduce((sum, { emails }) => sum + emails.length, 0);
}

/** A look that accounts for nothing yet. */
export function emptyLook(
  account: Snapshot,
  at: Pick<Composition, "upTo" | "now" | "dispatched" | "spread">,
): Composition {
  return { account, emails: [], bookmarks: [], digests: [], caughtUp: [], held: [], ...at };
}

/** What a look found for one person: the emails, of what is due, and until when immediate mail is held. */
export interface Found {
  emails: Composed[];
  due: ReadonlySet<Frequency>;
  heldUntil: number | null;
}

/** Adds to a look what it accounts for in one person. */
export function take(look: Composition, person: Person, { emails, due, heldUntil }: Found): void {
  const { now } = look;
  const caughtUp = isCatchingUp(person, now) && emails.length > 0;
  const userId = person.id;
  for (const { frequency, content } of emails) {
    const lastSeq = content.items.at(-1)!.seq;
    const dueAt = person.digests.find((d) => d.frequency === frequency)?.nextAt;
    look.emails.push({
      ...{ id: crypto.randomUUID(), userId, frequency, lastSeq },
      window: dueAt ?? lastSeq,
      content: sayingIfLate(content, dueAt, now),
    });
  }
  for (const frequency of caughtUp ? everything : due) look.bookmarks.push({ userId, frequency });
  if (caughtUp || (person.behind && due.has("immediately"))) {
    look.caughtUp.push({ userId, resumed: caughtUp });
  } else if (person.behind && heldUntil !== null) {
    look.held.push({ userId, until: heldUntil });
  }
  for (const { frequency, nextAt } of person.digests) {
    if (!due.has(frequency)) continue;
    const next = nextDigestAt(person, frequency, { after: now, last: nextAt });
    look.digests.push({ userId, frequency, window: nextAt, next });
  }
}
