import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { eventType, eventTypeIds, type Field, type Role } from "./catalogue.ts";
import { type Condition, parseConditions } from "./conditions.ts";
import { choicesOf } from "./names.ts";
import type { NotificationInput } from "./notifications.ts";
import { notificationSentence } from "./sentences.ts";
import { readWording } from "./wording.ts";

const roles: Role[] = ["fulfillment-partner-operations"];
const studio: Role[] = ["studio-operations"];

function understood(query: string, held = roles): string | null {
  const input = readWording(query, held);
  return input && notificationSentence(input);
}

const queries: [query: string, sentence: string | null][] = [
  ["redelivery branded daily", "Redelivery Requested where content type is Branded, daily"],
  ["Redelivery requestd BRANDED", "Redelivery Requested where content type is Branded, daily"],
  ["redelivery request imediately", "Redelivery Requested, immediately"],
  ["weekly redelivery", "Redelivery Requested, daily"],
  ["delivered video and audio", "Source Delivered where source type is Video & Audio, daily"],
  [
    "delivered subtitle or sdh/cc",
    "Source Delivered where source type is SDH/CC or Subtitle, daily",
  ],
  ["comment korean french", "Comment Added where language is French or Korean, daily"],
  ["assigned south korea", "Source Request Assigned where territory is South Korea, daily"],
  ["redelivery reason timed text", "Redelivery Requested where reason is Timed text, daily"],
  ["redelivery timed text", "Redelivery Requested where source type is Timed Text, daily"],
  ["canceled not licensed", "Source Request Canceled where content type is not Licensed, daily"],
  ["redelivery due 3 days", "Redelivery Requested where due is within 3 days, daily"],
  ["redelivery blocker", "Redelivery Requested, daily"],
  ["redelivery that zebra", "Redelivery Requested, daily"],
  ["zebra", null],
  ["", null],
  ["branded daily", null],
  ["source request", null],
  ["source korean", null],
];

Deno.test("a query in vain is read as the notification that it describes, where it names one event type", () => {
  for (const [query, sentence] of queries) equal(understood(query), sentence, query);
});

Deno.test("only what the roles show is offered", () => {
  equal(understood("qc task full", studio), "QC Task Assigned where QC kind is Full, daily");
  equal(understood("qc task full"), "QC Report Available where QC kind is Full, daily");
  equal(understood("redelivery", ["account-admin"]), null);
});

Deno.test("a query of 10,000 characters is read like any other", () => {
  equal(understood(`redelivery ${"x".repeat(10_000)}`), "Redelivery Requested, daily");
});

Deno.test("dates and numbers that are none ask nothing", () => {
  for (const amount of ["due before 2026-99-99", "due 999999", "error count many"]) {
    equal(understood(`inspection ${amount}`), "Inspection Failed, daily");
  }
});

/** Conditions whose values have names, or are numbers and dates. */
function conditionsOn(name: string, field: Field): fc.Arbitrary<Condition> {
  const choices = choicesOf(field).map(({ value }) => value);
  if (choices.length > 0) {
    return fc.record({
      field: fc.constant(name),
      op: fc.constantFrom("any" as const, "none" as const),
      values: fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1, maxLength: 3 }),
    });
  }
  const value = fc.nat(99);
  if (field.kind === "date") return value.map((value) => ({ field: name, op: "within", value }));
  return value.map((value) => ({ field: name, op: "most", value }));
}

const inputs = fc.constantFrom(...eventTypeIds).chain((type): fc.Arbitrary<NotificationInput> => {
  const { fields, frequencies } = eventType(type)!;
  const askable = Object.entries(fields).filter(([, { kind }]) =>
    kind !== "text" && kind !== "title"
  );
  const conditions = fc.subarray(askable, { maxLength: 3 }).chain((chosen) =>
    fc.tuple(...chosen.map(([name, field]) => conditionsOn(name, field)))
  );
  return fc.record({
    type: fc.constant(type),
    conditions: conditions.map((some) => parseConditions(type, some)),
    frequency: fc.constantFrom(...frequencies),
  });
});

Deno.test("our own sentence is understood as what it says", () => {
  fc.assert(fc.property(inputs, (input) => {
    const sentence = notificationSentence(input);
    deepEqual(
      readWording(sentence.slice(0, 200), studio),
      sentence.length > 200 ? readWording(sentence, studio) : input,
    );
  }));
});
