import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../db/client.ts";
import { eventTypeIds } from "../domain/catalogue.ts";
import { flawOf } from "../domain/flaws.ts";
import { batched, cloudEvent, type Posting, single, startUpstream } from "../e2e/upstream.ts";
import { renderingFlaw } from "../views/emails/trial.ts";

// Requests of every mode, then damaged: in what they say, in how they say it, and in their bytes.

const lines = "application/x-ndjson";

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
    fc.record({ type: fc.constant(lines), json: fc.array(anything), headers: headers(1) }),
    binary,
    fc.record({ type: headerValue, json: anything, headers: headers(8) }),
  ),
  damage: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: damage }),
});

type Damaged = typeof request extends fc.Arbitrary<infer Of> ? Of : never;

function posting({ posted: { type, json, headers }, damage }: Damaged): Posting {
  const parts = type === lines && Array.isArray(json) ? json : [json];
  const text = parts.map((part) => JSON.stringify(part) ?? "").join("\n");
  const body = new TextEncoder().encode(text);
  if (!damage) return { type, headers, body };
  const at = Math.floor(damage.at * body.length);
  const pieces = [body.slice(0, at), damage.bytes, body.slice(at + damage.length)];
  return { type, headers, body: Uint8Array.from(pieces.flatMap((piece) => [...piece])) };
}

/** What the log holds, and what of it is only half there. */
async function stored({ $client }: Database) {
  const { rows: [counts] } = await $client.execute(`
    SELECT (SELECT count(*) FROM events) AS events,
      (SELECT count(*) FROM events e
        WHERE NOT EXISTS (SELECT 1 FROM event_accounts WHERE seq = e.seq)) AS unheard,
      (SELECT count(*) FROM event_accounts a
        WHERE NOT EXISTS (SELECT 1 FROM events WHERE seq = a.seq)) AS unsaid`);
  return { ...counts };
}

Deno.test("no damaged request of 2,000 finds more than an answer that is described, or leaves half of it", async () => {
  const { post, log, db, close } = await startUpstream();
  await db.$client.execute("PRAGMA synchronous = OFF");
  const answers = new Map<number, number>();
  let accepted = 0;
  const property = fc.asyncProperty(request, async (damaged) => {
    const { status, body } = await post(posting(damaged));
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (status === 202) accepted += Number(body.accepted);
    deepEqual(await stored(db), { events: accepted, unheard: 0, unsaid: 0 });
  });
  try {
    await fc.assert(property, { numRuns: 2_000 });
    const seen = [...answers.keys()].sort();
    deepEqual(seen.filter((status) => ![202, 400, 409, 413, 415, 422].includes(status)), []);
    // The damage is of every kind: what is good, unreadable, foreign and wrong all came up.
    for (const status of [202, 400, 415, 422]) ok(seen.includes(status), `${status}`);
    // And whatever got in can be matched and put into words.
    const flaws = (await log()).map((event) => flawOf(event) ?? renderingFlaw(event));
    deepEqual(flaws.filter((flaw) => flaw !== null), []);
  } finally {
    await close();
  }
});
