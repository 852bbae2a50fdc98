import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { eventTypeIds, eventTypes, type Field } from "./catalogue.ts";
import { type Condition, operatorsOf, parseConditions } from "./conditions.ts";
import type { Event, EventData } from "./events.ts";
import { compile } from "./match.ts";
import { emptyPool } from "./predicate_pool.ts";

const redelivery = "source-request.redelivery-requested";
const time = Date.parse("2026-11-20T23:30:00Z");

function event(data: EventData, type = redelivery): Event {
  return { seq: 1, type, time, subject: null, data };
}

const any = (field: string, ...values: string[]): Condition => ({ field, op: "any", values });
const none = (field: string, ...values: string[]): Condition => ({ field, op: "none", values });

const lights = { title: { id: "81", name: "Harbour Lights" } };

/** One condition, what an event says, and whether the condition holds. */
const rows: [condition: Condition, data: EventData, holds: boolean][] = [
  [any("content_type", "branded", "original"), { content_type: "original" }, true],
  [any("content_type", "branded"), { content_type: "original" }, false],
  [any("content_type", "branded"), {}, false],
  [none("content_type", "branded"), { content_type: "original" }, true],
  [none("content_type", "branded"), { content_type: "branded" }, false],
  [none("content_type", "branded"), {}, true],
  [any("source_type", "timed-text"), { source_type: "sdh-cc" }, true],
  [any("source_type", "timed-text"), { source_type: "imf" }, false],
  [none("source_type", "timed-text", "imf"), { source_type: "subtitle" }, false],
  [any("language", "pt"), { language: "pt-BR" }, true],
  [any("language", "pt-BR"), { language: "pt" }, false],
  [any("language", "pt-BR"), { language: "PT-br" }, true],
  [any("language", "p"), { language: "pt" }, false],
  [none("language", "zh"), { language: "zh-Hant-TW" }, false],
  [any("territory", "KR"), { territory: "kr" }, true],
  [any("title", "harbour lights"), lights, true],
  [any("title", "81"), lights, true],
  [any("title", "Harbour"), lights, false],
  [any("title", "81\tHarbour Lights"), lights, true],
  [any("title", "81\tAnother name by now"), lights, true],
  [any("title", "82\tHarbour Lights"), lights, false],
  [any("movie_id", "Cafe\u0301"), { movie_id: "CAFÉ" }, true],
  [any("blocker", "true"), { blocker: true }, true],
  [any("blocker", "true"), { blocker: false }, false],
  [none("blocker", "false"), {}, true],
  [{ field: "due", op: "within", value: 3 }, { due: "2026-11-23" }, true],
  [{ field: "due", op: "within", value: 2 }, { due: "2026-11-23" }, false],
  [{ field: "due", op: "within", value: 0 }, { due: "2026-11-20" }, true],
  [{ field: "due", op: "within", value: 0 }, { due: "2026-01-01" }, true],
  [{ field: "due", op: "within", value: 1 }, { due: "2026-11-21T23:59:59Z" }, true],
  [{ field: "due", op: "within", value: 1 }, { due: "2026-11-21T23:00:00-05:00" }, false],
  [{ field: "due", op: "within", value: 9 }, {}, false],
  [{ field: "due", op: "before", value: "2026-11-24" }, { due: "2026-11-23T23:59:59Z" }, true],
  [{ field: "due", op: "before", value: "2026-11-24" }, { due: "2026-11-24" }, false],
  [{ field: "due", op: "after", value: "2026-11-24" }, { due: "2026-11-24T23:59:59Z" }, false],
  [{ field: "due", op: "after", value: "2026-11-24" }, { due: "2026-11-25" }, true],
  [{ field: "due", op: "after", value: "2026-11-24" }, {}, false],
  [any("left_the_catalogue", "1"), { left_the_catalogue: "1" }, false],
  [none("left_the_catalogue", "1"), {}, false],
];

