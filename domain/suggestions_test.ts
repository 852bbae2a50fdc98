import { deepEqual, equal, ok } from "node:assert/strict";
import process from "node:process";
import fc from "fast-check";
import { eventType, type Frequency, frequencyOrder, isDeadlineType } from "./catalogue.ts";
import { collectOwed, composeEmails } from "./compose.ts";
import { type Condition, fingerprint } from "./conditions.ts";
import type { Event } from "./events.ts";
import { noiseOf, tellings } from "./noise.ts";
import type { Notification } from "./notifications.ts";
import { type MailTimes, nextDigestAt } from "./schedule.ts";
import { type Inbox, type Suggestion, suggestions } from "./suggestions.ts";

const created = "source-request.created";
const delivered = "source-request.delivered";
const critical = "source-request.critical";
const hour = 3_600_000;
// The clocks of New York go forward within these days.
const monthStart = Date.parse("2026-03-05T00:00:00Z");
const loud = { quietFrom: null, quietUntil: null };
const madrid = { zone: "Europe/Madrid", digestHour: 8, digestWeekday: 1, ...loud };
const content = (
  ...values: string[]
): Condition[] => [{ field: "content_type", op: "any", values }];

function notification(id: number, changed: Partial<Notification> = {}): Notification {
  return {
    ...{ id, kind: "custom", type: created, frequency: "immediately", conditions: [] },
    ...{ bookmark: 0, mutedAt: null, mutedUntil: null, version: 1 },
    ...changed,
  };
}

function event(seq: number, at: number, type = created, content_type = "branded"): Event {
  return { seq, type, time: monthStart + at, subject: null, data: { content_type } };
}

function inbox(
  notifications: Notification[],
  events: Event[],
  { told = [] as number[], ...changed }: Partial<Omit<Inbox, "told">> & { told?: number[] } = {},
): Inbox {
  return {
    recipient: { id: "ada", notifications, told: new Set(told) },
    queued: [],
    silenced: [],
    told: tellings(notifications, events),
    events,
    times: madrid,
    isWhole: true,
    isHeld: false,
    ...changed,
  };
}

/** Three events a day for ten days. */
const busy = Array.from({ length: 30 }, (_, index) => event(index + 1, index * 8 * hour));

/** What a suggestion is about, in short. */
const gist = (found: Suggestion[]) =>
  found.map(({ kind, notification, saved }) => [kind, notification.id, saved]);

Deno.test("what fills the inbox as it happens is suggested daily, with the emails that this saves", () => {
  deepEqual(gist(suggestions(inbox([notification(1)], busy))), [["slower", 1, 19]]);
  const hourly = notification(1, { frequency: "hourly" });
  deepEqual(gist(suggestions(inbox([hourly], busy))), [["slower", 1, 19]]);
});

Deno.test("a digest that comes anyway saves more", () => {
  const other = notification(2, { type: delivered, frequency: "daily" });
  const beside = busy.map(({ seq, time }) => event(100 + seq, time - monthStart, delivered));
  const events = [...busy, ...beside];
  deepEqual(gist(suggestions(inbox([notification(1), other], events))), [
    ["slower", 1, 30],
    ["slower", 2, 9],
  ]);
});

Deno.test("a digest of one's own every day is suggested weekly", () => {
  const daily = notification(1, { frequency: "daily" });
  deepEqual(gist(suggestions(inbox([daily], busy))), [["slower", 1, 9]]);
});

Deno.test("what saves fewer than two emails a week is not worth a suggestion", () => {
  deepEqual(gist(suggestions(inbox([notification(1)], busy.slice(0, 13)))), []);
});

Deno.test("what another one tells as fast is covered, and only the narrower of the two is spare", () => {
  const both = [notification(1), notification(2, { conditions: content("branded", "original") })];
  deepEqual(gist(suggestions(inbox(both, busy))), [["covered", 2, 0]]);
  const slower = [notification(1, { frequency: "daily" }), both[1]!];
  deepEqual(gist(suggestions(inbox(slower, busy))), [["slower", 2, 19]]);
});

Deno.test("whoever has thousands does not wait until each was compared with each", () => {
  const title = (id: number) => [{ field: "title", op: "any" as const, values: [`${id}`] }];
  const many = Array.from(
    { length: 4_000 },
    (_, id) => notification(id, { conditions: title(id) }),
  );
  const wide = notification(4_000, { conditions: [] });
  const before = process.threadCpuUsage();
  const found = suggestions(inbox([...many, wide], []));
  const { user, system } = process.threadCpuUsage(before);
  ok(user + system < 5_000_000, `${user + system} microseconds`);
  equal(found.filter(({ kind }) => kind === "covered").length, 20);
});

