import { type EventTypeDefinition, eventTypes } from "../domain/catalogue.ts";
import type { Event, EventData } from "../domain/events.ts";
import { flawOf } from "../domain/flaws.ts";

/** Beyond so many bytes of data only what the catalogue knows is read: a page of a thousand must fit into one answer. */
const largest = 2_000;

const known = ["title", "url", "summary", ...Object.values(eventTypes).flatMap(fieldsOf)];
const knownMembers = [...new Set(known)].map((name) => `'${name}', data -> '$.${name}'`);

/** A row that is not JSON must not take its whole page along. Patching takes away what is not said. */
export const eventColumns = [
  ...["seq", "type", "time", "subject"],
  `CASE WHEN NOT json_valid(data) THEN NULL WHEN octet_length(data) <= ${largest} THEN json(data)
    ELSE json_patch('{}', json_object(${knownMembers.join(", ")})) END`,
];

function fieldsOf({ fields }: EventTypeDefinition): string[] {
  return Object.keys(fields);
}

export type EventTuple = [number, string, number, string | null, EventData];

/** An event from a row of `eventColumns` that has no flaw. */
export function toEvent([seq, type, time, subject, data]: EventTuple): Event {
  return { seq, type, time, subject, data };
}

/** The events among rows of `eventColumns`; what cannot be told any more is set aside, and named to whoever asks. */
export function wholeEvents(
  rows: readonly EventTuple[],
  setAside?: (seq: number, flaw: string) => void,
): Event[] {
  return rows.map(toEvent).filter((event) => {
    const flaw = flawOf(event);
    if (flaw) setAside?.(event.seq, flaw);
    return !flaw;
  });
}
