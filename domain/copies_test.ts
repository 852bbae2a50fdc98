import { deepEqual, equal } from "node:assert/strict";
import type { Condition } from "./conditions.ts";
import { type Colleague, fitOf } from "./copies.ts";
import type { ShownNotification } from "./notifications.ts";

const type = "source-request.redelivery-requested";
const branded: Condition = { field: "content_type", op: "any", values: ["branded"] };
const asked = { type, conditions: [branded], frequency: "daily" as const };

function has(change: Partial<ShownNotification> = {}): ShownNotification {
  const own = { id: 1, kind: "custom" as const, mutedAt: null, mutedUntil: null, version: 1 };
  return { ...own, ...asked, ...change };
}

function colleague(change: Partial<Colleague> = {}): Colleague {
  return {
    ...{ id: "ben", name: "Ben", email: "ben@lumen.example", optOuts: [], notifications: [] },
    ...{ roles: ["fulfillment-partner-operations"], ...change },
  };
}

Deno.test("a copy is for those whose roles show the event type", () => {
  const fit = { kind: "free", optOut: undefined, covered: undefined };
  deepEqual(fitOf(colleague(), asked), fit);
  deepEqual(fitOf(colleague({ roles: ["account-admin"] }), asked), { kind: "not shown" });
});

Deno.test("whoever has the same needs no copy, but may have it at another frequency", () => {
  deepEqual(fitOf(colleague({ notifications: [has()] }), asked), { kind: "has it" });
  deepEqual(fitOf(colleague({ notifications: [has({ mutedAt: 1 })] }), asked), { kind: "has it" });
  const other = has({ frequency: "hourly", mutedAt: 1 });
  equal(fitOf(colleague({ notifications: [other] }), asked).kind, "free");
});

Deno.test("it is said which notification tells all of it already", () => {
  const wider = has({ id: 2, kind: "default", conditions: [], frequency: "immediately" });
  const told = (notifications: ShownNotification[], change: Partial<Colleague> = {}) => {
    const fit = fitOf(colleague({ notifications, ...change }), asked);
    return fit.kind === "free" ? fit.covered?.id : fit.kind;
  };
  equal(told([wider]), 2);
  equal(told([{ ...wider, mutedAt: 1 }]), undefined);
  equal(told([has({ conditions: [{ ...branded, values: ["original"] }] })]), undefined);
  // Master sees the type, but no Default one comes with it.
  const roles = ["master-content-partner-operations" as const];
  equal(told([wider], { roles }), undefined);
});

Deno.test("what somebody unsubscribed from arrives muted", () => {
  const fit = fitOf(colleague({ optOuts: ["daily"] }), asked);
  equal(fit.kind === "free" && fit.optOut, "daily");
  const other = fitOf(colleague({ optOuts: ["weekly", "everything-but-deadlines"] }), asked);
  equal(other.kind === "free" && other.optOut, undefined);
});
