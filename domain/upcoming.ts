import { type Composed, composeEmails, type Owed } from "./compose.ts";
import { dueFrequencies, endedPause, heldEnd, type Person } from "./recipients.ts";

/** An email that comes at an instant, in milliseconds, if nothing else happens until then. */
export interface Upcoming extends Composed {
  at: number;
}

/** The emails that tell what a person is owed, in the order in which they will come. */
export function upcomingEmails(person: Person, owed: readonly Owed[], now: number): Upcoming[] {
  const upcoming: Upcoming[] = [];
  let [left, { heldUntil }] = [owed, person];
  for (
    let at: number | undefined = Math.max(now, person.pausedUntil ?? 0);
    at !== undefined;
    at = nextLook(person, heldUntil, at)
  ) {
    const until = heldEnd({ ...person, heldUntil }, left, at);
    heldUntil = until ?? heldUntil;
    // The first email after a pause ends it.
    const pausedUntil = upcoming.length === 0 ? endedPause(person, at) : null;
    const due = dueFrequencies(person, { now: at, heldUntil: until });
    const emails = composeEmails(left, { due, pausedUntil, held: heldUntil !== null });
    for (const email of emails) upcoming.push({ ...email, at });
    const told = new Set(emails.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
    left = left.filter(({ seq }) => !told.has(seq));
  }
  return upcoming;
}

/** When emails are composed for a person next: when immediate mail is no longer held, or a digest is due. */
function nextLook(
  { digests }: Person,
  heldUntil: number | null,
  after: number,
): number | undefined {
  return [heldUntil ?? after, ...digests.map(({ nextAt }) => nextAt)]
    .filter((at) => at > after).sort((a, b) => a - b)[0];
}
