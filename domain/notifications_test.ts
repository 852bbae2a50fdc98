import { deepEqual, equal } from "node:assert/strict";
import type { Role } from "./catalogue.ts";
import { granted, type Notification, openNotifications } from "./notifications.ts";

const fulfillmentOnly = "material.updated";
const contentOnly = "source-request.unassigned";
const silent = "material.received";

const notification = (id: number, changed: Partial<Notification>): Notification => ({
  ...{ id, kind: "custom", type: fulfillmentOnly, conditions: [], frequency: "daily" },
  ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
  ...changed,
});

Deno.test("a Custom notification is one's own while a role shows its type, a Default one while it brings it", () => {
  const operations: Role[] = ["content-partner-operations"];
  const is = granted(operations);
  equal(is({ kind: "custom", type: contentOnly }), true);
  equal(is({ kind: "custom", type: fulfillmentOnly }), false);
  equal(is({ kind: "custom", type: silent }), true);
  equal(is({ kind: "default", type: silent }), false);
  equal(is({ kind: "default", type: contentOnly }), true);
  equal(is({ kind: "custom", type: "left.the-catalogue" }), false);
  const master = granted(["master-content-partner-operations"]);
  equal(master({ kind: "default", type: contentOnly }), false);
  equal(master({ kind: "custom", type: contentOnly }), true);
});

Deno.test("open are those that are granted and not muted, in their order", () => {
  const all = [
    notification(3, {}),
    notification(1, { mutedAt: 0 }),
    notification(2, { type: contentOnly }),
    notification(4, { kind: "default" }),
  ];
  const open = openNotifications(all, ["fulfillment-partner-operations"]);
  deepEqual(open.map(({ id }) => id), [3, 4]);
  deepEqual(openNotifications(all, []), []);
});
