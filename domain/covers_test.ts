import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type Condition, parseConditions } from "./conditions.ts";
import { covers } from "./covers.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";

const type = "source-request.inspection-failed";
const notification = (...conditions: Condition[]) => ({
  type,
  conditions: parseConditions(type, conditions),
});
const any = (field: string, ...values: string[]): Condition => ({ field, op: "any", values });
const none = (field: string, ...values: string[]): Condition => ({ field, op: "none", values });
const least = (value: number): Condition => ({ field: "error_count", op: "least", value });

const rows: [sentence: string, a: Condition[], b: Condition[], expected: boolean][] = [
  ["no condition covers every condition", [], [any("content_type", "branded")], true],
  ["a condition does not cover its absence", [any("content_type", "branded")], [], false],
  ["more values cover fewer", [any("content_type", "branded", "original")], [
    any("content_type", "branded"),
  ], true],
  ["fewer values do not cover more", [any("content_type", "branded")], [
    any("content_type", "branded", "original"),
  ], false],
  ["a group covers its members", [any("source_type", "video-and-audio")], [
    any("source_type", "imf", "av-muxed"),
  ], true],
  ["a member does not cover its group", [any("source_type", "imf")], [
    any("source_type", "video-and-audio"),
  ], false],
  ["leaving one out covers what is something else", [none("content_type", "branded")], [
    any("content_type", "original"),
  ], true],
  ["leaving out fewer covers leaving out more", [none("content_type", "branded")], [
    none("content_type", "branded", "original"),
  ], true],
  ["leaving one out does not cover what may be missing", [any("content_type", "original")], [
    none("content_type", "branded"),
  ], false],
  [
    "a language covers its regional forms",
    [any("language", "pt")],
    [any("language", "pt-BR")],
    true,
  ],
  ["a regional form does not cover its language", [any("language", "pt-BR")], [
    any("language", "pt"),
  ], false],
  [
    "another language lies outside",
    [none("language", "pt")],
    [any("language", "ko", "es-419")],
    true,
  ],
  [
    "a language covers every form of its forms",
    [any("language", "zh")],
    [any("language", "zh-Hant-TW")],
    true,
  ],
  ["a language may be one of its regional forms", [none("language", "pt-BR")], [
    any("language", "pt"),
  ], false],
  ["an id covers the title that was chosen by it", [any("title", "81")], [
    any("title", "81\tHarbour Lights"),
  ], true],
  ["a chosen title is the same under another name", [any("title", "81\tHarbour Lights")], [
    any("title", "81\tHarbour"),
  ], true],
  ["a chosen title does not cover its name", [any("title", "81\tHarbour Lights")], [
    any("title", "Harbour Lights"),
  ], false],
  [
    "two words may name one title",
    [none("title", "81234567")],
    [any("title", "Harbour Lights")],
    false,
  ],
  [
    "capital letters do not matter",
    [any("package_id", "pkg-1")],
    [any("package_id", "PKG-1")],
    true,
  ],
  ["a lower bound covers a higher one", [least(5)], [least(10)], true],
  ["a higher bound does not cover a lower one", [least(10)], [least(5)], false],
];

for (const [sentence, a, b, expected] of rows) {
  Deno.test(sentence, () => equal(covers(notification(...a), notification(...b)), expected));
}

Deno.test("another event type covers nothing", () => {
  ok(!covers({ type: "source-request.created", conditions: [] }, notification()));
});

// What is proved must hold for any event: random notifications, random events, and no counterexample.

const values: Record<string, string[]> = {
  content_type: ["branded", "original", "licensed"],
  source_type: [
    "imf",
    "av-muxed",
    "subtitle",
    "sdh-cc",
    "forced-subtitle",
    "timed-text",
    "video-and-audio",
  ],
  language: ["pt", "pt-BR", "es", "es-419", "ko"],
  title: ["Harbour Lights", "1", "2", "1\tHarbour Lights", "2\tHarbour Lights"],
  season: ["1", "2"],
};
const asks = Object.entries(values).map(([field, of]) =>
  fc.record({
    field: fc.constant(field),
    op: fc.constantFrom("any" as const, "none" as const),
    values: fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 }),
  })
);
const bound = fc.record({
  field: fc.constant("error_count"),
  op: fc.constantFrom("least" as const, "most" as const),
  value: fc.nat({ max: 3 }),
});
const conditions = fc.uniqueArray(fc.oneof(...asks, bound), {
  maxLength: 3,
  selector: ({ field, op }) => field + op,
});

const data = fc.record({
  content_type: fc.constantFrom("branded", "original", "licensed", "day-of-broadcast"),
  source_type: fc.constantFrom("imf", "av-muxed", "subtitle", "sdh-cc", "dub-cards"),
  language: fc.constantFrom("pt", "pt-BR", "es-419", "ko"),
  title: fc.record({ id: fc.constantFrom("1", "2"), name: fc.constantFrom("Harbour Lights", "1") }),
  season: fc.constantFrom("1", "2", "3"),
  error_count: fc.nat({ max: 4 }),
}, { requiredKeys: [] });

Deno.test("what is covered never matches alone", () => {
  let covered = 0;
  fc.assert(
    fc.property(
      conditions,
      conditions,
      fc.array(data, { minLength: 20, maxLength: 20 }),
      (a, b, facts) => {
        const [wide, narrow] = [notification(...a), notification(...b)];
        if (!covers(wide, narrow)) return;
        covered += 1;
        const match = compile([wide, narrow]);
        for (const each of facts) {
          const event: Event = { seq: 1, type, time: 0, subject: null, data: each };
          const matched = match(event);
          if (matched.includes(narrow)) ok(matched.includes(wide), JSON.stringify(each));
        }
      },
    ),
    { numRuns: 5_000 },
  );
  ok(covered > 100, "too few pairs were covered to show anything");
});
