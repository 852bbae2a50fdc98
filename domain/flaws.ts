import { eventType, type Field } from "./catalogue.ts";
import type { EventData } from "./events.ts";

// Nothing gets into the log that the catalogue cannot read. But logs outlive releases, restores and disks: an event
// that cannot be read any more is set aside before anybody matches or renders it, and everything around it goes on.

/** What a row of the log says, as far as it can be read: `data` is null where it is not even JSON. */
export interface Logged {
  type: string;
  time: unknown;
  data: unknown;
}

/** Why an event cannot be told ("data.due is not a date"), or null for one that can. Quotes nothing of what it says. */
export function flawOf({ type, time, data }: Logged): string | null {
  if (!isInstant(time)) return "its time is not an instant";
  if (!isData(data)) return "its data is not a JSON object";
  const fields = eventType(type)?.fields ?? {};
  for (const name in fields) {
    const { kind } = fields[name]!;
    if (isSaid(data[name]) && !readable[kind](data[name])) return `data.${name} is not a ${kind}`;
  }
  if (isSaid(data.title) && !readable.title(data.title)) return "data.title is not a title";
  const unread = ["url", "summary"].find((name) => isSaid(data[name]) && !isText(data[name]));
  return unread ? `data.${unread} is not text` : null;
}

/** Whether it is within reach of every calendar, in whatever zone. */
function isInstant(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) < 8e15;
}

function isData(value: unknown): value is EventData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether matching and rendering can read a value; whether the catalogue still knows it is another question. */
const readable: Record<Field["kind"], (value: unknown) => boolean> = {
  choice: isText,
  language: isText,
  territory: isText,
  text: isText,
  number: (value) => typeof value === "number",
  flag: (value) => typeof value === "boolean",
  date: (value) => isText(value) && isDay(value),
  title: (value) => isData(value) && isText(value.id) && isText(value.name),
};

/** Whether the text is a date or an instant. The platform takes 30 February for 2 March; a calendar does not. */
function isDay(text: string): boolean {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text) || Number.isNaN(at)) return false;
  return text.length > 10 || new Date(at).getUTCDate() === Number(text.slice(8));
}
