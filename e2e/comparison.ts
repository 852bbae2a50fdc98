import type { Happening, Pace, Reader } from "./reference.ts";
import { paces, reasonsFor } from "./reference.ts";
import { firstOpening, firstWindow } from "./wall_clock.ts";

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
}

/** What these events oblige to tell: each once, by the pace that tells it first, with every reason. */
export function tellingsOwed({ readers, events, received }: World): Tellings {
  const owed: Tellings = new Map(readers.map(({ id }) => [id, new Map()]));
  for (const event of events) {
    for (const reader of readers) {
      const reasons = reasonsFor(reader, event);
      if (reasons.length === 0) continue;
      const asked = paces.filter((each) => reasons.some(({ frequency }) => frequency === each));
      const { pace, at } = firstOf(asked, reader, received.get(event.id)!);
      const ids = reasons.map(({ id }) => id).sort((a, b) => a - b);
      owed.get(reader.id)!.set(event.id, { pace, at, reasons: ids });
    }
  }
  return owed;
}

/** Which of these paces, the fastest first, tells something first that was heard at an instant, and when. */
function firstOf(asked: Pace[], reader: Reader, heard: number): { pace: Pace; at: number } {
  const times = asked.map((pace) => ({
    pace,
    at: pace === "immediately" ? firstOpening(reader, heard) : firstWindow(reader, pace, heard),
  }));
  return times.reduce((first, each) => each.at < first.at ? each : first);
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
