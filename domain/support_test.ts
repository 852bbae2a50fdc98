import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { contextParts, referenceOf, referencePattern, type SupportContext } from "./support.ts";

const now = Date.parse("2026-11-20T09:30:00Z");

const context: SupportContext = {
  page: "/noise",
  user: {
    id: "ana",
    zone: "Europe/Madrid",
    digestHour: 8,
    digestWeekday: 1,
    quietFrom: 22,
    quietUntil: 7,
    pausedUntil: now + 86_400_000,
    account: { id: "meridian-post", profile: "fulfillment" },
  },
  emails: [{ id: "e-1", frequency: "daily", state: "refused", composedAt: now - 3_600_000 }],
  notifications: [
    { kind: "custom", type: "source-request.delivered", frequency: "weekly", mutedAt: 1 },
  ],
};

Deno.test("a request says where it comes from, what came lately, and how mail is set, by ids alone", () => {
  deepEqual(contextParts(context, now).map(({ label, lines }) => [label, ...lines]), [
    ["Page", "/noise"],
    ["Who asks", "User ana, account meridian-post"],
    [
      "When mail comes",
      "Digests at 8:00, weekly on Monday, Europe/Madrid",
      "Quiet hours from 22:00 to 7:00",
      "Paused until Tomorrow 10:30, Madrid",
    ],
    ["Last emails", "Today 09:30, Madrid: Daily, refused, e-1"],
    ["Notifications", "Source Delivered: custom, weekly, muted"],
  ]);
});

Deno.test("what there is nothing of is said, and of very much only a part", () => {
  const parts = (given: Partial<SupportContext>) => {
    const all = contextParts({ ...context, ...given }, now);
    return Object.fromEntries(all.map(({ label, lines }) => [label, lines]));
  };
  deepEqual(parts({ emails: [] })["Last emails"], ["None"]);
  const many = Array.from({ length: 45 }, () => context.notifications[0]!);
  const lines = parts({ notifications: many }).Notifications!;
  equal(lines.length, 41);
  equal(lines.at(-1), "and 5 more");
});

Deno.test("a reference can be read aloud", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
    const reference = referenceOf(random);
    match(reference, referencePattern);
    match(reference, /^CB-[^01ILOU]{5}-[^01ILOU]{5}$/);
  }));
});
