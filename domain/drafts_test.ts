import { deepEqual, equal, throws } from "node:assert/strict";
import { eventTypeIds, eventTypes, type Role } from "./catalogue.ts";
import type { Condition } from "./conditions.ts";
import { draftFrom, emptyDraft, parseDraft, retyped } from "./drafts.ts";
import { Invalid } from "./errors.ts";
import type { NotificationInput } from "./notifications.ts";

const roles: Role[] = ["fulfillment-partner-operations"];
const conditions: Condition[] = [
  { field: "content_type", op: "any", values: ["branded"] },
  { field: "due", op: "within", value: 3 },
  { field: "reason", op: "none", values: ["audio-sync"] },
];
const input: NotificationInput = {
  type: "source-request.redelivery-requested",
  conditions,
  frequency: "daily",
};

Deno.test("a draft of a notification, saved unchanged, asks the same", () => {
  deepEqual(parseDraft(draftFrom(input), roles), input);
});

Deno.test("a new draft of every event type offers a frequency that the type has", () => {
  for (const type of eventTypeIds) {
    const { frequency } = emptyDraft(type);
    equal(eventTypes[type]!.frequencies.some((offered) => offered === frequency), true, type);
  }
  equal(emptyDraft().frequency, "");
});

Deno.test("another event type keeps the fields, operators, values and frequency that it has too", () => {
  const draft = draftFrom(input);
  const canceled = retyped({ ...draft, type: "source-request.canceled" });
  deepEqual([...canceled.asked.keys()], ["content_type", "reason"]);
  deepEqual(canceled.asked.get("reason")!.values, []);
  equal(canceled.frequency, "daily");
  const critical = retyped({ ...draft, type: "source-request.critical" });
  deepEqual([...critical.asked.keys()], ["content_type", "due"]);
  equal(critical.frequency, "hourly");
  deepEqual(retyped({ ...draft, type: "gone" }).asked.size, 0);
});

Deno.test("the same event type keeps what left the catalogue, until somebody takes it out", () => {
  const stale = {
    ...input,
    conditions: [{ field: "colour", op: "any" as const, values: ["red"] }],
  };
  const draft = { ...draftFrom(stale), shown: input.type };
  deepEqual(retyped(draft), draft);
  throws(() => parseDraft(draft, roles), /has no field "colour"/);
  draft.asked.set("colour", { op: "any", values: [] });
  deepEqual(parseDraft(draft, roles).conditions, []);
});

Deno.test("two conditions on one field both stand in the draft", () => {
  const portuguese: Condition[] = [
    { field: "language", op: "any", values: ["pt"] },
    { field: "language", op: "none", values: ["pt-BR"] },
  ];
  const draft = draftFrom({ ...input, conditions: portuguese });
  deepEqual([...draft.asked.keys()], ["language", "language.none"]);
  deepEqual(parseDraft(draft, roles).conditions, portuguese);
});

Deno.test("of two numbers where one is asked for neither is taken", () => {
  const draft = draftFrom(input);
  draft.asked.set("due", { op: "within", values: ["3", "5"] });
  throws(() => parseDraft(draft, roles), /"3, 5" is not one/);
});

Deno.test("every problem of a draft is told at once, each beside its field", () => {
  const draft = draftFrom({ ...input, frequency: "weekly" });
  draft.asked.set("due", { op: "before", values: ["soon"] });
  throws(() => parseDraft(draft, roles), (error) => {
    deepEqual(error instanceof Invalid && error.problems.map(({ field }) => field), [
      "due",
      "frequency",
    ]);
    return true;
  });
});

Deno.test("an event type that the roles do not show cannot be had", () => {
  throws(() => parseDraft(draftFrom(input), ["account-admin"]), /Your roles do not show/);
  throws(() => parseDraft(emptyDraft(), roles), /Choose what you want/);
});
