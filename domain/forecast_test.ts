import { deepEqual, equal } from "node:assert/strict";
import type { Event } from "./events.ts";
import { forecast, warnings } from "./forecast.ts";
import type { Notification, NotificationInput } from "./notifications.ts";

// Monday 5 January 2026, noon, in Madrid.
const now = Date.parse("2026-01-05T11:00:00Z");
const hour = 3_600_000;
const unquiet = { quietFrom: null, quietUntil: null };
const times = { zone: "Europe/Madrid", digestHour: 8, digestWeekday: 1, ...unquiet };
const type = "source-request.redelivery-requested";
const branded = { field: "content_type", op: "any" as const, values: ["branded"] };
const asked: NotificationInput = { type, conditions: [branded], frequency: "daily" };

let seq = 0;
const event = (hoursAgo: number, content_type = "branded"): Event => ({
  seq: seq += 1,
  type,
  time: now - hoursAgo * hour,
  subject: `SR-${seq}`,
  data: { content_type },
});
const other = (change: Partial<Notification>): Notification => ({
  id: 7,
  kind: "custom",
  bookmark: 0,
  mutedAt: null,
  mutedUntil: null,
  version: 1,
  ...asked,
  ...change,
});

Deno.test("of many that tell the same three are named, and the others counted", () => {
  const input: NotificationInput = { ...asked, frequency: "immediately" };
  const season = (value: number) => ({ field: "season", op: "any" as const, values: [`${value}`] });
  const narrower = (count: number) =>
    Array.from({ length: count }, (_, id) => other({ id, conditions: [branded, season(id)] }));
  const wider = [1, 2, 3, 4].map((id) =>
    other({
      id: -id,
      conditions: [{ ...branded, values: ["branded", ["original", "licensed"][id % 2]!] }],
    })
  );
  const summary = (others: Notification[]) =>
    warnings(input, some(1), others).map((warning) =>
      warning.kind === "more"
        ? [warning.relation, warning.count, warning.isAtLeast]
        : "notification" in warning && [warning.kind, warning.notification.id]
    );
  deepEqual(summary([...narrower(40), ...wider]), [
    ...[-1, -2, -3].map((id) => ["covered by", id]),
    ["covered by", 1, false],
    ...[0, 1, 2].map((id) => ["covers", id]),
    ["covers", 37, false],
  ]);
  // Whoever has thousands does not wait until each was compared.
  deepEqual(summary(narrower(5_000)).at(-1), ["covers", 997, true]);
});

/** A forecast that found so many. */
const some = (total: number) => ({ total, everMatched: true });
const nothing = { total: 0, everMatched: false };

Deno.test("a forecast counts by the reader's day, and by the email that each event would be in", () => {
  // The last two lie on one local day, but on either side of its digest.
  const events = [event(100), event(30), event(29, "original"), event(12.5), event(3)];
  const { days, total, emails, latest } = forecast(asked, events, { times, now });
  equal(total, 4);
  equal(days.length, 30);
  deepEqual(days.filter(({ count }) => count > 0), [
    { date: "2026-01-01", count: 1 },
    { date: "2026-01-04", count: 2 },
    { date: "2026-01-05", count: 1 },
  ]);
  equal(emails, 4);
  equal(forecast({ ...asked, frequency: "immediately" }, events, { times, now }).emails, 4);
  equal(forecast({ ...asked, frequency: "weekly" }, events, { times, now }).emails, 2);
  // Quiet hours make one email of what they hold.
  const held = { ...times, quietFrom: 20, quietUntil: 10 };
  equal(forecast({ ...asked, frequency: "immediately" }, events, { times: held, now }).emails, 3);
  const night = [...events, event(10), event(4), event(1)];
  equal(forecast({ ...asked, frequency: "immediately" }, night, { times: held, now }).emails, 4);
  deepEqual(latest.map(({ time }) => (now - time) / hour), [3, 12.5, 30, 100]);
});

Deno.test("nothing that matched is said so, and so is too much of it", () => {
  deepEqual(warnings({ ...asked, frequency: "immediately" }, nothing, []), [{
    kind: "never matched",
  }]);
  deepEqual(warnings({ ...asked, frequency: "immediately" }, some(601), []), [{
    kind: "too many",
  }]);
  deepEqual(warnings({ ...asked, frequency: "immediately" }, some(600), []), []);
});

Deno.test("what matched before the days that are counted did match", () => {
  const long = 40 * 24;
  equal(forecast(asked, [event(long)], { times, now }).total, 0);
  equal(forecast(asked, [event(long)], { times, now }).everMatched, true);
  equal(forecast(asked, [event(long, "original")], { times, now }).everMatched, false);
  deepEqual(warnings({ ...asked, frequency: "immediately" }, some(0), []), []);
});

Deno.test("a daily email about a deadline is warned of", () => {
  deepEqual(warnings(asked, some(1), []), [{ kind: "slow deadline" }]);
  deepEqual(warnings({ ...asked, type: "source-request.delivered" }, some(1), []), []);
});

Deno.test("what others of one's own tell already is named", () => {
  const input: NotificationInput = { ...asked, frequency: "immediately" };
  const everything = other({ conditions: [] });
  const narrower = other({ conditions: [branded, { field: "season", op: "any", values: ["1"] }] });
  const twin = other({ frequency: "hourly" });
  deepEqual(warnings(input, some(1), [everything]), [{
    kind: "covered by",
    notification: everything,
  }]);
  deepEqual(warnings(input, some(1), [narrower]), [{
    kind: "covers",
    notification: narrower,
  }]);
  deepEqual(warnings(input, some(1), [twin]), [{
    kind: "other frequency",
    notification: twin,
  }]);
  deepEqual(warnings(input, some(1), [other({ conditions: [], mutedAt: 1 })]), []);
  const muted = other({ mutedAt: 1 });
  deepEqual(warnings(input, some(1), [muted]), [{ kind: "other frequency", notification: muted }]);
  deepEqual(
    warnings(input, some(1), [other({ type: "source-request.created", conditions: [] })]),
    [],
  );
});
