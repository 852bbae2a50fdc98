import { isDeadlineType } from "../../domain/catalogue.ts";
import type { Event } from "../../domain/events.ts";
import type { Told } from "./composed.ts";

// What an email tells first: requests that have a deadline before all others, the nearest deadline first.

/** Whether something must be done about it in time. */
export function isUrgent({ type }: Event): boolean {
  return isDeadlineType(type);
}

/** Equal for the events of one request; an event that names no request stands for itself. */
export function requestOf({ subject, seq }: Event): string {
  return subject === null ? `event ${seq}` : `request ${subject}`;
}

/** The requests that at least one urgent event is about. */
export function urgentRequests(items: Told[]): Set<string> {
  return new Set(items.filter(({ event }) => isUrgent(event)).map(({ event }) => requestOf(event)));
}

/** How many requests need the reader, and how many only moved on. */
export function countRequests(items: Told[]): { urgent: number; others: number } {
  const urgent = urgentRequests(items).size;
  return { urgent, others: new Set(items.map(({ event }) => requestOf(event))).size - urgent };
}

/** The items in the order in which to tell them, those of one request together. */
export function byUrgency(items: Told[]): Told[] {
  const urgent = urgentRequests(items);
  const deadlines = earliestDeadlines(items);
  const begun = firstSeqs(items);
  const rank = ({ event }: Told) => {
    const request = requestOf(event);
    return [
      urgent.has(request) ? 0 : 1,
      deadlines.get(request) ?? Infinity,
      begun.get(request)!,
      isUrgent(event) ? 0 : 1,
      event.seq,
    ];
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ item }) => item);
}

/** The first deadline of each request that urgent events are about, in milliseconds since the epoch. */
function earliestDeadlines(items: Told[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { event } of items) {
    const due = typeof event.data.due === "string" ? Date.parse(event.data.due) : NaN;
    const request = requestOf(event);
    if (isUrgent(event) && due < (earliest.get(request) ?? Infinity)) earliest.set(request, due);
  }
  return earliest;
}

function firstSeqs(items: Told[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { event } of items) {
    const request = requestOf(event);
    first.set(request, Math.min(event.seq, first.get(request) ?? Infinity));
  }
  return first;
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
