import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { activityDays, type Countable, noActivity, recentDays, tally } from "./activity.ts";
import type { Condition } from "./conditions.ts";
import type { Event } from "./events.ts";
import { forecast } from "./forecast.ts";
import { compile } from "./match.ts";
import { localTime } from "./zones.ts";

// Friday 20 November 2026, 00:30 in Madrid, still Thursday in UTC.
const now = Date.parse("2026-11-19T23:30:00Z");
const zone = "Europe/Madrid";
const hour = 3_600_000;
const type = "source-request.redelivery-requested";
const other = "source-request.created";
const branded = { field: "content_type", op: "any" as const, values: ["branded"] };
const asked: Countable = { id: 1, type, conditions: [branded], mutedAt: null };

const event = (hoursAgo: number, change: Partial<Event> = {}): Event => ({
  seq: 1,
  type,
  time: now - hoursAgo * hour,
  subject: null,
  data: { content_type: "branded" },
  ...change,
});

function activityOf(notification: Countable, events: Event[]) {
  const { add, activity } = tally([notification], { zone, now });
  add(events);
  return activity.get(notification.id)!;
}

Deno.test("what matched is counted by the day of the reader, the last day being today", () => {
  const events = [event(26), event(25), event(0.6), event(0.4), event(0, { type: other })];
  const { days, total, lastAt, keptAway } = activityOf(asked, events);
  deepEqual(days, [...Array(activityDays - 3).fill(0), 2, 1, 1]);
  deepEqual([total, lastAt, keptAway], [4, now - 0.4 * hour, 0]);
});

Deno.test("what did not fire in the recent days did not fire", () => {
  deepEqual(activityOf(asked, []), noActivity);
  equal(activityOf(asked, [event(recentDays * 24 + 1)]).lastAt, null);
  const early = activityOf(asked, [event(recentDays * 24 - 24)]);
  deepEqual([early.total, early.lastAt], [0, now - (recentDays - 1) * 24 * hour]);
});

Deno.test("a muted one says what it kept away since, which may be more than the last bars show", () => {
  const muted = { ...asked, mutedAt: now - 40 * 24 * hour };
  const events = [event(41 * 24), event(40 * 24), event(35 * 24), event(1)];
  const { total, keptAway } = activityOf(muted, events);
  deepEqual([total, keptAway], [1, 3]);
});

Deno.test("an event of tomorrow is counted tomorrow", () => {
  deepEqual(activityOf(asked, [event(-24)]), noActivity);
});

const zones = ["Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"];
const contentTypes = ["branded", "original", "licensed"];
const someNotification = fc.record({
  id: fc.nat(),
  type: fc.constantFrom(type, other),
  conditions: fc.constantFrom<Condition[]>([], [branded], [{ ...branded, op: "none" }]),
  mutedAt: fc.option(fc.nat(120).map((days) => now - days * 24 * hour)),
});
const someEvent = fc.record({
  type: fc.constantFrom(type, other),
  hoursAgo: fc.double({ min: -30, max: 100 * 24, noNaN: true }),
  content_type: fc.constantFrom(...contentTypes),
}).map(({ type, hoursAgo, content_type }) =>
  event(hoursAgo, { type, data: { content_type }, time: Math.round(now - hoursAgo * hour) })
);

Deno.test("every count is what counting on one's fingers gives, and what the window would foresee", () => {
  fc.assert(fc.property(
    fc.uniqueArray(someNotification, { selector: ({ id }) => id, maxLength: 6 }),
    fc.array(someEvent, { maxLength: 40 }),
    fc.constantFrom(...zones),
    (notifications, events, zone) => {
      const { add, activity } = tally(notifications, { zone, now });
      add(events.slice(0, 7));
      add(events.slice(7));
      for (const notification of notifications) {
        const found = activity.get(notification.id)!;
        deepEqual(found, counted(notification, events, zone));
        const times = { zone, digestHour: 8, digestWeekday: 1, quietFrom: null, quietUntil: null };
        const foreseen = forecast({ ...notification, frequency: "daily" }, events, { times, now });
        deepEqual([foreseen.days.map(({ count }) => count), foreseen.total], [
          found.days,
          found.total,
        ]);
      }
    },
  ));
});

function counted(notification: Countable, events: Event[], zone: string) {
  const today = localTime(now, zone).toPlainDate();
  const daysAgo = ({ time }: Event) =>
    localTime(time, zone).toPlainDate().until(today, { largestUnit: "days" }).days;
  const match = compile([notification]);
  const matched = events.filter((event) => match(event).length > 0)
    .filter((event) => daysAgo(event) >= 0 && daysAgo(event) < recentDays);
  const days = Array.from(
    { length: activityDays },
    (_, index) => matched.filter((each) => daysAgo(each) === activityDays - 1 - index).length,
  );
  const times = matched.map(({ time }) => time);
  const { mutedAt } = notification;
  return {
    days,
    total: days.reduce((sum, count) => sum + count),
    lastAt: times.length > 0 ? Math.max(...times) : null,
    keptAway: mutedAt === null ? 0 : times.filter((time) => time >= mutedAt).length,
  };
}
