import { deepEqual } from "node:assert/strict";
import type { NotificationInput } from "./notifications.ts";
import { arriving, preparableRoles, type Preparation } from "./preparations.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const operator = "qc-operator" as const;
const manager = "qc-vendor-manager" as const;

function preparation(id: number, change: Partial<Preparation> = {}): Preparation {
  const type = "qc.report-available";
  return { id, role: operator, type, conditions: [], frequency: "weekly", ...change };
}

function arrivals(preparations: Preparation[], roles = [operator, manager], beside = [other]) {
  const newcomer = { optOuts: [], preparations };
  return arriving(newcomer, roles, { beside, now }).map(({ id }) => -1_000 - id);
}

const other: NotificationInput = { type: "qc.task-assigned", conditions: [], frequency: "daily" };

Deno.test("what is prepared comes with its role, each thing once", () => {
  const both = [preparation(1), preparation(2, { role: manager })];
  deepEqual(arrivals(both), [1]);
  deepEqual(arrivals(both, [manager]), [2]);
  deepEqual(arrivals(both, []), []);
  deepEqual(arrivals([preparation(1), preparation(2, { frequency: "daily" })]), [1, 2]);
});

Deno.test("what somebody has already does not come, nor what the role does not show", () => {
  deepEqual(arrivals([preparation(1)], [operator], [preparation(9)]), []);
  deepEqual(arrivals([preparation(1, { type: "source-request.created" })]), []);
  deepEqual(arrivals([preparation(1, { type: "no-such-type" })]), []);
});

Deno.test("it arrives muted where its new owner unsubscribed from such mail", () => {
  const [first, second] = arriving(
    { optOuts: ["weekly"], preparations: [preparation(1), preparation(2, { frequency: "daily" })] },
    [operator],
    { beside: [], now },
  );
  deepEqual([first!.mutedAt, second!.mutedAt], [now, null]);
});

Deno.test("something can be prepared for roles that show something, of the account's profile", () => {
  deepEqual(preparableRoles("qc"), [operator, manager]);
});
