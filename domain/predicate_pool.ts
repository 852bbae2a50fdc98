import { eventField, type Field } from "./catalogue.ts";
import { type Condition, foldCondition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { getOrAdd } from "./maps.ts";
import { type Predicate, predicateOf } from "./predicates.ts";

/** Event types and predicates by number: equal conditions on one field have one, whoever asks them. */
export interface PredicatePool {
  typeNumber(type: string): number;
  numberOf(type: string, condition: Condition): number;
  predicate(number: number): Predicate;
  /** Whether a predicate holds for an event; it is thought about once, however many ask it one after the other. */
  holds(number: number, event: Event): boolean;
}

/** A pool with nothing in it. */
export function emptyPool(): PredicatePool {
  const types = new Map<string, number>();
  const numbers = new Map<Field | undefined, Map<string, number>>();
  const predicates: Predicate[] = [];
  /** For which event a predicate was asked last; below zero where it did not hold. Side by side, because memory far apart costs. */
  const answers: number[] = [];
  let turn = 0;
  let last: Event | undefined;

  function add(field: Field | undefined, condition: Condition): number {
    answers.push(0);
    return predicates.push(predicateOf(field, condition)) - 1;
  }

  return {
    typeNumber: (type) => getOrAdd(types, type, () => types.size),
    numberOf(type, condition) {
      const field = eventField(type, condition.field);
      const ofField = getOrAdd(numbers, field, () => new Map<string, number>());
      return getOrAdd(ofField, foldCondition(condition), () => add(field, condition));
    },
    predicate: (number) => predicates[number]!,
    holds(number, event) {
      if (event !== last) {
        last = event;
        turn += 1;
      }
      const answer = answers[number];
      if (answer === turn) return true;
      if (answer === -turn) return false;
      const holds = predicates[number]!.holds(event);
      answers[number] = holds ? turn : -turn;
      return holds;
    },
  };
}
