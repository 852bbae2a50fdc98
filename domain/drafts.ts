import {
  eventField,
  eventType,
  eventTypeLabel,
  frequencies,
  type Frequency,
  type Role,
  visibleTypes,
} from "./catalogue.ts";
import { canonicalValue, type Condition, operatorsOf, parseConditions } from "./conditions.ts";
import { Invalid, type Problem } from "./errors.ts";
import type { NotificationInput, ShownNotification } from "./notifications.ts";

/** A notification as it stands in the window: whatever was chosen and typed, right or wrong. */
export interface Draft {
  /** The notification that is being edited, and which version of it was read. */
  edited?: { id: number; version: number };
  /** The Default notification whose place it takes. */
  replaces?: number;
  /** Names this form, so that it creates one notification, however often it is sent. */
  attempt?: string;
  type: string;
  frequency: string;
  /** What is asked, by field; a second condition on a field is called `<field>.<op>`. An empty list of values asks nothing. */
  asked: Map<string, Asked>;
  /** The event type whose fields were on offer, where it is known. */
  shown?: string;
  /** What is looked for among the titles. */
  find?: string;
}

export interface Asked {
  op: string;
  values: string[];
}

/** A draft of a new notification; without a known type nothing else can be chosen yet. */
export function emptyDraft(type = ""): Draft {
  return { type, frequency: usualFrequency(type), asked: new Map() };
}

/** The field that a name of `asked` is about. */
export function fieldOf(name: string): string {
  return name.split(".")[0]!;
}

/** A draft that asks what a notification asks. */
export function draftFrom({ type, frequency, conditions }: NotificationInput): Draft {
  const asked = new Map<string, Asked>();
  for (const condition of conditions) {
    const { field, op } = condition;
    asked.set(asked.has(field) ? `${field}.${op}` : field, askedBy(condition));
  }
  return { type, frequency, asked };
}

/** A draft that changes a notification. */
export function draftToEdit(notification: ShownNotification): Draft {
  const { id, version } = notification;
  return { ...draftFrom(notification), edited: { id, version } };
}

function askedBy(condition: Condition): Asked {
  return {
    op: condition.op,
    values: "values" in condition ? condition.values : [String(condition.value)],
  };
}

/** The draft for another event type, with all that was chosen and still applies. For the same type nothing is lost, not even what left the catalogue. */
export function retyped(draft: Draft): Draft {
  if (draft.shown === draft.type) return draft;
  const definition = eventType(draft.type);
  if (!definition) return { ...emptyDraft(), edited: draft.edited };
  const asked = new Map<string, Asked>();
  for (const [name, { op, values }] of draft.asked) {
    const field = eventField(draft.type, fieldOf(name));
    if (!field || !operatorsOf(field).some((known) => known === op)) continue;
    const kept = values.filter((value) => canonicalValue(field, value) !== undefined);
    asked.set(name, { op, values: kept });
  }
  const offered = definition.frequencies.some((frequency) => frequency === draft.frequency);
  return { ...draft, asked, frequency: offered ? draft.frequency : usualFrequency(draft.type) };
}

/** What to save; throws Invalid with every problem, each beside its field. */
export function parseDraft(draft: Draft, roles: readonly Role[]): NotificationInput {
  return parseInput({ ...draft, conditions: questionsOf(draft) }, roles);
}

/** A notification as somebody asks for it, from outside. */
interface Wanted {
  type: string;
  frequency: string;
  conditions: unknown;
}

/** The same of a notification that comes from elsewhere than the window. */
export function parseInput(wanted: Wanted, roles: readonly Role[]): NotificationInput {
  const { type } = wanted;
  if (!visibleTypes(roles).includes(type)) throw new Invalid([typeProblem(type)]);
  const problems: Problem[] = [];
  const frequency = eventType(type)!.frequencies.find((offered) => offered === wanted.frequency);
  if (!frequency) problems.push(frequencyProblem(wanted));
  try {
    const conditions = parseConditions(type, wanted.conditions);
    if (frequency) return { type, conditions, frequency };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    problems.unshift(...error.problems);
  }
  throw new Invalid(problems);
}

function questionsOf({ asked }: Draft) {
  return [...asked]
    .filter(([, { values }]) => values.length > 0)
    .map(([name, { op, values }]) => {
      const field = fieldOf(name);
      // Of several values where one is asked for none is taken silently: together they are no number and no date.
      const value = values.join(", ");
      return op === "any" || op === "none" ? { field, op, values } : { field, op, value };
    });
}

function typeProblem(type: string): Problem {
  const message = eventType(type)
    ? `Your roles do not show ${eventTypeLabel(type)}: choose another event type.`
    : type === ""
    ? "Choose what you want to be notified of."
    : `"${type}" does not happen any more: choose another event type.`;
  return { field: "type", message };
}

function frequencyProblem({ type, frequency }: Omit<Wanted, "conditions">): Problem {
  const known = Object.entries(frequencies).find(([id]) => id === frequency)?.[1];
  const label = eventTypeLabel(type);
  const message = known
    ? `${label} cannot come ${known.toLowerCase()}, because its deadline would have passed: choose a faster frequency.`
    : "Choose how often the emails should come.";
  return { field: "frequency", message };
}

/** Once a day where that is fast enough, otherwise the slowest that is. */
function usualFrequency(type: string): Frequency | "" {
  const offered = eventType(type)?.frequencies ?? [];
  return offered.includes("daily") ? "daily" : offered.at(-1) ?? "";
}
