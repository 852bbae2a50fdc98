import type { Asked, Happening, Pace, Reader } from "./reference.ts";
import { paces, reasonsFor } from "./reference.ts";
import { isQuiet, isWindow } from "./wall_clock.ts";

// What everybody is owed beside what everybody was told, and the difference in words.

/** One event told to somebody: how fast, when, and for which notifications. */
export interface Telling {
  pace: Pace;
  at: number;
  reasons: number[];
}

/** By reader, then by event. */
export type Tellings = Map<string, Map<string, Telling>>;

export interface World {
  readers: Reader[];
  events: Happening[];
  /** When the product heard of each event. */
  received: Map<string, number>;
  /** When the product looked what is owed, in order. */
  looks: number[];
}

/** What these events oblige to tell: each once, by the pace that tells it first, with every reason. */
export function tellingsOwed({ readers, events, received, looks }: World): Tellings {
  return new Map(readers.map((reader) => {
    const owed = events.map((event) => ({
      ...{ id: event.id, heard: received.get(event.id)! },
      reasons: reasonsFor(reader, event),
    })).filter(({ reasons }) => reasons.length > 0);
    return [reader.id, tellingsTo(reader, owed, looks)];
  }));
}

interface Owed {
  id: string;
  heard: number;
  reasons: Asked[];
}

/** What one reader is told of this, look after look: digests at their windows, and at once what nothing holds. */
function tellingsTo(reader: Reader, owed: Owed[], looks: number[]): Map<string, Telling> {
  const told = new Map<string, Telling>();
  const atOnce: number[] = [];
  const coming = owed.values();
  let next = coming.next();
  let waiting: Owed[] = [];
  let gate: number | null = null;
  for (const at of looks) {
    for (; !next.done && next.value.heard <= at; next = coming.next()) waiting.push(next.value);
    const hurried = waiting.filter(({ reasons }) => asks(reasons, "immediately")).length;
    gate = gateAt(at, { reader, hurried, gate, atOnce });
    for (const { id, heard, reasons } of waiting) {
      const pace = paces.find((each) =>
        asks(reasons, each) &&
        (each === "immediately" ? gate === null : heard < at && isWindow(reader, each, at))
      );
      if (!pace) continue;
      if (pace === "immediately") atOnce.push(at);
      told.set(id, { pace, at, reasons: reasons.map(({ id }) => id).sort((a, b) => a - b) });
    }
    waiting = waiting.filter(({ id }) => !told.has(id));
  }
  return told;
}

function asks(reasons: Asked[], pace: Pace): boolean {
  return reasons.some(({ frequency }) => frequency === pace);
}

const minute = 60_000;

/** Until when what is immediate stays closed in, or null: through quiet hours, and from the third event on to the end of a minute. */
function gateAt(
  at: number,
  { reader, hurried, gate, atOnce }: {
    reader: Reader;
    hurried: number;
    gate: number | null;
    atOnce: number[];
  },
): number | null {
  if (hurried === 0) {
    const isLookedAt = paces.some((pace) =>
      pace !== "immediately" && asks(reader.asked, pace) && isWindow(reader, pace, at)
    );
    return gate !== null && gate > at && !isLookedAt ? gate : null;
  }
  if (isQuiet(reader, at)) return at;
  if (gate !== null) return gate > at ? gate : null;
  const lately = atOnce.filter((each) => at - each < minute);
  return lately.length > 0 && lately.length + hurried > 2 ? Math.min(...lately) + minute : null;
}

/** One line for each event that somebody was not told as they should have been. */
export function differences(
  { owed, told, readers, events }: {
    owed: Tellings;
    told: Tellings;
    readers: Reader[];
    events: Happening[];
  },
): string[] {
  return readers.flatMap((reader) =>
    events.flatMap((event) => {
      const [expected, actual] = [owed, told].map((side) => side.get(reader.id)?.get(event.id));
      if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
      const [should, did] = [inWords(expected, reader), inWords(actual, reader)];
      const what = `${event.type} ${event.subject} (${event.id})`;
      return [`${reader.id}: ${what}\n    owed: ${should}\n    told: ${did}`];
    })
  );
}

function inWords(telling: Telling | undefined, { zone, asked }: Reader): string {
  if (!telling) return "nothing";
  const { pace, at, reasons } = telling;
  const when = new Date(at).toLocaleString("en-GB", {
    timeZone: zone,
    dateStyle: "full",
    timeStyle: "medium",
  });
  const because = reasons.map((id) => {
    const { frequency, conditions } = asked.find((each) => each.id === id)!;
    return `#${id} ${frequency} where ${JSON.stringify(conditions)}`;
  });
  return `${pace}, on ${when} in ${zone}, because of ${because.join(" and ")}`;
}

/** How many events these tellings tell, counted for each reader. */
export function sizeOf(tellings: Tellings): number {
  return [...tellings.values()].reduce((sum, events) => sum + events.size, 0);
}
