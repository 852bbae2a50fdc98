import { eventField, type Field } from "./catalogue.ts";
import { type Condition, foldCondition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { getOrAdd, remembered } from "./maps.ts";
import { type Predicate, predicateOf } from "./predicates.ts";

/** Event types and predicates by number: equal conditions on one field have one, whoever asks them. */
export interface PredicatePool {
  /** How many predicates there are. */
  readonly size: number;
  /** From 1 on. */
  typeNumber(type: string): number;
  numberOf(type: string, condition: Condition): number;
  predicate(number: number): Predicate;
  /** The number of an event's type, looked up once, however many ask one after the other; 0 where nobody asks for it. */
  typeOf(event: Event): number;
  /** Whether a predicate holds for an event; thought about once for all events that say the same, where that is worth it. */
  holds(number: number, event: Event): boolean;
}

/** A field, and the numbers of the predicates that ask about it, by their conditions. */
interface Subject {
  numbers: Map<string, number>;
  /** What is known of the predicates, given what an event says. */
  verdictsOn: (event: Event) => Verdicts;
  /** The same of the event that was looked at last, and which that was. */
  verdicts: Verdicts;
  turn: number;
}

/** By the place of a predicate whether it holds; a hole where nobody asked yet. */
type Verdicts = boolean[];

interface Question {
  predicate: Predicate;
  subject: Subject;
  place: number;
}

/** A pool with nothing in it. */
export function emptyPool(): PredicatePool {
  const types = new Map<string, number>();
  const subjects = new Map<Field | undefined, Map<string, Subject>>();
  const questions: Question[] = [];
  let turn = 0;
  let last: Event | undefined;
  let lastType = 0;

  function typeNumber(type: string): number {
    return getOrAdd(types, type, () => types.size + 1);
  }

  function notice(event: Event): void {
    if (event === last) return;
    last = event;
    lastType = types.get(event.type) ?? 0;
    turn += 1;
  }

  function subjectNamed(name: string, field: Field | undefined): Subject {
    const named = getOrAdd(subjects, field, () => new Map<string, Subject>());
    return getOrAdd(named, name, () => newSubject(name, field));
  }

  return {
    get size() {
      return questions.length;
    },
    typeNumber,
    numberOf(type, condition) {
      const field = eventField(type, condition.field);
      const subject = subjectNamed(condition.field, field);
      return getOrAdd(subject.numbers, foldCondition(condition), () => {
        const place = subject.numbers.size;
        return questions.push({ predicate: predicateOf(field, condition), subject, place }) - 1;
      });
    },
    predicate: (number) => questions[number]!.predicate,
    typeOf(event) {
      notice(event);
      return lastType;
    },
    holds(number, event) {
      notice(event);
      const { predicate, subject, place } = questions[number]!;
      if (subject.turn !== turn) {
        subject.turn = turn;
        subject.verdicts = subject.verdictsOn(event);
      }
      return subject.verdicts[place] ??= predicate.holds(event);
    },
  };
}

/** The kinds of fields in which one event after the other says one of a few things. */
const repetitive: ReadonlySet<Field["kind"]> = new Set([
  "choice",
  "flag",
  "language",
  "territory",
  "text",
]);

/** Of how many different sayings the verdicts are kept. */
const mostSayings = 500;

function newSubject(name: string, field: Field | undefined): Subject {
  const fresh = (): Verdicts => [];
  const ofSaying = remembered<Verdicts, unknown>(fresh, mostSayings);
  // Whether a date lies within 3 days depends on the day of the event as well.
  const lasts = field !== undefined && repetitive.has(field.kind);
  const verdictsOn = lasts ? ({ data }: Event) => ofSaying(data[name]) : fresh;
  return { numbers: new Map(), verdictsOn, verdicts: fresh(), turn: 0 };
}
