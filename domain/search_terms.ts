import {
  type ChoiceField,
  eventField,
  eventTypeLabel,
  eventTypes,
  type Field,
  frequencies,
} from "./catalogue.ts";
import type { Event } from "./events.ts";
import { localChoice } from "./local_names.ts";
import { getOrAdd } from "./maps.ts";
import { choicesOf } from "./names.ts";
import type { ShownNotification } from "./notifications.ts";
import { phrases, valueLabel } from "./sentences.ts";
import { plain, wordsOf } from "./spelling.ts";
import { chosenTitle } from "./titles.ts";

// What a notification is found by: what its row says, and what that stands for.

/** Names of titles by their id, as the log has seen them. */
export type Titles = ReadonlyMap<string, string>;

/** Why a Custom notification is silent whose event type its owner may not see any more. */
export const roleLost = "Needs a role that you no longer have";

const kinds = ["default", "custom"];
const states = { active: "active", muted: "muted", snoozed: "muted snoozed" };

/** Everything that a row says, piece by piece: event type, conditions, frequency, kind and state. */
export function saidBy(notification: ShownNotification & { granted: boolean }): string[] {
  const { type, conditions, frequency, kind, mutedAt, mutedUntil, granted } = notification;
  return [
    eventTypeLabel(type),
    ...phrases(type, conditions).flatMap(({ field, relation, values }, index) => [
      index === 0 ? "where" : "and",
      field,
      relation,
      ...values.flatMap((value, nth) =>
        nth > 0 && nth === values.length - 1 ? ["or", value] : value
      ),
    ]),
    frequencies[frequency],
    kind,
    mutedAt === null ? states.active : mutedUntil === null ? states.muted : states.snoozed,
    granted ? "" : roleLost,
  ];
}

/** The names of the titles that conditions ask for by their ids, as the newest of these events have them. */
export function titlesAskedFor(
  notifications: readonly ShownNotification[],
  events: readonly Event[],
): Titles {
  const conditions = notifications.flatMap(({ conditions }) => conditions);
  const asked = new Set(
    conditions.flatMap((condition) =>
      condition.field === "title" && "values" in condition ? condition.values.map(titleId) : []
    ),
  );
  const newest = new Map<string, Event>();
  for (const event of asked.size === 0 ? [] : events) {
    const id = event.data.title?.id;
    if (id === undefined || !asked.has(id)) continue;
    if (event.seq > (newest.get(id)?.seq ?? -1)) newest.set(id, event);
  }
  return new Map([...newest].map(([id, { data }]) => [id, data.title!.name]));
}

/** The id of a title that was chosen from a list; what was typed may be one. */
function titleId(value: string): string {
  return chosenTitle(value)?.id ?? value;
}

/** Something that a value of a condition stands for, and what the row shows of that value, both plain. */
export interface Meaning {
  shown: string;
  meant: string;
}

/** Answers what a notification's conditions stand for; the same value has the same meanings. */
export function meanings(titles: Titles): (notification: ShownNotification) => Meaning[] {
  const known = new Map<Field, Map<string, Meaning[]>>();
  return ({ type, conditions }) =>
    conditions.flatMap((condition) => {
      const field = eventField(type, condition.field);
      if (!field || !("values" in condition)) return [];
      const values = getOrAdd(known, field, () => new Map<string, Meaning[]>());
      return condition.values.flatMap((value) =>
        getOrAdd(values, value, () => meaningsOf(field, value, titles))
      );
    });
}

function meaningsOf(field: Field, value: string, titles: Titles): Meaning[] {
  const shown = plain(valueLabel(field, value));
  return meantBy(field, value, titles).map((meant) => ({ shown, meant: plain(meant) }));
}

/** A group for its members and they for it, a name for its tag and for what its speakers call it, a title for its id and its newest name. */
function meantBy(field: Field, value: string, titles: Titles): string[] {
  switch (field.kind) {
    case "choice":
      return [value, ...relatives(field, value)];
    case "language":
    case "territory":
      return [value, localChoice(field.kind, value, "en").also].filter((name) => name !== "");
    case "title":
      return [titleId(value), titles.get(titleId(value))].filter((name) => name !== undefined);
    default:
      return [];
  }
}

/** The members of a group, or the groups of a member. */
function relatives(field: ChoiceField, value: string): string[] {
  return Object.entries(field.groups ?? {}).flatMap(([id, { label, values }]) => {
    if (id === value) return values.map((member) => valueLabel(field, member));
    return values.includes(value) ? [label] : [];
  });
}

let known: string[] | undefined;

/** Every word that the product itself uses: whoever types one of them made no mistake, whether it finds anything or not. */
export function productWords(): string[] {
  return known ??= [...new Set(productTexts().flatMap(wordsOf))];
}

function productTexts(): string[] {
  const types = Object.values(eventTypes);
  const fields = new Set(types.flatMap((type) => Object.values(type.fields)));
  return [
    ...types.map(({ label }) => label),
    ...[...fields].flatMap(fieldTexts),
    ...Object.values(frequencies),
    ...kinds,
    ...Object.values(states),
    roleLost,
  ];
}

function fieldTexts(field: Field): string[] {
  const groups = field.kind === "choice" ? Object.values(field.groups ?? {}) : [];
  return [field, ...choicesOf(field), ...groups].map(({ label }) => label);
}
