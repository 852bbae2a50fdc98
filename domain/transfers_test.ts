import { deepEqual, equal, match, throws } from "node:assert/strict";
import fc from "fast-check";
import { visibleTypes } from "./catalogue.ts";
import { Invalid } from "./errors.ts";
import type { ShownNotification } from "./notifications.ts";
import { longestTransfer, mostBrought, readTransfer, transferText } from "./transfers.ts";

const roles = ["fulfillment-partner-operations" as const];
const nobody = { roles, notifications: [] };

function custom(change: Partial<ShownNotification> = {}): ShownNotification {
  return {
    ...{ id: 1, kind: "custom", type: "source-request.delivered", frequency: "daily" },
    ...{ conditions: [{ field: "content_type", op: "any", values: ["branded"] }] },
    ...{ mutedAt: null, mutedUntil: null, version: 1, ...change },
  };
}

function transfer(...notifications: unknown[]): string {
  return JSON.stringify({ callboard: "notifications", version: 1, notifications });
}

function outcomes(text: string, owner: Parameters<typeof readTransfer>[1] = nobody) {
  return readTransfer(text, owner).map(({ outcome }) => outcome);
}

const plain = { type: "source-request.delivered", frequency: "weekly" };

Deno.test("what is exported comes back as it was, but for snoozes and Default ones", () => {
  const exported = [
    custom(),
    custom({ id: 2, frequency: "weekly", mutedAt: 5 }),
    custom({ id: 3, frequency: "hourly", mutedAt: 5, mutedUntil: 9 }),
    custom({ id: 4, kind: "default", conditions: [] }),
  ];
  const text = transferText(exported);
  equal(text.split("\n").length, 6);
  deepEqual(
    readTransfer(text, nobody).map((entry) =>
      "brought" in entry && [entry.outcome, entry.brought.frequency, entry.brought.muted]
    ),
    [["new", "daily", false], ["new", "weekly", true], ["new", "hourly", false]],
  );
  deepEqual(outcomes(text, { roles, notifications: exported }), ["there", "there", "there"]);
});

Deno.test("whatever the catalogue offers survives the way out and in again", () => {
  const asked = fc.constantFrom(...visibleTypes(roles)).map((type) => ({ ...plain, type }));
  fc.assert(fc.property(fc.array(asked, { maxLength: 12 }), (list) => {
    const entries = readTransfer(transfer(...list), nobody);
    const brought = entries.flatMap((each) => each.outcome === "new" ? [each.brought] : []);
    const held = brought.map((each, id) => custom({ ...each, id }));
    const again = readTransfer(transferText(held), { roles, notifications: held });
    deepEqual(again.map(({ outcome }) => outcome), held.map(() => "there"));
  }));
});

Deno.test("each entry is answered by itself, and what is wrong with one leaves the others alone", () => {
  const entries = readTransfer(
    transfer(
      plain,
      { ...plain },
      { ...plain, type: "no-such-type" },
      { ...plain, type: "qc.task-assigned" },
      { ...plain, type: "source-request.critical" },
      { ...plain, conditions: [{ field: "colour", op: "any", values: ["red"] }] },
      { ...plain, conditions: "all" },
      "nothing",
      { ...plain, frequency: "daily", muted: true },
    ),
    nobody,
  );
  deepEqual(entries.map(({ number, outcome }) => `${number} ${outcome}`), [
    "1 new",
    "2 repeated",
    ...[3, 4, 5, 6, 7, 8].map((number) => `${number} refused`),
    "9 new",
  ]);
  const whys = entries.flatMap((entry) => entry.outcome === "refused" ? [entry.why] : []);
  const said = [
    /does not happen any more/,
    /Your roles do not show QC Task Assigned/,
    /cannot come weekly/,
    /has no field "colour"/,
    /cannot be read/,
    /at least a type and a frequency/,
  ];
  whys.forEach((why, index) => match(why, said[index]!));
});

Deno.test("a Default notification that asks the same is enough", () => {
  const standard = custom({ kind: "default", conditions: [], frequency: "weekly" });
  deepEqual(outcomes(transfer(plain), { roles, notifications: [standard] }), ["there"]);
  const master = ["master-content-partner-operations" as const];
  deepEqual(outcomes(transfer(plain), { roles: master, notifications: [standard] }), ["new"]);
});

Deno.test("what is no export is refused as a whole, with what is the matter", () => {
  const refused: [string, RegExp][] = [
    [" \n", /Choose a file/],
    ["{", /no JSON/],
    ["[]", /no export/],
    ['{"callboard":"backup","sequences":{}}', /no export/],
    ['{"callboard":"notifications","version":2,"notifications":[]}', /version 2/],
    [transfer(...Array(mostBrought + 1).fill(1)), /1001 notifications/],
    [transfer("é".repeat(longestTransfer / 2)), /longer than 200 KB/],
  ];
  for (const [text, why] of refused) {
    throws(() => readTransfer(text, nobody), (error) => {
      match(String(error), why);
      return error instanceof Invalid;
    });
  }
  deepEqual(outcomes(`\ufeff${transfer(plain)}\r\n`), ["new"]);
});
