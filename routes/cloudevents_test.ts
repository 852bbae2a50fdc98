import { deepEqual, equal } from "node:assert/strict";
import { CloudEvent, HTTP } from "cloudevents";
import { batched, cloudEvent, startUpstream } from "../e2e/upstream.ts";

// The three ways in which HTTP carries CloudEvents, as the official SDK writes them.

const accepted = { accepted: 1, duplicates: 0, rejected: [] };

Deno.test("structured, binary and batched mode carry the same event", async () => {
  const { post, log, close } = await startUpstream();
  try {
    const one = (id: string) => new CloudEvent(cloudEvent({ id }));
    const structured = HTTP.structured(one("1"));
    const binary = HTTP.binary(one("2"));
    for (const { body, headers } of [structured, binary]) {
      const type = String(headers["content-type"]);
      const answer = await post({
        body: String(body),
        type,
        headers: headers as Record<string, string>,
      });
      deepEqual([answer.status, answer.body], [202, accepted]);
    }
    const { status, body } = await post({ json: [one("3"), one("4")], type: batched });
    deepEqual([status, body], [202, { ...accepted, accepted: 2 }]);

    const [first, ...others] = await log();
    equal(others.length, 3);
    const { accounts: _, ...data } = cloudEvent().data as Record<string, unknown>;
    deepEqual(first, {
      ...{ seq: 1, type: "source-request.redelivery-requested", subject: "SR-48213", data },
      time: Date.parse("2026-11-20T09:30:00Z"),
    });
    for (const { seq: _, ...other } of others) {
      const { seq: __, ...same } = first!;
      deepEqual(other, same);
    }
  } finally {
    await close();
  }
});

Deno.test("the mode is no content: the same event in another mode is a duplicate", async () => {
  const { post, close } = await startUpstream();
  try {
    const event = new CloudEvent(cloudEvent());
    await post({ json: event });
    const { body, headers } = HTTP.binary(event);
    const again = await post({
      body: String(body),
      type: "application/json; charset=utf-8",
      headers: { ...headers as Record<string, string>, "content-type": "application/json" },
    });
    deepEqual(again.body, { accepted: 0, duplicates: 1, rejected: [] });
  } finally {
    await close();
  }
});

/** A header as it may come, and the subject that it stands for (HTTP Protocol Binding 1.0.2, section 3.1.3.2). */
const subjects: [header: string, subject: string][] = [
  ["SR-1", "SR-1"],
  ["Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"],
  ["100%25", "100%"],
  ["100%", "100%"],
  ["%ED%A0%80", "%ED%A0%80"],
  ['"SR 1"', "SR 1"],
  ['"a \\"quoted\\" one"', 'a "quoted" one'],
];

Deno.test("attributes in headers are unquoted and decoded once", async () => {
  const { post, log, close } = await startUpstream();
  try {
    for (const [index, [header]] of subjects.entries()) {
      const { data, ...attributes } = cloudEvent({ id: `${index}`, subject: header });
      const headers = Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]),
      );
      const { body } = await post({ json: data, type: "application/json", headers });
      deepEqual(body, accepted, header);
    }
    deepEqual((await log()).map(({ subject }) => subject), subjects.map(([, subject]) => subject));
  } finally {
    await close();
  }
});

const unread: [name: string, type: string, headers: Record<string, string>][] = [
  ["plain text", "text/plain", {}],
  ["JSON without attributes", "application/json", {}],
  ["a form", "application/x-www-form-urlencoded", {}],
  ["CloudEvents in XML", "application/cloudevents+xml", {}],
  ["a lookalike", "application/cloudevents+json-ish", {}],
  ["other data in binary mode", "text/plain", { "ce-specversion": "1.0" }],
];

Deno.test("any other media type is refused, whatever it brings", async () => {
  const { post, log, app, key, described, close } = await startUpstream();
  try {
    for (const [name, type, headers] of unread) {
      const { status } = await post({ json: cloudEvent(), type, headers });
      equal(status, 415, name);
    }
    const authorization = `Bearer ${key}`;
    const bare = await app.request("/api/events", { method: "POST", headers: { authorization } });
    equal((await described(bare)).status, 415);
    deepEqual(await log(), []);
  } finally {
    await close();
  }
});
