import { deepEqual, equal } from "node:assert/strict";
import { defaultNotifications, type Role } from "./catalogue.ts";
import type { Hearing } from "./coverage.ts";
import type { Event } from "./events.ts";
import type { Notification } from "./notifications.ts";
import { type Subject, whatIf } from "./what_if.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const hour = 3_600_000;
const operations: Role[] = ["content-partner-operations"];
const master: Role[] = ["master-content-partner-operations"];
const created = "source-request.created";
const critical = "source-request.critical";

const event = (seq: number, type: string, time = now - seq * hour): Event => ({
  ...{ seq, type, time, subject: null, data: {} },
});
const byType = new Map([
  [created, [event(1, created), event(2, created), event(3, created, now - 40 * 24 * hour)]],
  [critical, [event(4, critical)]],
]);

const custom: Notification = {
  ...{ id: 1, kind: "custom", type: created, conditions: [], frequency: "immediately" },
  ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
};
const somebody: Subject = {
  ...{ zone: "UTC", digestHour: 8, digestWeekday: 1, quietFrom: null, quietUntil: null },
  ...{ pausedUntil: null, addressFailedAt: null, deactivatedAt: null },
  ...{ roles: master, optOuts: [], notifications: [custom], preparations: [] },
};
const setting = { profile: "content" as const, byType, hearings: [] as Hearing[], now };

Deno.test("a role that is gained brings its Default notifications, and what they would have told", () => {
  const { before, after, gained, lost, unheard } = whatIf(somebody, operations, setting);
  deepEqual(before, { events: 2, emails: 2 });
  equal(after.events, 3);
  deepEqual(
    new Map(gained.map(({ type, frequency }) => [type, frequency])),
    defaultNotifications(operations),
  );
  deepEqual([lost, unheard], [[], []]);
});

Deno.test("without a role that shows them, notifications go, and so does their mail", () => {
  const { after, types, lost, unheard } = whatIf(somebody, ["account-admin"], setting);
  deepEqual(after, { events: 0, emails: 0 });
  deepEqual(types, [
    { type: created, before: { events: 2, emails: 2 }, after: { events: 0, emails: 0 } },
  ]);
  deepEqual(lost, [custom]);
  deepEqual(unheard, [created]);
});

Deno.test("what a colleague hears of does not go unheard, and nobody is missed who heard nothing", () => {
  const colleague: Hearing = { roles: master, kind: "custom", type: created, flowsFrom: 0 };
  const unheard = (subject: Partial<Subject>, hearings: Hearing[] = []) =>
    whatIf({ ...somebody, ...subject }, [], { ...setting, hearings }).unheard;
  deepEqual(unheard({}, [colleague]), []);
  deepEqual(unheard({}, [{ ...colleague, flowsFrom: now + 1 }]), [created]);
  deepEqual(unheard({}, [{ ...colleague, roles: [] }]), [created]);
  deepEqual(unheard({ pausedUntil: now + 1 }), []);
  deepEqual(unheard({ addressFailedAt: now }), []);
  deepEqual(unheard({ deactivatedAt: now }), []);
  deepEqual(unheard({ notifications: [{ ...custom, mutedAt: now }] }), []);
  deepEqual(whatIf(somebody, [], { ...setting, profile: "studio" }).unheard, []);
});

Deno.test("a Default notification that was muted, or unsubscribed from, comes back muted", () => {
  const type = created;
  const frequency = defaultNotifications(operations).get(type)!;
  const muted: Notification = { ...custom, kind: "default", frequency, mutedAt: now };
  const ofType = (subject: Partial<Subject>) =>
    whatIf({ ...somebody, notifications: [], ...subject }, operations, setting)
      .gained.find((each) => each.type === type)!.mutedAt !== null;
  equal(ofType({}), false);
  equal(ofType({ notifications: [muted] }), true);
  equal(ofType({ optOuts: [frequency] }), true);
});

Deno.test("the same roles change nothing", () => {
  const { before, after, types, ...rest } = whatIf(somebody, master, setting);
  deepEqual(before, after);
  deepEqual(types.map(({ before, after }) => [before, after]), [[before, after]]);
  deepEqual(rest, { lost: [], gained: [], prepared: 0, retimed: [], unheard: [] });
});

Deno.test("what is prepared for a role comes with it, where it was never held", () => {
  const preparation = { id: 1, role: operations[0]!, type: critical, conditions: [] };
  const preparations = [{ ...preparation, frequency: "hourly" as const }];
  const admin = { ...somebody, roles: ["account-admin" as const], notifications: [], preparations };
  const withRole = whatIf(admin, ["account-admin", ...operations], setting);
  equal(withRole.prepared, 1);
  equal(withRole.gained.filter(({ kind }) => kind === "custom").length, 1);
  const holder = { ...admin, roles: operations };
  equal(whatIf(holder, [...operations, "account-admin"], setting).prepared, 0);
  equal(whatIf(holder, [], setting).prepared, 0);
});
