import { deepEqual, equal } from "node:assert/strict";
import { controlsOf, lostConditions } from "./controls.ts";
import { type Draft, draftFrom } from "./drafts.ts";

const type = "source-request.redelivery-requested";
const around = { events: [], allEvents: () => [], locale: "de" };

/** A draft that asks for these values of these conditions. */
function asking(asked: Record<string, string[]>): Draft {
  const entries = Object.entries(asked).map(([name, values]) =>
    [name, { op: "any", values }] as const
  );
  return { ...draftFrom({ type, frequency: "daily", conditions: [] }), asked: new Map(entries) };
}

function shown(name: string, values: string[]) {
  const { open, chosen, others } = controlsOf(asking({ [name]: values }), around).get(name)!;
  return { open: open.map(({ value }) => value), chosen: chosen.map(({ label }) => label), others };
}

Deno.test("what is chosen from a long list stands apart, under its name", () => {
  const { open, chosen, others } = shown("language", ["ko", "PT-br", "klingonish"]);
  deepEqual(chosen, ["Koreanisch", "Portugiesisch (Brasilien)"]);
  deepEqual(others, ["klingonish"]);
  equal(open.includes("ko"), false);
  equal(open.includes("fr"), true);
});

Deno.test("a chosen title stays by its name, and a typed one as it was typed", () => {
  const { chosen, others } = shown("title", ["81\tHarbour Lights", "The Salt Horizon"]);
  deepEqual([chosen, others], [["Harbour Lights"], ["The Salt Horizon"]]);
});

Deno.test("a short list keeps its place for what is chosen, and names what is no longer offered", () => {
  const { open, chosen, others } = shown("priority", ["high", "whenever"]);
  deepEqual(open, ["low", "normal", "high", "urgent"]);
  deepEqual([chosen, others], [[], ["whenever"]]);
});

Deno.test("a further condition on a field stands behind the first one", () => {
  const names = [...controlsOf(asking({ "language.none": ["ko"] }), around).keys()];
  equal(names[names.indexOf("language") + 1], "language.none");
});

Deno.test("a condition whose field left the event type is lost until nothing is asked of it", () => {
  const draft = asking({ colour: ["red"], priority: ["high"], result: [] });
  deepEqual(lostConditions(draft), ["colour"]);
  deepEqual(lostConditions({ ...draft, type: "gone" }), ["colour", "priority"]);
});