Deno.test("of two that ask the same in other words only the younger one is spare", () => {
  const inOtherWords: Condition[] = [{ field: "priority", op: "none", values: [] }];
  const both = [notification(1, { conditions: inOtherWords }), notification(2)];
  deepEqual(gist(suggestions(inbox(both, busy))), [["covered", 2, 0]]);
});

Deno.test("what is pending and would be lost makes no suggestion", () => {
  const late = notification(1, { bookmark: 30 });
  const narrow = notification(2, { conditions: content("branded"), frequency: "hourly" });
  deepEqual(gist(suggestions(inbox([late, { ...narrow, bookmark: 29 }], busy))), []);
  deepEqual(gist(suggestions(inbox([late, { ...narrow, bookmark: 29 }], busy, { told: [30] }))), [
    ["covered", 2, 0],
  ]);
  deepEqual(gist(suggestions(inbox([late, { ...narrow, bookmark: 30 }], busy))), [
    ["covered", 2, 0],
  ]);
  const idle = { ...narrow, bookmark: 30 };
  deepEqual(gist(suggestions(inbox([late, idle], busy, { isHeld: true }))), []);
  deepEqual(gist(suggestions(inbox([late, idle], busy, { queued: [[2]] }))), []);
  deepEqual(gist(suggestions(inbox([late, idle], busy, { queued: [[1, 2]] }))), [
    ["covered", 2, 0],
  ]);
});

Deno.test("the same one that comes daily already takes over; a muted one stands in the way", () => {
  const twin = notification(2, { frequency: "daily" });
  const [found] = suggestions(inbox([notification(1), twin], busy));
  ok(found?.kind === "slower");
  equal(found.twin, twin);
  const muted = { ...twin, mutedAt: 1 };
  deepEqual(gist(suggestions(inbox([notification(1)], busy, { silenced: [muted] }))), []);
});

Deno.test("what has a deadline is neither slowed down nor given up", () => {
  const events = busy.map(({ seq, time }) => event(seq, time - monthStart, critical));
  const all = [
    notification(1, { type: critical }),
    notification(2, { type: critical, conditions: content("licensed"), frequency: "hourly" }),
  ];
  deepEqual(gist(suggestions(inbox([all[0]!], events))), []);
  deepEqual(gist(suggestions(inbox([all[1]!], events))), []);
});

Deno.test("what never fired is suggested last, and only where it is one's own", () => {
  const silent = notification(1, { type: delivered, conditions: content("licensed") });
  const byDefault = notification(3, { kind: "default", type: "source-request.accepted" });
  deepEqual(gist(suggestions(inbox([silent, notification(2), byDefault], busy))), [
    ["slower", 2, 19],
    ["silent", 1, 0],
  ]);
  deepEqual(gist(suggestions(inbox([silent], busy, { isWhole: false }))), []);
});

// Any inbox: the suggestions are held against the mail itself, which lives through the month with the functions that
// compose the real emails.

const notifications = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom(created, created, delivered, critical),
    frequency: fc.constantFrom(...frequencyOrder),
    conditions: fc.constantFrom([], [], content("branded"), content("branded", "original")),
    bookmark: fc.nat({ max: 30 }),
  }).filter(({ type, frequency }) => eventType(type)!.frequencies.includes(frequency)),
  {
    maxLength: 6,
    selector: ({ type, frequency, conditions }) => fingerprint(type, frequency, conditions),
  },
).map((list) => list.map((changed, index) => notification(index + 1, changed)));

const events = fc.uniqueArray(fc.nat({ max: 10 * 24 * 60 - 1 }), { minLength: 20, maxLength: 40 })
  .chain((
    minutes,
  ) =>
    fc.array(
      fc.tuple(
        fc.constantFrom(created, created, delivered, critical),
        fc.constantFrom("branded", "original", "licensed"),
      ),
      { minLength: minutes.length, maxLength: minutes.length },
    ).map((facts) =>
      minutes.sort((a, b) => a - b)
        .map((minute, index) => event(index + 1, minute * 60_000, ...facts[index]!))
    )
  );

const times: fc.Arbitrary<MailTimes> = fc.record({
  zone: fc.constantFrom("Europe/Madrid", "America/New_York", "Asia/Kolkata"),
  digestHour: fc.nat({ max: 23 }),
  digestWeekday: fc.integer({ min: 1, max: 7 }),
  quietFrom: fc.constant(null),
  quietUntil: fc.constant(null),
});

