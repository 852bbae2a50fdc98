import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { eventType, eventTypeIds } from "./catalogue.ts";
import { eventSchemas, parseEvent } from "./events.ts";
import { exampleEvent as example } from "./example_event.ts";

Deno.test("the documented example is accepted, its audience apart from what it says", () => {
  const { accounts, ...data } = example.data;
  deepEqual(parseEvent(example), {
    source: "/backlot/source-requests",
    id: "b7e2-0001",
    type: "source-request.redelivery-requested",
    time: Date.parse("2026-11-20T09:30:00Z"),
    subject: "SR-48213",
    accounts,
    data,
  });
});

Deno.test("time and subject may be absent, and an account that is named twice counts once", () => {
  const { time: _, subject: __, ...rest } = example;
  const data = { accounts: ["lumen", "meridian-post", "lumen"] };
  const event = parseEvent({ ...rest, data });
  if (typeof event === "string") throw new Error(event);
  deepEqual([event.time, event.subject, event.data], [null, null, {}]);
  deepEqual(event.accounts, ["lumen", "meridian-post"]);
});

Deno.test("what is wrong is said in one sentence that names where", () => {
  const wrong: [input: unknown, sentence: RegExp][] = [
    [null, /^event /],
    [{ ...example, id: undefined }, /^id /],
    [{ ...example, type: "x".repeat(1_000) }, /^type "x{100}" is not in the catalogue/],
    [{ ...example, data: { ...example.data, due: "soon" } }, /^data\.due must be a date such as/],
    [{ ...example, data: { ...example.data, title: { id: "1" } } }, /^data\.title\.name /],
    [{ ...example, data: { ...example.data, accounts: ["a", ""] } }, /^data\.accounts\.1 /],
  ];
  for (const [input, sentence] of wrong) match(String(parseEvent(input)), sentence);
});

Deno.test("an event may nest 32 levels, and no further", () => {
  const nested = (depth: number): unknown => depth === 0 ? 1 : [nested(depth - 1)];
  const event = (depth: number) => ({
    ...example,
    data: { ...example.data, extra: nested(depth) },
  });
  equal(typeof parseEvent(event(30)), "object");
  equal(parseEvent(event(31)), "event is nested more than 32 levels deep");
  equal(parseEvent(nested(5_000)), "event is nested more than 32 levels deep");
});

Deno.test("every event type has its schema", () => {
  deepEqual([...eventSchemas().keys()], eventTypeIds);
});

const strange = [
  ...["", "a\u0000b", "\ud800", "x".repeat(201), "x".repeat(5_001), "1", 3, 1e999, -0, true],
  ...["ko", "iw", "PT-br", "kr", "branded", "2026-11-24", "2026-02-30", "2026-11-24T17:00:00Z"],
  ...["https://a.example/b", " http://a.example ", "http:a", "https://a\nb.example", "ftp://a.b"],
  ...[["lumen"], [], [""], { id: "1", name: "n", more: 1 }, { id: "1" }, undefined],
];
const value = fc.oneof(fc.constantFrom<unknown>(...strange), fc.jsonValue({ maxDepth: 2 }));
const changed = fc.constantFrom(...eventTypeIds).chain((type) => {
  const common = ["accounts", "title", "confidential", "url", "summary", "anything"];
  const name = fc.constantFrom(...common, ...Object.keys(eventType(type)!.fields));
  const changes = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true });
  return fc.record({ type: fc.constant(type), changes });
});

Deno.test("what is accepted, and as what, is what the published schema says", () => {
  const schemas = eventSchemas();
  fc.assert(
    fc.property(changed, ({ type, changes }) => {
      const posted = { ...example, type, data: { ...example.data, ...changes } };
      const event = parseEvent(posted);
      const said = schemas.get(type)!.safeParse(posted);
      equal(typeof event === "object", said.success);
      if (!said.success || typeof event === "string") return;
      const { accounts, ...data } = Object(said.data).data;
      deepEqual([event.accounts, event.data], [[...new Set(accounts)], data]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("the trace that an event names is kept, and a malformed one is no reason to refuse it", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const traced = (value: unknown) => parseEvent({ ...example, traceparent: value });
  deepEqual(traced(traceparent), { ...Object(parseEvent(example)), traceparent });
  for (const none of ["", "00-1-2-03", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, 7, null]) {
    deepEqual(traced(none), parseEvent(example));
  }
});
