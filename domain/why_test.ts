import { deepEqual, equal } from "node:assert/strict";
import * as fc from "fast-check";
import { type Condition, parseConditions } from "./conditions.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";
import { type Question, reasonsIn, type Standing, type Verdict, verdictOn } from "./why.ts";

// Ada is content partner operations, and asks why about a redelivery.

const type = "source-request.redelivery-requested";
const event: Event = {
  seq: 10,
  type,
  time: Date.parse("2026-11-20T09:00:00Z"),
  subject: "SR-48213",
  data: {
    title: { id: "81234567", name: "Harbour Lights" },
    content_type: "licensed",
    source_type: "av-muxed",
    due: "2026-11-27T17:00:00Z",
  },
};
const question: Question = {
  event,
  receivedAt: 1_000,
  roles: ["content-partner-operations"],
  reasons: new Set(),
};
const standing: Standing = {
  ...{ id: 7, kind: "custom", type, conditions: [], frequency: "daily", bookmark: 9 },
  ...{ mutedAt: null, mutedUntil: null, version: 1, createdAt: 500 },
};

function verdict(changes: Partial<Standing>, asked: Partial<Question> = {}): Verdict {
  return verdictOn({ ...standing, ...changes }, { ...question, ...asked });
}

/** Why one condition failed, in words. */
function failure(condition: Condition): string | undefined {
  const found = verdict({ conditions: [condition] });
  return found.kind === "condition" ? found.text : undefined;
}

Deno.test("the condition that failed is said with what the event says instead", () => {
  const many = ["ja", "ko", "fr", "de", "it", "es"];
  deepEqual([
    failure({ field: "content_type", op: "any", values: ["branded", "original"] }),
    failure({ field: "source_type", op: "any", values: ["timed-text"] }),
    failure({ field: "title", op: "none", values: ["harbour lights"] }),
    failure({ field: "due", op: "within", value: 3 }),
    failure({ field: "due", op: "before", value: "2026-11-24" }),
    failure({ field: "language", op: "any", values: many }),
  ], [
    "content type is Licensed, not Branded or Original",
    "source type is AV (Muxed), not Timed Text",
    "title is Harbour Lights, which it leaves out",
    "due is 2026-11-27, not within 3 days",
    "due is 2026-11-27, not before 2026-11-24",
    "it asks for the language, and this event names none",
  ]);
});

Deno.test("of several conditions the first that failed is named", () => {
  const conditions: Condition[] = [
    { field: "content_type", op: "any", values: ["licensed"] },
    { field: "source_type", op: "any", values: ["imf"] },
    { field: "title", op: "any", values: ["The Glass Orchard"] },
  ];
  deepEqual(verdict({ conditions }), {
    kind: "condition",
    text: "source type is AV (Muxed), not IMF",
  });
});

Deno.test("a condition fails exactly where the matcher finds nothing", () => {
  const value = fc.constantFrom("branded", "licensed", "original");
  const condition = fc.record({
    field: fc.constantFrom("content_type"),
    op: fc.constantFrom("any" as const, "none" as const),
    values: fc.uniqueArray(value, { minLength: 1 }),
  });
  // A field is asked each question once.
  const conditions = fc.uniqueArray(condition, { selector: ({ op }) => op });
  fc.assert(fc.property(conditions, value, (asked, content_type) => {
    const conditions = parseConditions(type, asked);
    const happened = { ...event, data: { ...event.data, content_type } };
    const matched = compile([{ type, conditions }])(happened).length === 1;
    equal(verdict({ conditions }, { event: happened }).kind === "condition", !matched);
  }));
});

Deno.test("what held a notification back that would have matched is said", () => {
  deepEqual(verdict({ mutedAt: 700 }), { kind: "muted", since: 700, until: null });
  deepEqual(verdict({ mutedAt: 700, mutedUntil: 9_000 }), {
    ...{ kind: "muted", since: 700, until: 9_000 },
  });
  deepEqual(verdict({ createdAt: 2_000, bookmark: 10 }), { kind: "later", createdAt: 2_000 });
  deepEqual(verdict({}, { roles: [] }), { kind: "role" });
  deepEqual(verdict({ kind: "default" }, { roles: ["master-content-partner-operations"] }), {
    kind: "role",
  });
});

Deno.test("what tells is said before whatever happened to it since", () => {
  const reasons = new Set([7]);
  deepEqual(verdict({ mutedAt: 700, bookmark: 10 }, { reasons }), { kind: "told" });
  deepEqual(verdict({}), { kind: "coming" });
  deepEqual(verdict({ bookmark: 10 }), { kind: "passed" });
});

Deno.test("the reasons of an email are those of the event that is asked about", () => {
  const content = {
    reasons: [{ id: 7, sentence: "a" }, { id: 8, sentence: "b" }],
    items: [{ seq: 9, reasons: [0, 1] }, { seq: 10, reasons: [1] }],
  };
  deepEqual(reasonsIn(content, 10), [8]);
  deepEqual(reasonsIn(content, 11), []);
});
