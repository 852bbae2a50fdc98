import { deepEqual } from "node:assert/strict";
import type { Frequency } from "./catalogue.ts";
import type { Owed } from "./compose.ts";
import type { Notification } from "./notifications.ts";
import type { Person } from "./recipients.ts";
import { upcomingEmails } from "./upcoming.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const hour = 3_600_000;
const day = 24 * hour;

const ada: Person = {
  ...{ id: "ada", roles: [], zone: "UTC", digestHour: 8, digestWeekday: 1, behind: false },
  ...{ pausedUntil: null, heldUntil: null, quietFrom: null, quietUntil: null },
  notifications: [],
  digests: [
    { frequency: "weekly", nextAt: now + 3 * day },
    { frequency: "hourly", nextAt: now + hour },
    { frequency: "daily", nextAt: now + day },
  ],
  told: new Set(),
  tellings: [],
};

function owed(seq: number, ...frequencies: Frequency[]): Owed {
  return { seq, notifications: frequencies.map((frequency) => asking(frequency)) };
}

function asking(frequency: Frequency): Notification {
  return {
    ...{ id: 1, kind: "custom", type: "source-request.delivered", conditions: [], frequency },
    ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
  };
}

function coming(person: Person, ...list: Owed[]) {
  return upcomingEmails(person, list, now).map(({ frequency, at, content }) =>
    [frequency, (at - now) / hour, content.items.map(({ seq }) => seq)] as const
  );
}

Deno.test("each event comes once, with the first email that wants it, and the emails in their order", () => {
  deepEqual(
    coming(ada, owed(1, "weekly"), owed(2, "daily", "weekly"), owed(3, "hourly", "daily")),
    [
      ["hourly", 1, [3]],
      ["daily", 24, [2]],
      ["weekly", 72, [1]],
    ],
  );
});

Deno.test("immediate mail comes now, and a digest that is overdue with it", () => {
  const late: Person = { ...ada, digests: [{ frequency: "daily", nextAt: now - hour }] };
  deepEqual(coming(late, owed(1, "immediately"), owed(2, "daily")), [
    ["immediately", 0, [1]],
    ["daily", 0, [2]],
  ]);
});

Deno.test("after a pause one email catches up with everything", () => {
  const digests = [
    { frequency: "daily" as const, nextAt: now + 3 * day },
    { frequency: "weekly" as const, nextAt: now + 5 * day },
  ];
  const paused: Person = { ...ada, behind: true, pausedUntil: now + 2 * day, digests };
  deepEqual(coming(paused, owed(1, "weekly"), owed(2, "immediately"), owed(3, "daily")), [
    ["immediately", 48, [1, 2, 3]],
  ]);
  deepEqual(coming(paused, owed(1, "weekly"), owed(3, "daily")), [["daily", 72, [1, 3]]]);
});

Deno.test("quiet hours hold immediate mail, and send it as one at their end; digests keep theirs", () => {
  const quiet: Person = { ...ada, quietFrom: 9, quietUntil: 11 };
  deepEqual(coming(quiet, owed(1, "immediately"), owed(2, "immediately"), owed(3, "hourly")), [
    ["hourly", 1, [3]],
    ["immediately", 1.5, [1, 2]],
  ]);
  const awake: Person = { ...quiet, quietFrom: 22, quietUntil: 7 };
  deepEqual(coming(awake, owed(1, "immediately"), owed(2, "immediately")), [
    ["immediately", 0, [1]],
    ["immediately", 0, [2]],
  ]);
});

Deno.test("what comes within a minute of two others waits until the minute is over, and comes as one", () => {
  const told: Person = {
    ...ada,
    tellings: [{ at: now - 20_000, events: 1 }, { at: now - 10_000, events: 1 }],
  };
  deepEqual(coming(told, owed(1, "immediately"), owed(2, "immediately"), owed(3, "hourly")), [
    ["immediately", 40_000 / hour, [1, 2]],
    ["hourly", 1, [3]],
  ]);
  const gathering: Person = { ...ada, behind: true, heldUntil: now + 30_000 };
  deepEqual(coming(gathering, owed(1, "immediately"), owed(2, "immediately")), [
    ["immediately", 30_000 / hour, [1, 2]],
  ]);
  const toBed: Person = { ...gathering, heldUntil: now + 30_000, quietFrom: 9, quietUntil: 11 };
  deepEqual(coming(toBed, owed(1, "immediately")), [["immediately", 1.5, [1]]]);
});

Deno.test("nothing is owed, nothing comes", () => {
  deepEqual(coming(ada), []);
});
