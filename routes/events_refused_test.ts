import { deepEqual, equal, match, ok } from "node:assert/strict";
import { batched, cloudEvent, type Posting, single, startUpstream } from "../e2e/upstream.ts";

// Every line of input that is wrong, or only strange. Whatever is refused leaves nothing behind.

const attributes = (changed: Record<string, unknown>): Posting => ({ json: cloudEvent(changed) });
const data = (changed: Record<string, unknown>): Posting => ({ json: cloudEvent({}, changed) });
const failed = (changed: Record<string, unknown>): Posting => ({
  json: cloudEvent({ type: "source-request.inspection-failed" }, { due: undefined, ...changed }),
});
const text = (body: string, type = single): Posting => ({ body, type });
const latin1 = (body: string) => Uint8Array.from(body, (character) => character.charCodeAt(0));
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const unreadable: [name: string, posting: Posting, detail: RegExp][] = [
  ["nothing", text(""), /not JSON/],
  ["half a value", text('{"specversion":"1.0"'), /not JSON/],
  ["two values", text("{}{}"), /not JSON/],
  ["a lone null byte", text("\u0000"), /not JSON/],
  ["an endless array", text("[".repeat(500_000)), /not JSON/],
  ["a batch of one object", text("{}", batched), /must be a JSON array/],
  ["a batch of null", text("null", batched), /must be a JSON array/],
  ["bytes that are no UTF-8", {
    body: latin1(JSON.stringify(cloudEvent({ subject: "é" }))),
    type: single,
  }, /UTF-8/],
  ["a batch cut off", text('[{"id":"1"},', batched), /not JSON/],
];

const unacceptable: [name: string, posting: Posting, detail: RegExp][] = [
  ...["null", "5", "true", '"event"', "[]"].map((body): [string, Posting, RegExp] => [
    ...[body, text(body), /rejected: event /] as const,
  ]),
  ...["specversion", "id", "source", "type", "data"].map((name): [string, Posting, RegExp] => [
    ...[`no ${name}`, attributes({ [name]: undefined }), new RegExp(`: ${name} `)] as const,
  ]),
  ["another version", attributes({ specversion: "0.3" }), /: specversion must be "1.0"/],
  ["an empty id", attributes({ id: "" }), /: id must not be empty/],
  ["an id that is a number", attributes({ id: 7 }), /: id must be a text/],
  ["a null byte in the id", attributes({ id: "a\u0000b" }), /: id must not hold control/],
  ["a lone surrogate in the id", attributes({ id: "\ud800" }), /: id must not hold control/],
  ["a line break in the subject", attributes({ subject: "a\r\nBcc: b" }), /: subject /],
  ["a long id", attributes({ id: "x".repeat(201) }), /: id /],
  ["a long source", attributes({ source: "x".repeat(501) }), /: source /],
  ["a very long type", attributes({ type: "x".repeat(900_000) }), /not in the catalogue/],
  ["an unknown type", attributes({ type: "source-request.imagined" }), /not in the catalogue/],
  ["a type of every object", attributes({ type: "constructor" }), /not in the catalogue/],
  ["a prototype as the type", attributes({ type: "__proto__" }), /not in the catalogue/],
  ["a time in words", attributes({ time: "yesterday" }), /: time must be an RFC 3339 instant/],
  ["a time that is a number", attributes({ time: 0 }), /: time /],
  ["a day that never was", attributes({ time: "2026-02-30T00:00:00Z" }), /: time /],
  ["a year of six digits", attributes({ time: "+275760-09-13T00:00:00Z" }), /: time /],
  ["data of another type", attributes({ datacontenttype: "text/xml" }), /: datacontenttype /],
  ["data that is text", attributes({ data: "{}" }), /: data must be a JSON object/],
  ["data that is a list", attributes({ data: [] }), /: data must be a JSON object/],
  ["binary data", attributes({ data: undefined, data_base64: "e30=" }), /: data /],
  ["no accounts", data({ accounts: undefined }), /: data\.accounts /],
  ["an empty audience", data({ accounts: [] }), /must name at least one account/],
  ["accounts that are no names", data({ accounts: [7] }), /: data\.accounts\.0 /],
  ["accounts in one word", data({ accounts: "meridian-post" }), /: data\.accounts /],
  [
    "too many accounts",
    data({ accounts: Array(101).fill("a") }),
    /accounts must have at most 100 values/,
  ],
  ["an unknown account", data({ accounts: ["nobody-we-know"] }), /names no account/],
  [
    "a value outside the catalogue",
    data({ content_type: "home-made" }),
    /: data\.content_type must be one of branded,/,
  ],
  ["a value of every object", data({ content_type: "constructor" }), /: data\.content_type /],
  ["a group as a value", data({ source_type: "timed-text" }), /: data\.source_type /],
  ["no language", data({ language: "not a tag" }), /: data\.language must be a BCP 47 tag/],
  ["no territory", data({ territory: "QZ9" }), /: data\.territory must be an ISO 3166 code/],
  ["a very long language", data({ language: "a".repeat(100_000) }), /: data\.language /],
  ["a title without a name", data({ title: { id: "1" } }), /: data\.title\.name is missing/],
  ["an address that runs", data({ url: "javascript:alert(1)" }), /must be an http or https/],
  ["an address of a file", data({ url: "file:///etc/passwd" }), /must be an http or https/],
  [
    "a very long summary",
    data({ summary: "x".repeat(5001) }),
    /: data\.summary must have at most 5,000 characters/,
  ],
  ["a due date in words", data({ due: "tomorrow" }), /: data\.due must be a date/],
  ["a flag in words", data({ blocker: "yes" }), /: data\.blocker must be true or false/],
  ["a count in words", failed({ error_count: "3" }), /: data\.error_count /],
  [
    "a count without end",
    text(JSON.stringify(failed({}).json).replace('"ko"', '"ko","error_count":1e999')),
    /: data\.error_count /,
  ],
  ["an event far too deep", text(nested(100_000)), /nested more than 32 levels/],
  ["a batch far too deep", text(nested(100_000), batched), /Every event was rejected/],
];