/** What the mail tells of these events, and in how many emails. */
function live(
  notifications: readonly Notification[],
  events: readonly Event[],
  { times, told }: { times: MailTimes; told: readonly number[] },
): { told: number[]; emails: number } {
  const person = {
    id: "ada",
    notifications: notifications.map((each) => ({ ...each })),
    told: new Set(told),
  };
  let emails = 0;
  const look = (reached: readonly Event[], due: ReadonlySet<Frequency>) => {
    const { add, owed } = collectOwed([person]);
    add(reached);
    const options = { due, pausedUntil: null, held: false };
    for (const { content } of composeEmails(owed.get("ada")!, options)) {
      emails += 1;
      for (const { seq } of content.items) person.told.add(seq);
    }
    for (const each of person.notifications) {
      if (due.has(each.frequency)) {
        each.bookmark = Math.max(each.bookmark, reached.at(-1)?.seq ?? 0);
      }
    }
  };
  for (const [moment, due] of momentsOf(events, times)) {
    look(events.filter(({ time }) => time < moment), due);
    look(events.filter(({ time }) => time <= moment), new Set(["immediately"]));
  }
  return { told: [...person.told].sort((a, b) => a - b), emails };
}

/** Every instant at which an email may be due, in order: as something happens, and at each digest behind it. */
function momentsOf(events: readonly Event[], times: MailTimes): [number, Set<Frequency>][] {
  const moments = new Map<number, Set<Frequency>>();
  for (const { time } of events) {
    moments.set(time, moments.get(time) ?? new Set());
    for (const frequency of ["hourly", "daily", "weekly"] as const) {
      const at = nextDigestAt(times, frequency, { after: time, last: null });
      moments.set(at, (moments.get(at) ?? new Set()).add(frequency));
    }
  }
  return [...moments].sort(([a], [b]) => a - b);
}

/** The notifications once a suggestion was followed. */
function follow(all: readonly Notification[], suggestion: Suggestion): Notification[] {
  const { notification } = suggestion;
  if (suggestion.kind === "slower" && !suggestion.twin) {
    const changed = { ...notification, frequency: suggestion.frequency };
    return all.map((each) => each === notification ? changed : each);
  }
  return all.filter((each) => each !== notification);
}

Deno.test("the noise counts exactly the emails that the mail would have made", () => {
  fc.assert(
    fc.property(notifications, events, times, (all, events, times) => {
      const fresh = all.map((each) => ({ ...each, bookmark: 0 }));
      const noise = noiseOf(fresh, tellings(fresh, events), times);
      const lived = live(fresh, events, { times, told: [] });
      equal(noise.emails, lived.emails);
      equal(noise.events, lived.told.length);
      const sum = (list: { events: number }[]) => list.reduce((all, { events }) => all + events, 0);
      deepEqual([sum(noise.notifications), sum(noise.types), sum(noise.frequencies)], [
        noise.events,
        noise.events,
        noise.events,
      ]);
      equal(noise.frequencies.reduce((all, { emails }) => all + emails, 0), noise.emails);
    }),
    { numRuns: 50 },
  );
});

Deno.test("whoever follows a suggestion is told the same events, in as many emails fewer as it said", () => {
  const followed = new Set<string>();
  const property = fc.property(notifications, events, times, (all, events, times) => {
    const fresh = all.map((each) => ({ ...each, bookmark: 0 }));
    const before = live(fresh, events, { times, told: [] });
    for (const found of suggestions(inbox(fresh, events, { times }))) {
      if (found.kind === "silent") continue;
      followed.add(`${found.kind}${"twin" in found ? " twin" : ""}`);
      ok(!isDeadlineType(found.notification.type) || found.kind === "covered");
      const after = live(follow(fresh, found), events, { times, told: [] });
      deepEqual(after.told, before.told);
      equal(before.emails - after.emails, found.saved);
    }
  });
  // Some kinds are rare: as many rounds as it takes to have followed each.
  for (let round = 0; round < 20 && followed.size < 3; round += 1) {
    fc.assert(property, { numRuns: 150 });
  }
  deepEqual([...followed].sort(), ["covered", "slower", "slower twin"]);
});

Deno.test("following one suggestion after the other loses nothing that is pending", () => {
  let steps = 0;
  fc.assert(
    fc.property(notifications, events, times, (all, events, times) => {
      const told = events.filter(({ seq }) => seq % 3 === 0).map(({ seq }) => seq);
      const before = live(all, events, { times, told }).told;
      for (let open: Notification[] = all;;) {
        const [found] = suggestions(inbox(open, events, { times, told }))
          .filter(({ kind }) => kind !== "silent");
        if (!found) break;
        open = follow(open, found);
        deepEqual(live(open, events, { times, told }).told, before);
        steps += 1;
      }
    }),
    { numRuns: 80 },
  );
  ok(steps > 10, "too few suggestions to show anything");
});
