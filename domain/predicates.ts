import type { Field } from "./catalogue.ts";
import { type Condition, fold, foldValue } from "./conditions.ts";
import type { Event } from "./events.ts";
import { remembered } from "./maps.ts";
import { titleKey } from "./titles.ts";

/** Whether something holds for an event. */
type Ask = (event: Event) => boolean;

/** One condition, ready to be asked of events of its type. */
export interface Predicate {
  holds: Ask;
  /** Of a condition "is any of": the field, and the answers of which an event must give one. */
  wants?: { name: string; field: Field; answers: ReadonlySet<string> };
}

/** The predicate of a condition on a field; of one that left the catalogue it can hold for nothing any more. */
export function predicateOf(field: Field | undefined, condition: Condition): Predicate {
  if (!field) return { holds: () => false };
  const { field: name, op } = condition;
  if (!("values" in condition)) return { holds: comparison(name, condition) };
  const answers = wantedAnswers(field, condition.values);
  const givesOne = givesOneOf(name, field, answers);
  return op === "any"
    ? { holds: givesOne, wants: { name, field, answers } }
    : { holds: (event) => !givesOne(event) };
}

type Comparison = Exclude<Condition, { values: string[] }>;

function comparison(name: string, { op, value }: Comparison): Ask {
  switch (op) {
    case "least":
      return ({ data: { [name]: said } }) => isNumber(said) && said >= value;
    case "most":
      return ({ data: { [name]: said } }) => isNumber(said) && said <= value;
    case "within":
      // Counted in days of the calendar (UTC) from the day of the event, so that an answer never depends on when it is asked.
      return ({ data, time }) => dayOf(data[name]) - dayAt(time) <= value;
    case "before":
      return ({ data }) => dayOf(data[name]) < dayOf(value);
    case "after":
      return ({ data }) => dayOf(data[name]) > dayOf(value);
  }
}

/** Everything that what an event says of a field answers to: itself, its wider languages, of a title the name, the id, and the id as it is kept when the title was chosen. */
export function answersOf(field: Field, said: unknown): readonly string[] {
  if (said === undefined || said === null) return [];
  switch (field.kind) {
    case "choice":
      return [String(said)];
    case "language":
    case "territory":
      return answersOfTag(String(said));
    case "title": {
      const { id, name } = said as { id: string; name: string };
      return [fold(name), fold(id), titleKey(fold(id))];
    }
    default:
      return [fold(String(said))];
  }
}

function givesOneOf(name: string, field: Field, wanted: ReadonlySet<string>) {
  // The usual kind by itself: it is asked far more often than all the others together.
  if (field.kind === "choice") return ({ data }: Event) => wanted.has(String(data[name]));
  const isWanted = (answer: string) => wanted.has(answer);
  return ({ data }: Event) => answersOf(field, data[name]).some(isWanted);
}

/** The answers that these values of a condition stand for. */
export function wantedAnswers(field: Field, values: readonly string[]): ReadonlySet<string> {
  const members = values.flatMap((value) => membersOf(field, value));
  return new Set(field.kind === "choice" ? members : members.map(foldValue));
}

/** The values for which a value stands: a group's members, or itself. */
function membersOf(field: Field, value: string): string[] {
  return field.kind === "choice" ? field.groups?.[value]?.values ?? [value] : [value];
}

const answersOfTag = remembered((tag) => wider(fold(tag)));

/** "pt-br" answers to "pt-br" and to "pt" (RFC 4647, basic filtering). */
export function wider(tag: string): string[] {
  const end = tag.lastIndexOf("-");
  return end > 0 ? [tag, ...wider(tag.slice(0, end))] : [tag];
}

/** Days since the epoch, in UTC; NaN, which compares as false, for what is not a date. */
function dayOf(value: unknown): number {
  return typeof value === "string" ? dayOfText(value) : NaN;
}

const dayOfText = remembered((text) => dayAt(Date.parse(text)));

function dayAt(instant: number): number {
  return Math.floor(instant / 86_400_000);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}