Deno.test("whatever cannot be read or accepted is named, and leaves nothing behind", async () => {
  const { post, log, close } = await startUpstream();
  const expect = async (status: number, [name, posting, detail]: typeof unreadable[0]) => {
    const answer = await post(posting);
    deepEqual([answer.status, answer.body.status], [status, status], name);
    match(String(answer.body.detail), detail, name);
    ok(JSON.stringify(answer.body).length < 1_500, name);
  };
  try {
    for (const line of unreadable) await expect(400, line);
    for (const line of unacceptable) await expect(422, line);
    deepEqual(await log(), []);
  } finally {
    await close();
  }
});

const written = (changed: string, from = '"language":"ko"') =>
  text(JSON.stringify(cloudEvent()).replace(from, changed));

/** What is strange, but says what it says; and what of it the log keeps. */
const strange: [name: string, posting: Posting, kept: Record<string, unknown>][] = [
  ["more than an integer holds", failed({ error_count: 2 ** 53 + 1 }), { error_count: 2 ** 53 }],
  ["a null byte in the summary", data({ summary: "a\u0000b" }), { summary: "a\u0000b" }],
  ["half a character", written('"extra":"\\ud800"'), { extra: "\ud800" }],
  ["a member twice", written('"language":"ko","language":"pt-BR"'), { language: "pt-BR" }],
  ["members that we do not know", data({ "a.b'c\"": [{ deep: null }] }), {
    "a.b'c\"": [{ deep: null }],
  }],
  ["as deep as may be", data({ extra: JSON.parse(nested(30)) }), { extra: JSON.parse(nested(30)) }],
  ["a prototype in data", written('"__proto__":{"polluted":true}'), { polluted: undefined }],
  ["a prototype outside", written('"__proto__":{"polluted":true},"data":', '"data":'), {
    polluted: undefined,
  }],
  ["the first instant", attributes({ time: "0000-01-01T00:00:00+14:00" }), { language: "ko" }],
  ["the last instant", attributes({ time: "9999-12-31T23:59:59.999999Z" }), { language: "ko" }],
  ["an old name of a language", data({ language: "iw" }), { language: "he" }],
  ["names in other letters", data({ language: "PT-br", territory: "kr" }), {
    language: "pt-BR",
    territory: "KR",
  }],
];

Deno.test("what is only strange is kept as it was meant", async () => {
  const { post, log, close } = await startUpstream();
  try {
    for (const [index, [name, { json, body, type }, kept]] of strange.entries()) {
      const source = `/strange/${index}`;
      const event = json ? JSON.stringify(json) : String(body);
      const answer = await post({ type, body: event.replace("/backlot/source-requests", source) });
      deepEqual(answer.body, { accepted: 1, duplicates: 0, rejected: [] }, name);
      const { data } = (await log()).at(-1)!;
      for (const [member, value] of Object.entries(kept)) deepEqual(data[member], value, name);
    }
    equal((await log()).length, strange.length);
    equal(({} as Record<string, unknown>).polluted, undefined);
  } finally {
    await close();
  }
});

Deno.test("10 MB are refused however they arrive, and the next request is served", async () => {
  const { listen, key, described, log, close } = await startUpstream();
  const send = async (body: BodyInit | ReadableStream<Uint8Array>) => {
    const headers = { "authorization": `Bearer ${key}`, "content-type": single };
    const url = `${listen()}/api/events`;
    return (await described(await fetch(url, { method: "POST", headers, body }))).status;
  };
  const block = new TextEncoder().encode(`"${"x".repeat(99_998)}"`);
  const stream = (blocks: number) =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => blocks-- > 0 ? controller.enqueue(block) : controller.close(),
    });
  try {
    equal(await send("x".repeat(10_000_000)), 413);
    equal(await send(stream(100)), 413);
    equal(await send(stream(10)), 400);
    equal(await send(JSON.stringify(cloudEvent())), 202);
    equal((await log()).length, 1);
  } finally {
    await close();
  }
});
