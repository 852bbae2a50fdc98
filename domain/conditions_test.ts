import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { eventType, type Field, frequencyOrder } from "./catalogue.ts";
import {
  type Condition,
  fingerprint,
  maxValues,
  operatorLabel,
  operatorsOf,
  parseConditions,
} from "./conditions.ts";
import { Invalid } from "./errors.ts";

const redelivery = "source-request.redelivery-requested";
const inspection = "source-request.inspection-failed";

const any = (field: string, ...values: string[]) => ({ field, op: "any" as const, values });
const none = (field: string, ...values: string[]) => ({ field, op: "none" as const, values });

const videoAndAudio = [
  ...["av-muxed", "secondary-av-muxed", "secondary-video", "secondary-audio", "audio-description"],
  ...["audio-m-and-e", "audio-print-master", "imf", "non-imf-delivery"],
  ...["production-locked-proxy", "final-proxy"],
];

/** What was asked, and the one form in which it is kept. */
const canonical: [name: string, asked: unknown[], kept: Condition[]][] = [
  ["nothing", [], []],
  ["questions without values", [
    ...[any("language"), any("season", "", "  "), { field: "due", op: "within", value: " " }],
    { field: "due", op: "before" },
  ], []],
  [
    "another order",
    [none("season", "2", "1"), any("priority", "urgent", "high"), any("season", "3")],
    [any("priority", "high", "urgent"), any("season", "3"), none("season", "1", "2")],
  ],
  ["a value twice", [any("movie_id", " 81 ", "81")], [any("movie_id", "81")]],
  ["two cases of a word", [any("title", "Harbour", "HARBOUR")], [any("title", "HARBOUR")]],
  ["two ways to write é", [any("title", "Cafe\u0301")], [any("title", "Café")]],
  ["every member of a group", [any("source_type", ...videoAndAudio)], [
    any("source_type", "video-and-audio"),
  ]],
  [
    "a group beside a member",
    [any("source_type", "imf", "video-and-audio", "subtitle")],
    [any("source_type", "subtitle", "video-and-audio")],
  ],
  [
    "old names",
    [any("language", "PT-br", "iw"), any("territory", "kr")],
    [any("language", "he", "pt-BR"), any("territory", "KR")],
  ],
  ["a flag", [any("blocker", "true")], [any("blocker", "true")]],
  ["days as a text", [{ field: "due", op: "within", value: "03" }], [
    { field: "due", op: "within", value: 3 },
  ]],
  ["a title chosen under two names", [any("title", "81\tHarbour", "81\tHarbour Lights")], [
    any("title", "81\tHarbour Lights"),
  ]],
  ["a tab where it means nothing", [any("season", "1\t2")], [any("season", "1 2")]],
];

Deno.test("conditions are kept in one form, however they were asked", () => {
  for (const [name, asked, kept] of canonical) {
    deepEqual(parseConditions(redelivery, asked), kept, name);
    deepEqual(parseConditions(redelivery, kept), kept, name);
  }
  const count = { field: "error_count", op: "least", value: 3 };
  deepEqual(parseConditions(inspection, [count]), [count]);
});

function problems(asked: unknown, type = redelivery): string[] {
  try {
    parseConditions(type, asked);
    return [];
  } catch (error) {
    ok(error instanceof Invalid);
    return error.problems.map(({ field, message }) => `${field}: ${message}`);
  }
}

