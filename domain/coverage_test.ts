import { deepEqual, equal } from "node:assert/strict";
import {
  deadlineTypes,
  heardElsewhere,
  type Hearer,
  type Hearing,
  lastHeard,
  lastHearing,
  mailFlows,
  unheard,
} from "./coverage.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const redelivery = "source-request.redelivery-requested";
const atRisk = "source-request.at-risk";
const delivered = "source-request.delivered";
const nobody = new Set<string>();

/** Somebody with a Default notification of each of these types, numbered from 1. */
function hearer(types: string[], changed: Partial<Hearer> = {}): Hearer {
  return {
    roles: ["fulfillment-partner-operations"],
    pausedUntil: null,
    addressFailedAt: null,
    notifications: types.map((type, index) => ({
      id: index + 1,
      kind: "default",
      type,
      mutedAt: null,
    })),
    ...changed,
  };
}

/** What nobody would hear about without the notifications with these ids. */
const without = (person: Hearer, ids: number[], elsewhere = nobody) =>
  lastHeard(person, { leaves: ({ id }) => ids.includes(id), elsewhere, now });

Deno.test("who gives up the only notification of a deadline type is the last to hear about it", () => {
  const ana = hearer([redelivery, atRisk, delivered]);
  deepEqual(without(ana, [1]), [redelivery]);
  deepEqual(without(ana, [1, 2, 3]), [redelivery, atRisk]);
  deepEqual(without(ana, [1, 2, 3], new Set([atRisk])), [redelivery]);
  deepEqual(without(ana, []), []);
});

Deno.test("another open notification of one's own still hears", () => {
  const ana = hearer([redelivery, redelivery]);
  deepEqual(without(ana, [1]), []);
  deepEqual(without(ana, [1, 2]), [redelivery]);
});

Deno.test("a notification stands alone where neither another of one's own nor a colleague hears", () => {
  const ana = hearer([redelivery, redelivery, atRisk, delivered]);
  deepEqual(lastHearing(ana, { elsewhere: nobody, now }), new Set([3]));
  deepEqual(lastHearing(ana, { elsewhere: new Set([atRisk]), now }), new Set());
});

Deno.test("who does not hear now is not the last", () => {
  const muted = { id: 1, kind: "default" as const, type: redelivery, mutedAt: 1 };
  for (
    const changed of [
      { notifications: [muted] },
      { roles: [] },
      { pausedUntil: now + 1 },
      { addressFailedAt: 1 },
    ]
  ) {
    deepEqual(without(hearer([redelivery], changed), [1]), []);
    deepEqual(unheard([redelivery], hearer([redelivery], changed), { elsewhere: nobody, now }), [
      redelivery,
    ]);
  }
});

Deno.test("what somebody hears is not unheard, and only deadline types count", () => {
  const types = [delivered, atRisk, redelivery];
  deepEqual(unheard(types, hearer([redelivery]), { elsewhere: nobody, now }), [atRisk]);
  deepEqual(unheard(types, hearer([]), { elsewhere: new Set([atRisk]), now }), [redelivery]);
});

Deno.test("mail flows unless it is paused or the address failed", () => {
  const flowing = { pausedUntil: null, addressFailedAt: null };
  equal(mailFlows(flowing, now), true);
  equal(mailFlows({ ...flowing, pausedUntil: now + 1 }, now), false);
  equal(mailFlows({ ...flowing, pausedUntil: now }, now), true);
  equal(mailFlows({ ...flowing, addressFailedAt: 1 }, now), false);
});

Deno.test("colleagues hear what their roles grant, once their mail flows", () => {
  const hearing: Hearing = {
    roles: ["fulfillment-partner-operations"],
    kind: "default",
    type: redelivery,
    flowsFrom: 0,
  };
  const at = { profile: "fulfillment" as const, now };
  deepEqual(heardElsewhere([hearing], at), new Set([redelivery]));
  deepEqual(heardElsewhere([{ ...hearing, roles: ["account-admin"] }], at), nobody);
  deepEqual(heardElsewhere([{ ...hearing, flowsFrom: now + 1 }], at), nobody);
  deepEqual(heardElsewhere([{ ...hearing, flowsFrom: now }], at), new Set([redelivery]));
  deepEqual(heardElsewhere([], { profile: "studio", now }), new Set(deadlineTypes));
});
