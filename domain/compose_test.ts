import { deepEqual, equal } from "node:assert/strict";
import type { Frequency } from "./catalogue.ts";
import {
  collectOwed,
  composeEmails,
  type EmailContent,
  type Owed,
  type Recipient,
  stillOwed,
} from "./compose.ts";
import type { Event } from "./events.ts";
import type { Notification } from "./notifications.ts";

const type = "source-request.delivered";

/** An open notification of everything that is delivered; its id says which. */
function notification(id: number, changed: Partial<Notification> = {}): Notification {
  return {
    ...{ id, kind: "custom", type, conditions: [], frequency: "daily" },
    ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
    ...changed,
  };
}

const event = (seq: number, data = {}): Event => ({ seq, type, time: 0, subject: null, data });

function recipient(id: string, notifications: Notification[], told: number[] = []): Recipient {
  return { id, notifications, told: new Set(told) };
}

/** Who is owed which event, and by which notifications. */
function owedTo(recipients: Recipient[], ...pages: Event[][]) {
  const { add, owed } = collectOwed(recipients);
  for (const page of pages) add(page);
  return Object.fromEntries(
    [...owed].map(([id, list]) => [
      id,
      list.map(({ seq, notifications }) => [seq, ...notifications.map((n) => n.id)]),
    ]),
  );
}

Deno.test("what is owed lies behind the bookmark and was not told before", () => {
  const branded = [{ field: "content_type", op: "any" as const, values: ["branded"] }];
  const ada = recipient("ada", [
    notification(1, { bookmark: 2 }),
    notification(2, { bookmark: 1, conditions: branded }),
  ], [4]);
  const ben = recipient("ben", [notification(3, { bookmark: 3 })]);
  const sam = recipient("sam", []);
  const events = [1, 2, 3, 4, 5].map((seq) => event(seq, { content_type: "branded" }));
  deepEqual(owedTo([ada, ben, sam], events.slice(0, 2), events.slice(2), [event(6)]), {
    ada: [[2, 2], [3, 1, 2], [5, 1, 2], [6, 1]],
    ben: [[4, 3], [5, 3], [6, 3]],
    sam: [],
  });
});

const fast = notification(1, { frequency: "immediately" });
const hourly = notification(2, { frequency: "hourly" });
const daily = notification(3);
const owed = (seq: number, ...notifications: Notification[]): Owed => ({ seq, notifications });

/** Each email: its frequency, and what it tells with the ids of the reasons. */
function emails(list: Owed[], due: Frequency[], { paused = false, held = false } = {}) {
  const options = { due: new Set(due), pausedUntil: paused ? 1 : null, held };
  return composeEmails(list, options).map(({ frequency, content }) => [
    frequency,
    ...content.items.map(({ seq, reasons }) => [
      seq,
      ...reasons.map((index) => content.reasons[index]!.id),
    ]),
  ]);
}

Deno.test("an event is told once, at the fastest frequency that is due, with every reason", () => {
  const list = [owed(1, fast, daily), owed(2, hourly, daily), owed(3, daily), owed(4, hourly)];
  deepEqual(emails(list, ["immediately", "hourly", "daily"]), [
    ["immediately", [1, 1, 3]],
    ["hourly", [2, 2, 3], [4, 2]],
    ["daily", [3, 3]],
  ]);
  deepEqual(emails(list, ["immediately", "daily"]), [
    ["immediately", [1, 1, 3]],
    ["daily", [2, 2, 3], [3, 3]],
  ]);
  deepEqual(emails(list, ["weekly"]), []);
  deepEqual(emails([], ["immediately", "daily"]), []);
});

Deno.test("up to two events come each in an email of its own, more of them in one", () => {
  const list = [1, 2, 3].map((seq) => owed(seq, fast));
  deepEqual(emails(list.slice(0, 2), ["immediately"]), [
    ["immediately", [1, 1]],
    ["immediately", [2, 1]],
  ]);
  deepEqual(emails(list, ["immediately"]), [["immediately", [1, 1], [2, 1], [3, 1]]]);
});

Deno.test("after a pause one email takes along everything, due or not", () => {
  const list = [owed(1, fast), owed(2, hourly), owed(3, daily)];
  deepEqual(emails(list, ["immediately", "hourly"], { paused: true }), [
    ["immediately", [1, 1], [2, 2], [3, 3]],
  ]);
  deepEqual(emails(list.slice(1), ["hourly"], { paused: true }), [["hourly", [2, 2], [3, 3]]]);
  deepEqual(emails(list.slice(2), ["immediately", "hourly"], { paused: true }), []);
});

Deno.test("immediate mail that was held comes as one email, and digests beside it as ever", () => {
  const list = [owed(1, fast), owed(2, fast, daily), owed(3, daily)];
  deepEqual(emails(list, ["immediately", "daily"], { held: true }), [
    ["immediately", [1, 1], [2, 1, 3]],
    ["daily", [3, 3]],
  ]);
  deepEqual(emails(list, ["daily"], { held: true }), [["daily", [2, 1, 3], [3, 3]]]);
});

Deno.test("an email remembers its reasons as they read then, each once", () => {
  const [email] = composeEmails([owed(1, daily), owed(2, daily)], {
    due: new Set(["daily" as const]),
    pausedUntil: null,
    held: false,
  });
  deepEqual(email!.content.reasons, [{ id: 3, sentence: "Source Delivered, daily" }]);
});

const content: EmailContent = {
  reasons: [{ id: 1, sentence: "Source Delivered, immediately" }, { id: 3, sentence: "…, daily" }],
  items: [{ seq: 1, reasons: [0] }, { seq: 2, reasons: [0, 1] }, { seq: 5, reasons: [1] }],
};

Deno.test("an email stands while its reasons are open and have accounted for it", () => {
  const seqs = (open: Notification[]) => stillOwed(content, open)?.items.map(({ seq }) => seq);
  const at = (n: Notification, bookmark: number) => ({ ...n, bookmark });
  equal(stillOwed(content, [at(fast, 5), at(daily, 5)]), content);
  deepEqual(seqs([at(fast, 5)]), [1, 2]);
  deepEqual(seqs([at(daily, 5)]), [2, 5]);
  // What the daily one has not reached yet it will tell itself.
  deepEqual(seqs([at(daily, 4)]), [2]);
  deepEqual(seqs([at(daily, 1)]), undefined);
  equal(stillOwed(content, [at(hourly, 9)]), null);
  equal(stillOwed(content, []), null);
});
