import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { asksForAction, eventTypeIds, eventTypes, isDeadlineType, settledBy } from "./catalogue.ts";
import type { Event, EventData } from "./events.ts";
import { requestStates } from "./requests.ts";

let seq = 0;

function happened(type: string, subject: string | null, data: EventData = {}, time = 0) {
  return { event: { seq: ++seq, type, time, subject, data } satisfies Event };
}

const request = (type: string) => `source-request.${type}`;
const statesOf = (...types: string[]) => requestStates(types.map((type) => happened(type, "SR-1")));
const openOf = (...types: string[]) => statesOf(...types)[0]!.open.map(({ event }) => event.type);

Deno.test("what has a deadline asks for action, and so does a request that nobody works on", () => {
  const asking = eventTypeIds.filter(asksForAction);
  deepEqual(
    asking.filter((type) => !isDeadlineType(type)),
    [request("unassigned")],
  );
  ok(eventTypeIds.filter(isDeadlineType).every(asksForAction));
  equal(asksForAction("source-request.imagined"), false);
});

Deno.test("only what asks can be settled", () => {
  for (const { settles = [] } of Object.values(eventTypes)) {
    for (const type of settles) ok(asksForAction(type), type);
  }
  deepEqual(settledBy("source-request.imagined"), []);
});

Deno.test("a delivery settles what was asked of the file, not what is asked of its checkers", () => {
  deepEqual(openOf(request("redelivery-requested"), request("delivered")), []);
  deepEqual(openOf(request("delivered"), request("redelivery-requested")), [
    request("redelivery-requested"),
  ]);
  deepEqual(openOf("qc.task-assigned", request("delivered")), ["qc.task-assigned"]);
  deepEqual(openOf("qc.task-assigned", request("canceled")), []);
  deepEqual(openOf(request("unassigned"), request("assigned")), []);
});

Deno.test("of what was asked twice the newest is open", () => {
  const [state] = requestStates([
    happened(request("at-risk"), "SR-1", { due: "2026-11-24" }),
    happened(request("at-risk"), "SR-1", { due: "2026-11-26" }),
  ]);
  deepEqual(state!.open.map(({ event }) => event.data.due), ["2026-11-26"]);
  equal(state!.due?.said, "2026-11-26");
});

Deno.test("what asks comes first, the nearest deadline before the others, then the newest", () => {
  const order = requestStates([
    happened(request("accepted"), "old", {}, 1),
    happened(request("accepted"), "new", {}, 2),
    happened(request("critical"), "no deadline"),
    happened(request("at-risk"), "later", { due: "2026-11-27" }),
    happened(request("at-risk"), "odd", { due: "soon" }, 5),
    happened(request("at-risk"), "nearest", { due: "2026-11-24T17:00:00Z" }),
  ]).map(({ newest }) => newest.event.subject);
  deepEqual(order, ["nearest", "later", "odd", "no deadline", "new", "old"]);
});

Deno.test("one request is one title's, and what names no title belongs to that of the others", () => {
  const [one, other] = [{ id: "1", name: "One" }, { id: "2", name: "Other" }];
  const states = requestStates([
    happened(request("created"), "SR-1", { title: one }),
    happened(request("created"), "SR-1", { title: other }),
    happened(request("comment-added"), "SR-1"),
    happened("material.received", null),
    happened("material.received", null),
  ]);
  deepEqual(states.map(({ earlier }) => earlier.length).sort(), [0, 0, 0, 1]);
});

Deno.test("every event is told once, in whatever order it comes", () => {
  const any = fc.record({
    type: fc.constantFrom(...eventTypeIds, "source-request.abolished"),
    subject: fc.constantFrom("SR-1", "SR-2", null),
    time: fc.integer({ min: 0, max: 5 }),
    due: fc.constantFrom(undefined, "2026-11-24", "soon"),
  });
  const property = fc.property(fc.array(any, { maxLength: 30 }), (all) => {
    const items = all.map(({ type, subject, time, due }) =>
      happened(type, subject, { ...due && { due } }, time)
    );
    const states = requestStates(items);
    const told = states.flatMap(({ newest, earlier }) => [newest, ...earlier]);
    deepEqual(new Set(told), new Set(items));
    equal(told.length, items.length);
    for (const { newest, earlier, open } of states) {
      ok(earlier.every(({ event }) => event.time <= newest.event.time));
      ok(open.every(({ event }) => asksForAction(event.type)));
    }
    deepEqual(requestStates(items.toReversed()), states);
  });
  fc.assert(property);
});
