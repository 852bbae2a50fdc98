import { equal } from "node:assert/strict";
import fc from "fast-check";
import { cloudEvent } from "../e2e/upstream.ts";
import { eventTypeIds } from "./catalogue.ts";
import { parseEvent } from "./events.ts";
import { flawOf, type Logged } from "./flaws.ts";

const type = "source-request.redelivery-requested";
const flaw = (data: unknown, changed: Partial<Logged> = {}) =>
  flawOf({ type, time: 0, data, ...changed });

Deno.test("what cannot be read any more is named by its place, never by what it says", () => {
  equal(flaw(null), "its data is not a JSON object");
  equal(flaw([]), "its data is not a JSON object");
  equal(flaw({}, { time: "yesterday" }), "its time is not an instant");
  equal(flaw({}, { time: 9e15 }), "its time is not an instant");
  equal(flaw({ due: "2026-02-30" }), "data.due is not a date");
  equal(flaw({ due: "soon" }), "data.due is not a date");
  equal(flaw({ due: 20261124 }), "data.due is not a date");
  equal(flaw({ title: "Harbour Lights" }), "data.title is not a title");
  equal(flaw({ title: { id: 1, name: "x" } }), "data.title is not a title");
  equal(flaw({ blocker: "yes" }), "data.blocker is not a flag");
  equal(flaw({ language: 5 }), "data.language is not a language");
  equal(flaw({ summary: {} }), "data.summary is not text");
  equal(flaw({ title: 5 }, { type: "a.type-of-the-past" }), "data.title is not a title");
});

Deno.test("what left the catalogue, or was never in it, is no flaw", () => {
  equal(flaw({}), null);
  equal(flaw({ language: null, reason: "a-reason-of-the-past", anything: [[1]] }), null);
  equal(flaw({ due: "2024-02-29" }), null);
  equal(flaw({ due: "2026-11-24T17:00:00+09:00" }), null);
  equal(flaw({ due: 5 }, { type: "a.type-of-the-past" }), null);
});

Deno.test("nothing that the intake accepts has a flaw", () => {
  const date = fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true });
  const event = fc.record({
    type: fc.constantFrom(...eventTypeIds),
    time: date.map((at) => at.toISOString()),
    due: date.chain((at) => fc.constantFrom(at.toISOString(), at.toISOString().slice(0, 10))),
    language: fc.constantFrom("ko", "PT-br", "iw"),
    extra: fc.jsonValue(),
  });
  fc.assert(fc.property(event, ({ type, time, ...data }) => {
    const parsed = parseEvent(cloudEvent({ type, time }, data));
    if (typeof parsed === "string") throw new Error(parsed);
    equal(flawOf(parsed), null);
  }));
});
