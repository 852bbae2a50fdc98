import { hash } from "node:crypto";
import type { PostedEvent } from "../domain/events.ts";

/** What is stored of a posted event. */
export type PostedRow = [
  source: string,
  id: string,
  type: string,
  time: number,
  subject: string | null,
  data: string,
  hash: string,
  traceparent: string | null,
];

/** What tells whether a repeat says the same. */
export function hashOf(row: PostedRow): string {
  return row[6];
}

/** The event as a row; `data` stays text, so that the database never has to parse what others nested. */
export function toRow(event: PostedEvent, now: number): PostedRow {
  const { source, id, type, time, subject, accounts, data, traceparent = null } = event;
  const text = JSON.stringify(sorted(data));
  const head = JSON.stringify([type, time, subject, accounts.toSorted()]);
  // The hash of one list of all five, whose last is a text already.
  const sha256 = hash("sha256", `${head.slice(0, -1)},${text}]`);
  return [source, id, type, time ?? now, subject, text, sha256, traceparent];
}

/** The same value with the members of every object in one order: their order is no content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  // An ordinary object would take a member of that name for what it inherits from.
  const isOrdinary = !Object.hasOwn(value, "__proto__");
  const members: Record<string, unknown> = isOrdinary ? {} : Object.create(null);
  for (const key of Object.keys(value).sort()) members[key] = sorted(value[key]);
  return members;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
