import { eventType, type Field } from "./catalogue.ts";
import type { Event } from "./events.ts";
import { valueLabel } from "./sentences.ts";

/** What an event says in one field, for people to read. */
export interface Fact {
  label: string;
  text: string;
}

/** What an event says in the fields of its type, beside its title. */
export function factsOf({ type, data }: Event): Fact[] {
  return Object.entries(eventType(type)?.fields ?? {}).flatMap(([name, field]) => {
    const text = field.kind === "title" ? undefined : saidText(field, data[name]);
    return text === undefined ? [] : [{ label: field.label, text }];
  });
}

/** What an event says in one field; undefined where it says nothing. */
export function factIn({ type, data }: Event, name: string): Fact | undefined {
  const field = eventType(type)?.fields[name];
  const text = field && saidText(field, data[name]);
  return field && text !== undefined ? { label: field.label, text } : undefined;
}

/** A value as people say it; undefined where nothing is said. */
export function saidText(field: Field, said: unknown): string | undefined {
  if (said === undefined || said === null) return undefined;
  if (typeof said === "object") return "name" in said ? String(said.name) : undefined;
  return field.kind === "date" ? String(said).slice(0, 10) : valueLabel(field, String(said));
}