Deno.test("a condition holds for what it says, and for nothing else", () => {
  for (const [condition, data, holds] of rows) {
    const match = compile([{ type: redelivery, conditions: [condition] }]);
    equal(match(event(data)).length === 1, holds, JSON.stringify([condition, data]));
  }
});

Deno.test("numbers compare, and what is no number compares with none", () => {
  const type = "source-request.inspection-failed";
  const held = (error_count: unknown) =>
    compile([
      { type, conditions: [{ field: "error_count", op: "least", value: 3 }] as Condition[] },
      { type, conditions: [{ field: "error_count", op: "most", value: 3 }] as Condition[] },
    ])(event({ error_count }, type)).map(({ conditions: [condition] }) => condition!.op);
  deepEqual([2, 3, 4, "3", undefined].map(held), [["most"], ["least", "most"], ["least"], [], []]);
});

Deno.test("all conditions must hold, and whoever matches comes in the order given", () => {
  const notifications = [
    { id: "all", type: redelivery, conditions: [] },
    { id: "one of two", type: redelivery, conditions: [any("season", "1"), any("movie_id", "7")] },
    { id: "both", type: redelivery, conditions: [any("season", "1"), any("movie_id", "8")] },
    { id: "all again", type: redelivery, conditions: [] },
    { id: "another type", type: "material.received", conditions: [] },
    { id: "both, spelled differently", type: redelivery, conditions: [any("season", "1")] },
  ];
  const match = compile(notifications);
  const ids = match(event({ season: "1", movie_id: "8" })).map(({ id }) => id);
  deepEqual(ids, ["all", "both", "all again", "both, spelled differently"]);
  deepEqual(match(event({}, "source-request.imagined")), []);
  deepEqual(compile([])(event({})), []);
});

// The naive matcher: each condition read aloud, one event at a time.

function holds(field: Field, condition: Condition, { time, data }: Event): boolean {
  const said = data[condition.field];
  if ("values" in condition) {
    const found = said !== undefined && condition.values.some((value) => means(field, value, said));
    return condition.op === "any" ? found : !found;
  }
  if (said === undefined) return false;
  if (condition.op === "least") return Number(said) >= condition.value;
  if (condition.op === "most") return Number(said) <= condition.value;
  const day = dayOf(said);
  if (condition.op === "before") return day < condition.value;
  if (condition.op === "after") return day > condition.value;
  const last = new Date(time);
  last.setUTCDate(last.getUTCDate() + Number(condition.value));
  return day <= dayOf(last);
}

function means(field: Field, value: string, said: unknown): boolean {
  const fold = (text: string) => text.normalize("NFC").toLowerCase();
  const same = (text: string) => fold(text) === fold(value);
  if (field.kind === "choice") {
    return said === value || (field.groups?.[value]?.values.includes(String(said)) ?? false);
  }
  if (field.kind === "language") {
    return same(String(said)) ||
      String(said).toLowerCase().startsWith(`${value.toLowerCase()}-`);
  }
  if (field.kind === "title") {
    const { id, name } = said as { id: string; name: string };
    const [chosen, isChosen] = [value.split("\t")[0]!, value.includes("\t")];
    return isChosen ? fold(id) === fold(chosen) : same(id) || same(name);
  }
  return same(String(said));
}

function dayOf(said: unknown): string {
  return new Date(said as string).toISOString().slice(0, 10);
}

const shared: Record<string, string[]> = {
  language: ["pt", "pt-BR", "pt-PT", "zh-Hant-TW", "zh-Hant", "ko"],
  territory: ["KR", "BR", "PT"],
  text: ["1", "2", "Harbour Lights", "HARBOUR lights", "Café", "Cafe\u0301"],
  flag: ["true", "false"],
  title: ["1", "2", "Café", "1\tHarbour Lights", "1\t2", "Café\tHarbour Lights"],
};

