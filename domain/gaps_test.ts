import { deepEqual } from "node:assert/strict";
import type { Role } from "./catalogue.ts";
import { coverageGaps, heardOnlyBy, type Member } from "./gaps.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const redelivery = "source-request.redelivery-requested";
const atRisk = "source-request.at-risk";
const critical = "source-request.critical";
const inspection = "source-request.inspection-failed";
const operations: Role[] = ["fulfillment-partner-operations"];

/** Somebody with the default notifications of these types. */
function member(id: string, types: string[], changed: Partial<Member> = {}): Member {
  const notifications = types.map((type, index) => ({
    id: index,
    kind: "default" as const,
    type,
    mutedAt: null,
  }));
  const flowing = { pausedUntil: null, addressFailedAt: null, deactivatedAt: null };
  return { id, name: id, roles: operations, ...flowing, notifications, ...changed };
}

const silences: [sentence: string, changed: Partial<Member>][] = [
  ["who was deactivated", { deactivatedAt: 1 }],
  ["who is paused", { pausedUntil: now + 1 }],
  ["whose address takes no mail", { addressFailedAt: 1 }],
  ["whose roles do not grant it", { roles: ["account-admin"] }],
  ["who muted it", { notifications: [{ id: 1, kind: "default", type: redelivery, mutedAt: 1 }] }],
];

for (const [sentence, changed] of silences) {
  Deno.test(`${sentence} does not hear, so the other one is the last`, () => {
    const all = [member("ana", [redelivery]), member("ben", [redelivery], changed)];
    deepEqual(heardOnlyBy(all, "ana", now), [redelivery]);
    deepEqual(heardOnlyBy(all, "ben", now), []);
  });
}

Deno.test("two who hear are none of them the last", () => {
  const all = [member("ana", [redelivery]), member("ben", [redelivery])];
  deepEqual(heardOnlyBy(all, "ana", now), []);
});

Deno.test("a gap is a deadline type of the profile that nobody hears, with those who could and why they do not", () => {
  const muted = { id: 1, kind: "default" as const, type: critical, mutedAt: 1 };
  const all = [
    member("ana", [redelivery, atRisk, inspection], {
      roles: ["fulfillment-partner-operations", "account-admin"],
    }),
    member("ben", [critical], { pausedUntil: now + 1 }),
    member("cleo", [critical], { addressFailedAt: 1 }),
    member("dev", [], { notifications: [muted] }),
    member("helen", [], { roles: ["account-admin"] }),
    member("piotr", [critical], { deactivatedAt: 1 }),
  ];
  deepEqual(coverageGaps(all, { profile: "fulfillment", now }), [{
    type: critical,
    could: [
      { name: "ana", hindrance: "not asked" },
      { name: "ben", hindrance: "paused" },
      { name: "cleo", hindrance: "address failed" },
      { name: "dev", hindrance: "muted" },
    ],
  }]);
});

Deno.test("an account in which everybody left has a gap at every deadline type, and nobody to fill it", () => {
  const types = [redelivery, "qc.task-assigned", "qc.deadline-near"];
  const nobody = types.map((type) => ({ type, could: [] }));
  deepEqual(coverageGaps([], { profile: "qc", now }), nobody);
});
