import type { Event } from "../domain/events.ts";
import { type Database, rowsOf } from "../db/client.ts";
import type { Snapshot } from "../db/composing.ts";
import { type EventTuple, wholeEvents } from "../db/event_rows.ts";
import { eventsAfter, type Place } from "../db/log.ts";

/** How many events of an account are read, and how many people are composed for, at a time. */
export const pageSize = 1_000;

/** When a look is taken, and who hears of what it finds. */
export interface At {
  now: number;
  /** Hears of events that cannot be told. */
  setAside: (seq: number, flaw: string) => void;
  /** Hears of instants until which something is held. */
  wakeAt?: ((instant: number) => void) | undefined;
  /** Over how many milliseconds after the hour digests are handed over. */
  spread?: number | undefined;
}

/** The next events of an account, up to the end of the log as it was first seen, and how far they reach. */
export interface Page {
  account: Snapshot;
  events: Event[];
  upTo: number;
}

/** The next page behind each of these places, in one round trip. */
export async function readPages(
  db: Database,
  places: readonly (Place & { account: Snapshot })[],
  { setAside }: Pick<At, "setAside">,
): Promise<Page[]> {
  if (places.length === 0) return [];
  const pages = await eventsAfter(db, places, pageSize);
  return pages.map((page, index) => {
    const { account } = places[index]!;
    const rows = rowsOf<EventTuple>([page]).filter(([seq]) => seq <= account.end);
    const upTo = rows.length < pageSize ? account.end : rows.at(-1)![0];
    return { account, events: wholeEvents(rows, setAside), upTo };
  });
}
