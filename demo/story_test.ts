import assert from "node:assert/strict";
import { eventType, eventTypeIds, type Profile } from "../domain/catalogue.ts";
import { type Event, parseEvent } from "../domain/events.ts";
import { compile } from "../domain/match.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { cast, manyAccounts } from "./cast.ts";
import { type CloudEvent, simulate, type StoryOptions } from "./story.ts";

const until = Date.parse("2026-11-20T00:00:00Z");
const day = 86_400_000;
const month = { accounts: 20, days: 30, perDay: 400, seed: 1, until };
const story = (options: Partial<StoryOptions> = {}) => [...simulate({ ...month, ...options })];

const log = story();
const requests = Object.values(Object.groupBy(log, ({ subject }) => subject))
  .map((events) => events ?? []);

const time = (event: CloudEvent) => Date.parse(event.time);
const short = (event: CloudEvent) => event.type.replace("source-request.", "");
const typesOf = (events: CloudEvent[]) => events.map(short);
const dueOf = (event: CloudEvent) => Date.parse(String(event.data.due));

/** Pairs of an event and what was told of its request before it. */
function* withPast(...types: string[]): Generator<[CloudEvent, CloudEvent[]]> {
  for (const events of requests) {
    for (const [index, event] of events.entries()) {
      if (types.includes(short(event))) yield [event, events.slice(0, index)];
    }
  }
}

/** Those whose whole past is known, as pairs. */
function* withWholePast(...types: string[]): Generator<[CloudEvent, CloudEvent[]]> {
  for (const [event, past] of withPast(...types)) {
    if (past[0] && short(past[0]) === "created") yield [event, past];
  }
}

Deno.test("the Events API accepts every simulated event, whatever the seed", () => {
  for (const seed of [1, 2, 77, 4_294_967_295]) {
    for (const event of story({ seed, perDay: 100 })) {
      assert.equal(typeof parseEvent(event), "object", `${parseEvent(event)}`);
    }
  }
});

Deno.test("a month holds every event type of the catalogue", () => {
  assert.deepEqual(new Set(log.map(({ type }) => type)), new Set(eventTypeIds));
});

Deno.test("a story has exactly the events that were asked for, in the order of time", () => {
  for (const [days, perDay] of [[30, 400], [30, 100], [1, 1], [3, 50], [90, 10]] as const) {
    const events = story({ accounts: 8, days, perDay });
    assert.equal(events.length, days * perDay);
    assert.deepEqual(events, events.toSorted((a, b) => time(a) - time(b)));
    assert.ok(time(events[0]!) >= until - days * day && time(events.at(-1)!) < until);
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
  }
});

Deno.test("the same arguments tell the same story, and each argument matters", () => {
  assert.deepEqual(story(), log);
  const others: Partial<StoryOptions>[] = [{ seed: 2 }, { accounts: 21 }, { until: until - day }];
  const ids = new Set(log.map(({ id }) => id));
  for (const other of others) assert.ok(story(other).every(({ id }) => !ids.has(id)));
});

Deno.test("an event names only parties of its request that may see it, and never the studio", () => {
  const profiles = new Map(manyAccounts(20).map(({ id, profile }) => [id, profile]));
  for (const { type, data } of log) {
    for (const account of data.accounts) {
      const profile = profiles.get(account) as Profile;
      assert.ok(profile in eventType(type)!.audience && profile !== "studio", `${type} ${account}`);
      if (profile !== "qc") assert.equal(data[`${profile}_partner`], account);
    }
  }
});

Deno.test("a QC partner hears of a request only from its first QC task on", () => {
  const qc = new Set(manyAccounts(20).filter((a) => a.profile === "qc").map(({ id }) => id));
  for (const [event, past] of withWholePast("comment-added", "redelivery-requested")) {
    const told = event.data.accounts.some((account) => qc.has(account));
    assert.equal(told, typesOf(past).includes("qc.task-assigned"));
  }
});