Deno.test("every problem is said at once, beside its field", () => {
  deepEqual(
    problems([
      any("content_type", "home-made"),
      any("error_count", "3"),
      any("due", "2026-11-24"),
      any("constructor", "1"),
      { field: "due", op: "before", value: "2026-02-30" },
      { field: "due", op: "within", value: "-1" },
      { field: "due", op: "within", value: 1.5 },
      any("movie_id", ...Array.from({ length: maxValues + 1 }, (_, index) => `${index}`)),
      any("season", "x".repeat(201)),
      any("priority", "high"),
      any("priority", "low"),
      any("title", `81\t${"x".repeat(201)}`),
      { field: "due", op: "within", value: "3, 5" },
    ]),
    [
      'content_type: Content type has no value "home-made": choose from the list.',
      'error_count: Redelivery Requested has no field "error_count".',
      "due: Due cannot be asked whether it is any of something.",
      'constructor: Redelivery Requested has no field "constructor".',
      'due: Write the date for due as year-month-day, such as 2026-11-24; "2026-02-30" is not one.',
      'due: Write due as a whole number from 0 to 100,000; "-1" is not one.',
      'due: Write due as a whole number from 0 to 100,000; "1.5" is not one.',
      `movie_id: Choose at most ${maxValues} values for movie id; these are ${maxValues + 1}.`,
      "season: Write at most 200 characters for one season.",
      'priority: Two conditions say "is any of" of priority: keep one of them.',
      "title: Write at most 200 characters for one title.",
      'due: Write due as a whole number from 0 to 100,000; "3, 5" is not one.',
    ],
  );
  const unreadable = ["where: These conditions cannot be read: choose them again."];
  for (const asked of [null, "due", [5], [{ field: "due", op: "is" }], [{ op: "any" }]]) {
    deepEqual(problems(asked), unreadable);
  }
  deepEqual(problems([], "source-request.imagined"), unreadable);
});

// What a fingerprint is held to: what is asked, spelled out to the last value, in which nothing else differs.

const universe: Record<string, string[]> = {
  content_type: ["branded", "original"],
  source_type: ["subtitle", "forced-subtitle", "sdh-cc", "timed-text", "imf"],
  title: ["Harbour Lights", "harbour lights", "81234567", "Café", "Cafe\u0301", "81\tX", "81\tY"],
  language: ["pt", "pt-BR", "PT-br", "iw", "he"],
};
const spelled: Record<string, string> = { iw: "he" };
const asked = fc.uniqueArray(
  fc.constantFrom(...Object.keys(universe)).chain((field) =>
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom("any", "none"),
      values: fc.subarray(universe[field]!).chain((values) => fc.shuffledSubarray(values)),
    })
  ),
  { maxLength: 3, selector: ({ field, op }) => field + op },
);

function spelledOut(conditions: { field: string; op: string; values: string[] }[]): string {
  const questions = new Map<string, string[]>();
  for (const { field, op, values } of conditions) {
    if (values.length === 0) continue;
    const leaves = values
      .flatMap((value) =>
        value === "timed-text" ? ["subtitle", "forced-subtitle", "sdh-cc"] : [value]
      )
      .map((value) => (spelled[value] ?? value).normalize("NFC").toLowerCase())
      .map((value) => value.replace(/\t.*/, " chosen"));
    questions.set(`${field} ${op}`, [...new Set(leaves)].sort());
  }
  return JSON.stringify([...questions].sort());
}

const print = (conditions: unknown[]) =>
  fingerprint(redelivery, "daily", parseConditions(redelivery, conditions));

Deno.test("two notifications have one fingerprint exactly when they ask the same", () => {
  const property = fc.property(asked, asked, (one, other) => {
    equal(print(one) === print(other), spelledOut(one) === spelledOut(other));
  });
  fc.assert(property, { numRuns: 2_000 });
  const twins = fc.property(asked, fc.nat(), (one, turn) => {
    const turned = one.map((_, index) => one[(index + turn) % one.length]!)
      .map((condition) => ({ ...condition, values: condition.values.toReversed() }));
    equal(print(turned), print(one));
  });
  fc.assert(twins, { numRuns: 500 });
});

Deno.test("type and frequency are part of what is asked", () => {
  const prints = [redelivery, inspection].flatMap((type) =>
    frequencyOrder.map((frequency) => fingerprint(type, frequency, []))
  );
  equal(new Set(prints).size, 8);
});

Deno.test("each field is asked what fits it, in words", () => {
  const { fields } = eventType(redelivery)!;
  const words = (field: Field) => operatorsOf(field).map(operatorLabel);
  deepEqual(words(fields.content_type!), ["is any of", "is none of"]);
  deepEqual(words(fields.due!), ["is within", "is before", "is after"]);
  deepEqual(words(eventType(inspection)!.fields.error_count!), ["is at least", "is at most"]);
});
