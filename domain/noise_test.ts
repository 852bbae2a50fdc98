import { deepEqual, equal } from "node:assert/strict";
import type { Frequency } from "./catalogue.ts";
import type { Condition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { noiseOf, tellings } from "./noise.ts";
import type { Notification } from "./notifications.ts";
import type { MailTimes } from "./schedule.ts";

// Monday 5 January 2026, midnight in Madrid.
const monday = Date.parse("2026-01-04T23:00:00Z");
const hour = 3_600_000;
const times = {
  ...{ zone: "Europe/Madrid", digestHour: 8, digestWeekday: 1 },
  ...{ quietFrom: null, quietUntil: null },
};
const created = "source-request.created";
const delivered = "source-request.delivered";
const branded: Condition[] = [{ field: "content_type", op: "any", values: ["branded"] }];

const notification = (
  id: number,
  type: string,
  frequency: Frequency,
  conditions: Condition[] = [],
): Notification => ({
  ...{ id, kind: "custom", type, frequency, conditions },
  ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
});

let seq = 0;
const event = (hours: number, type: string, content_type = "original"): Event => ({
  seq: seq += 1,
  type,
  time: monday + hours * hour,
  subject: null,
  data: { content_type },
});

const noise = (open: Notification[], events: Event[], mailTimes: MailTimes = times) => {
  const { notifications, ...rest } = noiseOf(open, tellings(open, events), mailTimes);
  return {
    ...rest,
    notifications: notifications.map(({ notification, events, emails }) => [
      notification.id,
      events,
      emails,
    ]),
  };
};

Deno.test("an event counts once, for the fastest notification that tells it", () => {
  const open = [
    notification(1, created, "daily"),
    notification(2, created, "immediately", branded),
    notification(3, created, "immediately", branded),
    notification(4, delivered, "hourly"),
  ];
  const events = [
    event(1, created, "branded"),
    event(2, created, "branded"),
    event(3, created),
    event(4, "source-request.accepted"),
  ];
  deepEqual(noise(open, events), {
    events: 3,
    emails: 3,
    frequencies: [
      { frequency: "immediately", events: 2, emails: 2 },
      { frequency: "daily", events: 1, emails: 1 },
    ],
    notifications: [[2, 2, 2], [1, 1, 1], [3, 0, 0], [4, 0, 0]],
    types: [{ type: created, events: 3, atOnce: 2 }],
  });
});

Deno.test("one digest holds what several notifications tell, until its hour on the reader's clock", () => {
  const open = [notification(1, created, "daily"), notification(2, delivered, "daily")];
  const events = [
    event(7.9, created),
    event(7.95, delivered),
    event(8, delivered),
    event(31, delivered),
  ];
  deepEqual(noise(open, events), {
    events: 4,
    emails: 2,
    frequencies: [{ frequency: "daily", events: 4, emails: 2 }],
    notifications: [[2, 3, 2], [1, 1, 1]],
    types: [
      { type: delivered, events: 3, atOnce: 0 },
      { type: created, events: 1, atOnce: 0 },
    ],
  });
});

Deno.test("an hourly digest of a quiet hour does not come", () => {
  const open = [notification(1, created, "hourly")];
  const { emails } = noise(open, [event(1.1, created), event(1.9, created), event(5, created)]);
  deepEqual(emails, 2);
});

Deno.test("what quiet hours hold is one email, however much it is", () => {
  const open = [notification(1, created, "immediately")];
  const events = [event(1, created), event(2, created), event(9, created), event(26, created)];
  equal(noise(open, events).emails, 4);
  equal(noise(open, events, { ...times, quietFrom: 22, quietUntil: 7 }).emails, 3);
});

Deno.test("a quiet inbox holds nothing", () => {
  deepEqual(noise([], [event(1, created)]), {
    ...{ events: 0, emails: 0 },
    ...{ frequencies: [], notifications: [], types: [] },
  });
});