function valuesOf(field: Field): string[] {
  if (field.kind !== "choice") return shared[field.kind] ?? shared.text!;
  const groups = Object.keys(field.groups ?? {});
  return [
    ...groups,
    ...Object.keys(field.values).slice(0, 4),
    ...Object.keys(field.values).slice(-3),
  ];
}

const day = fc.integer({ min: -3, max: 5 }).map((days) => dayOf(time + days * 86_400_000));
const instant = fc.tuple(day, fc.constantFrom("T00:00:00Z", "T23:59:59-05:00", "T12:00:00+09:00"));

function said(field: Field): fc.Arbitrary<unknown> {
  const text = fc.constantFrom(...shared.text!);
  if (field.kind === "choice") return fc.constantFrom(...Object.keys(field.values));
  if (field.kind === "date") return fc.oneof(day, instant.map((parts) => parts.join("")));
  if (field.kind === "number") return fc.integer({ min: 0, max: 5 });
  if (field.kind === "flag") return fc.boolean();
  if (field.kind === "title") return fc.record({ id: text, name: text });
  return fc.constantFrom(...valuesOf(field));
}

function condition(name: string, field: Field): fc.Arbitrary<unknown> {
  const question = fc.constantFrom(...operatorsOf(field));
  const values = fc.subarray(valuesOf(field), { minLength: 1 }).map((chosen) => chosen.slice(0, 3));
  return fc.record({ op: question, values, count: fc.integer({ min: 0, max: 5 }), day })
    .map(({ op, values, count, day }) => ({
      ...{ field: name, op, values },
      value: op === "before" || op === "after" ? day : count,
    }));
}

const stories = (size: fc.ArrayConstraints) =>
  fc.constantFrom(...eventTypeIds).chain((type) => {
    const fields = Object.entries(eventTypes[type]!.fields);
    const conditions = fc.subarray(fields, { maxLength: 3 })
      .chain((chosen) => fc.tuple(...chosen.map(([name, field]) => condition(name, field))))
      .map((asked) => ({ type, conditions: parseConditions(type, asked) }));
    const data = fc.tuple(
      ...fields.map(([name, field]) =>
        fc.option(said(field).map((value) => [name, value] as const), { nil: null, freq: 4 })
      ),
    ).map((members) => Object.fromEntries(members.filter((member) => member !== null)));
    return fc.record({
      notifications: fc.array(conditions, size),
      events: fc.array(data.map((data) => event(data, type)), { minLength: 1, maxLength: 5 }),
    });
  });

Deno.test("the compiled matcher finds what reading each condition aloud finds", () => {
  agrees(stories({ maxLength: 12 }), 2_000);
});

Deno.test("so it does for somebody with hundreds of notifications of one type", () => {
  agrees(stories({ minLength: 150, maxLength: 300, size: "max" }), 100);
});

Deno.test("so it does for somebody who asks much of one type and little of another", () => {
  const both = fc.tuple(stories({ maxLength: 12 }), stories({ minLength: 70, maxLength: 100 }));
  const story = both.map(([few, many]) => ({
    notifications: [...few.notifications, ...many.notifications],
    events: [...few.events, ...many.events],
  }));
  agrees(story, 200);
});

function agrees(story: ReturnType<typeof stories>, numRuns: number): void {
  const pool = emptyPool();
  let matched = 0;
  let unmatched = 0;
  const property = fc.property(story, ({ notifications, events }) => {
    const match = compile(notifications);
    const matchToo = compile(notifications, pool);
    for (const event of events) {
      const expected = notifications.filter(({ type, conditions }) =>
        type === event.type &&
        conditions.every((asked) => holds(eventTypes[type]!.fields[asked.field]!, asked, event))
      );
      deepEqual(match(event), expected);
      deepEqual(matchToo(event), expected, "compiled with everybody before");
      matched += expected.length;
      unmatched += notifications.length - expected.length;
    }
  });
  fc.assert(property, { numRuns });
  // Both happened often enough to mean something.
  ok(matched > 5_000 && unmatched > 5_000, `${matched} and ${unmatched}`);
}
