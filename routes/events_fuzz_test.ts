import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { eventTypeIds } from "../domain/catalogue.ts";
import { batched, cloudEvent, type Posting, single, startUpstream } from "../e2e/upstream.ts";

// Requests of every mode, then damaged: in what they say, in how they say it, and in their bytes.

const members = [
  ...["specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data"],
  ...["data_base64", "__proto__", "constructor", "extension"],
];
const fields = [
  ...["accounts", "title", "url", "summary", "content_type", "source_type", "language", "due"],
  ...["territory", "priority", "blocker", "reason", "season", "__proto__", "anything"],
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.constantFrom<unknown>(undefined, "", " ", "\u0000", "\ud800", 2 ** 53, -0, 1e300, "1e999", []),
);
const changes = (names: string[]) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2, noNullPrototype: true });

const event = fc.record({
  id: fc.nat({ max: 300 }).map(String),
  type: fc.constantFrom(...eventTypeIds),
  outside: fc.oneof(fc.constant({}), changes(members)),
  inside: fc.oneof(fc.constant({}), changes(fields)),
}).map(({ id, type, outside, inside }): unknown =>
  cloudEvent({ id, type, ...outside }, { due: undefined, ...inside })
);
const anything = fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: value });

const headerValue = fc.oneof(
  fc.constantFrom("1.0", "SR-1", "100%", "%00", "%ED%A0%80", '"', '"\\', "application/json", ""),
  fc.stringMatching(/^[!-~\u00a1-\u00ff]{0,300}$/),
);
const headers = (maxKeys: number) =>
  fc.dictionary(
    fc.oneof(
      fc.constantFrom(...members.slice(0, 7).map((name) => `ce-${name}`), "content-encoding"),
      fc.stringMatching(/^ce-[a-z]{0,20}$/),
    ),
    headerValue,
    { maxKeys, noNullPrototype: true },
  );

/** Where the bytes of a body are damaged, as a part of its length, and by what. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 5 }),
  bytes: fc.uint8Array({ maxLength: 5 }),
});

const { data, ...attributes } = cloudEvent();
const asHeaders = Object.fromEntries(
  Object.entries(attributes).map(([name, value]) => [`ce-${name}`, `${value}`]),
);
const binary = fc.record({ type: fc.constant("application/json"), headers: headers(2) })
  .map(({ type, headers }) => ({ type, json: data, headers: { ...asHeaders, ...headers } }));
const request = fc.record({
  posted: fc.oneof(
    fc.record({ type: fc.constant(single), json: anything, headers: headers(1) }),
    fc.record({ type: fc.constant(batched), json: fc.array(anything), headers: headers(1) }),
    binary,
    fc.record({ type: headerValue, json: anything, headers: headers(8) }),
  ),
  damage: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: damage }),
});

type Damaged = typeof request extends fc.Arbitrary<infer Of> ? Of : never;

function posting({ posted: { type, json, headers }, damage }: Damaged): Posting {
  const body = new TextEncoder().encode(JSON.stringify(json) ?? "");
  if (!damage) return { type, headers, body };
  const at = Math.floor(damage.at * body.length);
  const parts = [body.slice(0, at), damage.bytes, body.slice(at + damage.length)];
  return { type, headers, body: Uint8Array.from(parts.flatMap((part) => [...part])) };
}

Deno.test("no damaged request finds more than an answer that is described, or leaves more than it says", async () => {
  const { post, log, db, close } = await startUpstream();
  await db.$client.execute("PRAGMA synchronous = OFF");
  const answers = new Map<number, number>();
  let stored = 0;
  const property = fc.asyncProperty(request, async (damaged) => {
    const { status, body } = await post(posting(damaged));
    answers.set(status, (answers.get(status) ?? 0) + 1);
    const before = stored;
    stored = (await log()).length;
    equal(stored - before, status === 202 ? body.accepted : 0);
  });
  try {
    await fc.assert(property, { numRuns: 500 });
    const seen = [...answers.keys()].sort();
    deepEqual(seen.filter((status) => ![202, 400, 409, 413, 415, 422].includes(status)), []);
    // The damage is of every kind: what is good, unreadable, foreign and wrong all came up.
    for (const status of [202, 400, 415, 422]) ok(seen.includes(status), `${status}`);
  } finally {
    await close();
  }
});
