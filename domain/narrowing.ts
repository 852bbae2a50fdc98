import { eventType, type Field } from "./catalogue.ts";
import { fold } from "./conditions.ts";
import type { Asked, Draft } from "./drafts.ts";
import type { Event } from "./events.ts";

// Somebody who gets too much points at an event and says: not of this kind.

/** What people tell events apart by, the most usual first. */
const tellingFields = ["title", "content_type", "source_type", "language"];

/** A draft without what is like an event, and the fields by which it could be left out, the one that was taken first. */
export interface Narrowing {
  draft: Draft;
  event: Event;
  by: string[];
}

/** The draft narrowed by the field that was asked for, or else by the most usual one; null where none leaves anything out. */
export function narrowing(draft: Draft, event: Event, asked?: string): Narrowing | null {
  const fields = narrowableBy(draft, event);
  const first = fields.find((name) => name === asked) ?? fields[0];
  if (first === undefined) return null;
  const by = [first, ...fields.filter((name) => name !== first)];
  return { draft: narrowed(draft, event, first), event, by };
}

/** The fields by which a draft can leave out what is like this event. */
export function narrowableBy(draft: Draft, event: Event): string[] {
  return tellingFields.filter((name) => withoutValue(draft, event, name) !== undefined);
}

/** The draft without what is like this event in one field; where that cannot be asked, the draft as it is. */
export function narrowed(draft: Draft, event: Event, name: string): Draft {
  const asked = withoutValue(draft, event, name);
  return asked ? { ...draft, asked: new Map(draft.asked).set(name, asked) } : draft;
}

/** What to ask of the field instead, or undefined where that would ask nothing new, or leave nothing over. */
function withoutValue(draft: Draft, event: Event, name: string): Asked | undefined {
  const field = eventType(draft.type)?.fields[name];
  const value = field && draft.type === event.type ? saidIn(event, name, field) : undefined;
  if (!field || value === undefined) return undefined;
  const { op, values } = draft.asked.get(name) ?? { op: "none", values: [] };
  if (op === "none") return values.includes(value) ? undefined : { op, values: [...values, value] };
  const members = values.flatMap((each) => membersOf(field, each));
  const rest = members.filter((each) => !namesOf(event, name, value).includes(fold(each)));
  return rest.length > 0 && rest.length < members.length ? { op, values: rest } : undefined;
}

function saidIn({ data }: Event, name: string, { kind }: Field): string | undefined {
  const said = kind === "title" ? data.title?.name : data[name];
  return typeof said === "string" ? said : undefined;
}

/** Everything by which a condition may name that value. */
function namesOf({ data }: Event, name: string, value: string): string[] {
  return [value, ...name === "title" && data.title ? [data.title.id] : []].map(fold);
}

function membersOf(field: Field, value: string): string[] {
  return field.kind === "choice" ? field.groups?.[value]?.values ?? [value] : [value];
}
