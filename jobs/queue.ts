import type { Event } from "../domain/events.ts";
import type { Report } from "../domain/reporting.ts";
import { type ClaimedEmail, claimEmails, releaseEmails } from "../db/claims.ts";
import type { Database } from "../db/client.ts";
import { loadForSending, type Reader } from "../db/readers.ts";
import { reportOnce } from "./set_aside.ts";

/** How long a claimed email is its sender's alone, in milliseconds. Longer than any provider takes to answer or to list what it accepted. */
export const lease = 10 * 60_000;

/** How long what somebody handed over at the last moment may be on its way to the provider, in milliseconds. */
const onItsWay = 1_000;

/** How many emails are claimed at a time. */
const claimSize = 200;

/** An email that is to be sent now, who reads it and the events that it may tell. */
export interface Waiting {
  email: ClaimedEmail;
  reader: Reader;
  events: Map<number, Event>;
}

interface QueueParts {
  db: Database;
  now: () => number;
  report: Report;
  stopping?: AbortSignal | undefined;
  /** Resolves once everything is noted that became of earlier ones; without that no further ones are claimed. */
  noted: () => Promise<void>;
}

/** The emails that wait to be sent, for any number of senders that ask for the next one. On a stop the others are let go of. */
export async function* waitingEmails(
  { db, now, report, stopping, noted }: QueueParts,
): AsyncGenerator<Waiting, void> {
  for (;;) {
    const claimed = await claimEmails(db, { now: now(), lease, limit: claimSize });
    if (claimed.length === 0) return;
    if (claimed.some(isTakenOver)) await new Promise((over) => setTimeout(over, onItsWay));
    const { readers, events } = await loadForSending(db, claimed, reportOnce(report));
    for (const [index, email] of claimed.entries()) {
      if (stopping?.aborted) return await releaseEmails(db, claimed.slice(index), now());
      yield { email, reader: readers.get(email.userId)!, events };
    }
    await noted();
  }
}

/** Whether its last sender never said what became of it. */
function isTakenOver({ attempts, problem }: ClaimedEmail): boolean {
  return attempts > 1 && problem === null;
}
