import type { Event } from "../domain/events.ts";
import { rowsOf } from "./client.ts";
import { type EventTuple, wholeEvents } from "./event_rows.ts";

/** What an account got in the recent days. It goes on growing while it is held. */
export interface RecentEvents {
  /** Each type by itself, in the order of the log. */
  byType: ReadonlyMap<string, readonly Event[]>;
  /** The `seq`s from which and up to which nothing is missing. */
  from: number;
  upTo: number;
  /** When the oldest happened that is kept, where older ones of the recent days had to go; null where none had. */
  since: number | null;
}

/** The same as its keeper holds it. */
export interface KeptEvents extends RecentEvents {
  byType: Map<string, Event[]>;
  count: number;
  /** Reads what is still missing, for all who wait for it. */
  reading: Promise<void> | null;
}

/** A page of an account's log. */
export interface Page {
  /** The oldest `seq` of the recent days, null where they are empty. */
  oldest: number | null;
  /** The `seq` behind which the page begins. */
  behind: number;
  /** The newest `seq` of the whole log. */
  end: number;
  /** In the order of the log; fewer than were asked for where the log ends. */
  rows: string;
}

/** How many events a page may hold, and how many of one account are kept. */
export interface Limits {
  page: number;
  most: number;
}

export function nothingKept(): KeptEvents {
  return { byType: new Map(), from: 0, upTo: -1, since: null, count: 0, reading: null };
}

/** Adds a page that begins no later than where the kept events end; answers whether the log ends with it. */
export function extend(kept: KeptEvents, answer: Page, { page, most }: Limits): boolean {
  const rows = rowsOf<EventTuple>([answer]);
  if (kept.upTo < 0) kept.from = answer.behind + 1;
  for (const event of wholeEvents(rows)) if (event.seq > kept.upTo) append(kept, event);
  const isEnd = rows.length < page;
  // Whoever asked at the same time may have read further.
  kept.upTo = Math.max(kept.upTo, isEnd ? answer.end : rows.at(-1)![0]);
  const oldest = answer.oldest ?? answer.end + 1;
  dropBefore(kept, oldest);
  if (kept.count > most) dropBefore(kept, oldestOfNewest(kept, Math.ceil(most * 0.9)));
  kept.since = kept.from > oldest ? oldestTime(kept) : null;
  return isEnd;
}

function append(kept: KeptEvents, event: Event): void {
  const ofType = kept.byType.get(event.type);
  if (ofType) ofType.push(event);
  else kept.byType.set(event.type, [event]);
  kept.count += 1;
}

function dropBefore(kept: KeptEvents, seq: number): void {
  if (seq <= kept.from) return;
  for (const events of kept.byType.values()) {
    const stays = events.findIndex((event) => event.seq >= seq);
    kept.count -= events.splice(0, stays < 0 ? events.length : stays).length;
  }
  kept.from = seq;
}

/** The lowest `seq` among the newest so many. */
function oldestOfNewest({ byType }: KeptEvents, count: number): number {
  const seqs = [...byType.values()].flatMap((events) => events.map(({ seq }) => seq));
  return seqs.sort((a, b) => b - a)[count - 1]!;
}

function oldestTime({ byType }: KeptEvents): number | null {
  const first = [...byType.values()].flatMap((events) => events[0] ?? []);
  const oldest = first.reduce<Event | null>((a, b) => a && a.seq < b.seq ? a : b, null);
  return oldest?.time ?? null;
}
