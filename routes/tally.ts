import type { Outcome } from "../db/events.ts";
import type { PostedEvent } from "../domain/events.ts";

/** What became of the events of one request. */
export interface Tally {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
  /** How many more were rejected than are listed. */
  unlisted?: number;
  conflict: boolean;
}

interface Rejection {
  /** The place of the event in the request, from 0. */
  index: number;
  id: string | null;
  problem: string;
}

/** How many rejections an answer lists: as many as the largest batch can have. */
const mostRejections = 1_000;

/** The tally of no events at all. */
export function emptyTally(): Tally {
  return { accepted: 0, duplicates: 0, rejected: [], conflict: false };
}

/** Adds what became of the next events; `outcomes` are those of the events that could be parsed. */
export function tally(
  sum: Tally,
  { events, parsed, outcomes }: {
    events: unknown[];
    parsed: (PostedEvent | string)[];
    outcomes: Outcome[];
  },
): void {
  const first = sum.accepted + sum.duplicates + sum.rejected.length + (sum.unlisted ?? 0);
  const next = outcomes.values();
  parsed.forEach((event, index) => {
    const outcome = typeof event === "string" ? event : next.next().value!;
    if (outcome === "accepted") sum.accepted += 1;
    else if (outcome === "duplicate") sum.duplicates += 1;
    else {
      sum.conflict ||= outcome === "conflict";
      const problem = reasons[outcome] ?? outcome;
      reject(sum, { index: first + index, id: idOf(events[index]), problem });
    }
  });
}

function reject(sum: Tally, rejection: Rejection): void {
  if (sum.rejected.length < mostRejections) sum.rejected.push(rejection);
  else sum.unlisted = (sum.unlisted ?? 0) + 1;
}

const reasons: Record<string, string> = {
  "conflict":
    "an event with this source and id was accepted earlier with another content: give it an id of its own",
  "unknown account": "data.accounts names no account that is known here",
};

function idOf(event: unknown): string | null {
  const id = event && typeof event === "object" && "id" in event ? event.id : null;
  return typeof id === "string" ? id.slice(0, 200) : null;
}
