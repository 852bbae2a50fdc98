import { asksForAction, settledBy } from "./catalogue.ts";
import type { Event } from "./events.ts";

// Where a request stands after several events: its newest state, and what of the earlier ones still asks for action.

interface Happening {
  event: Event;
}

/** What several events say of one request. */
export interface RequestState<Item extends Happening> {
  newest: Item;
  /** The newest first. */
  earlier: Item[];
  /** Those that ask for action that nothing settled since, the newest first, one of each event type. */
  open: Item[];
  /** The nearest deadline of those. */
  due: Deadline | null;
}

export interface Deadline {
  /** As the event says it: a date or an instant. */
  said: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What is told of each request, in the order in which to tell it: what asks for action by its deadline, then the newest. */
export function requestStates<Item extends Happening>(
  items: readonly Item[],
): RequestState<Item>[] {
  const requestOf = identityAmong(items);
  return [...Map.groupBy(items, ({ event }) => requestOf(event)).values()]
    .map(stateOf).sort(byUrgency);
}

/** The same items in that order, those of a request together, its newest first. */
export function inTellingOrder<Item extends Happening>(
  requests: readonly RequestState<Item>[],
): Item[] {
  return requests.flatMap(({ newest, earlier }) => [newest, ...earlier]);
}

/** What is equal for the events of one request of one title. An event that names no request stands for itself, one that names no title for that of the others. */
function identityAmong(items: readonly Happening[]): (event: Event) => string {
  const titles = new Map<string | null, string>();
  for (const { event: { subject, data } } of items) {
    if (data.title && !titles.has(subject)) titles.set(subject, data.title.id);
  }
  return ({ subject, seq, data }) =>
    JSON.stringify(subject === null ? seq : [subject, data.title?.id ?? titles.get(subject)]);
}

function stateOf<Item extends Happening>(items: Item[]): RequestState<Item> {
  const sorted = items.toSorted(newestFirst);
  const open = openAmong(sorted);
  const [due = null] = open.flatMap(({ event }) => deadlineOf(event)).sort((a, b) => a.at - b.at);
  return { newest: sorted[0]!, earlier: sorted.slice(1), open, due };
}

function openAmong<Item extends Happening>(newestFirst: Item[]): Item[] {
  const passed = new Set<string>();
  return newestFirst.filter(({ event: { type } }) => {
    const isOpen = asksForAction(type) && !passed.has(type);
    for (const settled of settledBy(type)) passed.add(settled);
    if (isOpen) passed.add(type);
    return isOpen;
  });
}

function deadlineOf({ data: { due } }: Event): Deadline[] {
  if (typeof due !== "string") return [];
  const at = Date.parse(due);
  return Number.isNaN(at) ? [] : [{ said: due, at }];
}

function byUrgency(a: RequestState<Happening>, b: RequestState<Happening>): number {
  const need = Number(b.open.length > 0) - Number(a.open.length > 0);
  if (need !== 0) return need;
  // Two without a deadline are infinitely far away, and equally so: no difference to be had by subtraction.
  const [dueA, dueB] = [a, b].map(({ due }) => due?.at ?? Infinity) as [number, number];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return newestFirst(a.newest, b.newest);
}

/** By when it happened; of one instant, what the log received last. */
function newestFirst({ event: a }: Happening, { event: b }: Happening): number {
  return b.time - a.time || b.seq - a.seq;
}
