import fc from "fast-check";
import { type Frequency, frequencyOrder, type Role } from "../domain/catalogue.ts";

// What people do with their mail, and what happens to them, at random. `who` is a person, `which` picks one of what is there.

const types = ["source-request.delivered", "source-request.created", "source-request.critical"];
const contents = ["branded", "original"];
export const roleSets: Role[][] = [
  ["content-partner-operations"],
  ["master-content-partner-operations"],
  ["account-admin"],
  ["account-admin", "content-partner-operations"],
];

export type Deed =
  | {
    do: "create" | "edit";
    who: number;
    which: number;
    type: string;
    frequency: Frequency;
    content: string | null;
  }
  | { do: "mute" | "unmute" | "delete" | "undo"; who: number; which: number }
  | { do: "pause"; who: number; hours: number }
  | { do: "set quiet hours"; who: number; hours: [from: number, until: number] | null }
  | { do: "deactivate" | "reactivate"; who: number }
  | { do: "set roles"; who: number; roles: Role[] }
  | { do: "append"; type: string; content: string }
  | { do: "snooze"; who: number; which: number; hours: number };

const who = fc.nat({ max: 1 });
const which = fc.nat({ max: 5 });
const type = fc.constantFrom(...types);
const content = fc.constantFrom(...contents);
const clockHour = fc.nat({ max: 23 });
const quietHours: fc.Arbitrary<[from: number, until: number] | null> = fc.option(
  fc.tuple(clockHour, clockHour).filter(([from, until]) => from !== until),
);
const frequency = fc.constantFrom(...frequencyOrder);
const settings = { who, which, type, frequency, content: fc.option(content) };

function doing<Do extends Deed["do"]>(...names: Do[]): fc.Arbitrary<Do> {
  return fc.constantFrom(...names);
}

/** What may be done, and how often. */
export const deeds: fc.WeightedArbitrary<Deed>[] = [
  { weight: 3, arbitrary: fc.record({ do: doing("create"), ...settings }) },
  { weight: 2, arbitrary: fc.record({ do: doing("edit"), ...settings }) },
  { weight: 4, arbitrary: fc.record({ do: doing("mute", "unmute", "delete"), who, which }) },
  { weight: 3, arbitrary: fc.record({ do: doing("undo"), who, which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: doing("snooze"),
      who,
      which,
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: doing("pause"), who, hours: fc.integer({ min: 0, max: 80 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: doing("set quiet hours"),
      who,
      hours: quietHours,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: doing("deactivate", "reactivate"), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: doing("set roles"), who, roles: fc.constantFrom(...roleSets) }),
  },
  { weight: 8, arbitrary: fc.record({ do: doing("append"), type, content }) },
];