Deno.test("a few accounts are enough for a story, and it concerns no others", () => {
  for (const accounts of [1, 2, 3, 4, 5, 6]) {
    const known = new Set(cast.slice(0, accounts).map(({ id }) => id));
    for (const { data } of story({ accounts, perDay: 20 })) {
      assert.ok(data.accounts.length > 0);
      assert.ok(data.accounts.every((account) => known.has(account)));
    }
  }
});

Deno.test("all events of a request agree on what it is about", () => {
  const common = Object.keys(eventType("source-request.delivered")!.fields);
  for (const events of requests) {
    const facts = events.map(({ data }) => JSON.stringify(common.map((field) => data[field])));
    assert.equal(new Set(facts).size, 1, events[0]!.subject);
  }
});

Deno.test("a request is created first, and nothing follows its acceptance or cancellation", () => {
  for (const [, past] of withPast("created")) assert.deepEqual(past, []);
  for (const events of requests) {
    const ended = typesOf(events).findIndex((type) => ["accepted", "canceled"].includes(type));
    assert.ok(ended === -1 || ended === events.length - 1, typesOf(events).join());
  }
});

Deno.test("a source is accepted only when it was delivered and processed", () => {
  for (const [, past] of withWholePast("accepted")) {
    const types = typesOf(past);
    assert.ok(types.indexOf("assigned") > 0);
    assert.ok(types.lastIndexOf("assigned") < types.indexOf("delivered"));
    assert.ok(types.lastIndexOf("redelivery-requested") < types.lastIndexOf("delivered"));
    assert.ok(types.lastIndexOf("delivered") < types.lastIndexOf("processed"));
  }
});

Deno.test("a request is at risk or critical only before it is due and while nothing is delivered", () => {
  for (const [event, past] of withWholePast("at-risk", "critical")) {
    assert.ok(time(event) < dueOf(event));
    const types = typesOf(past);
    assert.ok(types.lastIndexOf("delivered") <= types.lastIndexOf("redelivery-requested"));
    const set = past.findLast((earlier) =>
      ["created", "due-date-changed", "redelivery-requested"].includes(short(earlier))
    );
    assert.equal(event.data.due, set!.data.due);
  }
});

Deno.test("a redelivery is due in 48 hours, and a moved due date says what it was before", () => {
  for (const [event] of withPast("redelivery-requested")) {
    assert.equal(dueOf(event) - time(event), 2 * day);
  }
  for (const [event, past] of withWholePast("due-date-changed")) {
    assert.equal(event.data.previous_due, past[0]!.data.due);
    assert.ok(time(event) < dueOf(event));
  }
});

Deno.test("a QC deadline is near only between the task and its report", () => {
  for (const [event, past] of withWholePast("qc.deadline-near", "qc.report-available")) {
    const task = past.findLast(({ type }) => type === "qc.task-assigned")!;
    assert.ok(typesOf(past).lastIndexOf("qc.report-available") < past.indexOf(task));
    assert.equal(event.data.qc_kind, task.data.qc_kind);
    if (short(event) !== "qc.deadline-near") continue;
    assert.equal(event.data.due, task.data.due);
    assert.ok(time(event) < dueOf(event));
  }
});

Deno.test("every notification of the cast's own has something to tell within the month", () => {
  const events = story({ accounts: cast.length, perDay: 100 });
  for (const { id, profile, users } of cast) {
    const seen = events.filter(({ data }) => profile === "studio" || data.accounts.includes(id));
    for (const notification of users.flatMap(({ notifications }) => notifications)) {
      const match = compile([notification]);
      assert.ok(seen.some((e) => match(logged(e)).length > 0), notificationSentence(notification));
    }
  }
});

function logged({ type, subject, data, ...rest }: CloudEvent): Event {
  return { seq: 1, type, subject, data, time: Date.parse(rest.time) };
}

Deno.test("people work on workdays and in office hours, so that weekends are quiet", () => {
  const comments = log.filter((event) => short(event) === "comment-added");
  const atWeekend = comments.filter((event) => [0, 6].includes(new Date(event.time).getUTCDay()));
  assert.ok(atWeekend.length < comments.length / 6, `${atWeekend.length} of ${comments.length}`);
});
