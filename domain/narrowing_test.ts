import { deepEqual, equal } from "node:assert/strict";
import { type Asked, draftFrom } from "./drafts.ts";
import type { Condition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { narrowableBy, narrowed, narrowing } from "./narrowing.ts";

const type = "source-request.delivered";
const event: Event = {
  seq: 1,
  type,
  time: 0,
  subject: "SR-1",
  data: {
    title: { id: "81234567", name: "Harbour Lights" },
    content_type: "branded",
    source_type: "imf",
    language: "pt-BR",
  },
};

function draft(...conditions: Condition[]) {
  return draftFrom({ type, conditions, frequency: "daily" });
}

function narrowedTo(field: string, ...conditions: Condition[]): Asked | undefined {
  return narrowed(draft(...conditions), event, field).asked.get(field);
}

Deno.test("narrowing leaves out the title of an event beside whatever was left out already", () => {
  deepEqual(narrowedTo("title"), { op: "none", values: ["Harbour Lights"] });
  deepEqual(narrowedTo("title", { field: "title", op: "none", values: ["The Glass Orchard"] }), {
    op: "none",
    values: ["The Glass Orchard", "Harbour Lights"],
  });
});

Deno.test("narrowing what names the value takes it out, however it is named", () => {
  const titles = (...values: string[]): Condition => ({ field: "title", op: "any", values });
  const rest = { op: "any", values: ["The Glass Orchard"] };
  deepEqual(narrowedTo("title", titles("harbour lights", "The Glass Orchard")), rest);
  deepEqual(narrowedTo("title", titles("81234567", "The Glass Orchard")), rest);
});

Deno.test("narrowing a group of source types keeps its other members", () => {
  const whole: Condition = { field: "source_type", op: "any", values: ["video-and-audio"] };
  const asked = narrowedTo("source_type", whole)!;
  equal(asked.op, "any");
  equal(asked.values.includes("imf"), false);
  equal(asked.values.includes("av-muxed"), true);
});

Deno.test("only fields are offered that leave something out and something over", () => {
  deepEqual(narrowableBy(draft(), event), ["title", "content_type", "source_type", "language"]);
  const asked = draft(
    { field: "content_type", op: "any", values: ["branded"] },
    { field: "language", op: "any", values: ["ja", "pt"] },
    { field: "source_type", op: "none", values: ["imf"] },
  );
  deepEqual(narrowableBy(asked, event), ["title"]);
  deepEqual(narrowed(asked, event, "content_type"), asked);
});

Deno.test("a draft about something else, and an event that says nothing, offer nothing", () => {
  deepEqual(narrowableBy({ ...draft(), type: "source-request.created" }, event), []);
  deepEqual(narrowableBy(draft(), { ...event, data: {} }), []);
});

Deno.test("a narrowing goes by the field that was asked for, and else by the title", () => {
  deepEqual(narrowing(draft(), event, "language")?.by, [
    "language",
    "title",
    "content_type",
    "source_type",
  ]);
  deepEqual(narrowing(draft(), event, "no such field"), narrowing(draft(), event));
  equal(narrowing(draft(), event)?.draft.asked.has("title"), true);
  equal(narrowing(draft(), { ...event, data: {} }), null);
});
