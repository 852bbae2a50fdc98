import assert from "node:assert/strict";
import fc from "fast-check";
import { frequencyOrder } from "../../domain/catalogue.ts";
import {
  acceptedEvent,
  baseUrl,
  commentEvent,
  emailOf,
  event,
  redeliveryEvent,
  told,
} from "./testing_cast.ts";

const items = [told(commentEvent), told(redeliveryEvent), told(acceptedEvent)];

Deno.test("every email carries the headers that mailboxes and their rules go by", () => {
  assert.deepEqual(emailOf(items).headers, {
    "List-Id": "<meridian-post.mg.callboard.example>",
    "List-Unsubscribe": `<${baseUrl}/mute/token-all>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "Feedback-ID": "daily:meridian-post:callboard",
    "X-Callboard-Frequency": "daily",
    "X-Callboard-Event-Types":
      "source-request.redelivery-requested, source-request.comment-added, source-request.accepted",
    "X-Callboard-Account": "meridian-post",
    "X-Callboard-Titles": "81234567, 81234568",
  });
});

Deno.test("immediate mail about one request is one conversation for one reader, a digest none", () => {
  const referencesOf = (...changes: Parameters<typeof emailOf>) =>
    emailOf(...changes).headers["References"];
  const frequency = "immediately";
  const first = referencesOf([told(redeliveryEvent)], { frequency });
  assert.match(first!, /^<[0-9a-f]{32}@mg\.callboard\.example>$/);
  assert.equal(referencesOf([told(commentEvent)], { frequency }), first);
  assert.notEqual(referencesOf([told(acceptedEvent)], { frequency }), first);
  const eve = { id: "eve", name: "Eve", zone: "UTC" };
  assert.notEqual(referencesOf([told(redeliveryEvent)], { frequency, reader: eve }), first);
  assert.equal(referencesOf([told(event(1, "material.received"))], { frequency }), undefined);
  assert.equal(referencesOf(items), undefined);
});

Deno.test("a header that would grow too long says how much it left out", () => {
  const many = Array.from(
    { length: 500 },
    (_, index) =>
      told(event(index, "source-request.accepted", {
        title: { id: String(81_000_000 + index), name: "Harbour Lights" },
      })),
  );
  const titles = emailOf(many).headers["X-Callboard-Titles"]!;
  assert.ok(titles.length < 998 && titles.startsWith("81000499, 81000498, "), titles);
  const listed = titles.split(", ");
  assert.equal(listed.at(-1), `+${500 - (listed.length - 1)}`);
});

Deno.test("all headers together stay far below what a provider takes", () => {
  const id = "x".repeat(1_000);
  const many = Array.from(
    { length: 100 },
    (_, index) =>
      told(event(index, `${id}-${index}`, { title: { id, name: id } }, `${id}${index}`)),
  );
  for (const frequency of frequencyOrder) {
    const { headers } = emailOf(many, { frequency, account: { id, name: id } });
    const length = Object.entries(headers).flat().join("").length;
    assert.ok(length < 6_000, `${length}`);
  }
});

Deno.test("accounts whose ids are no domain names have lists of their own", () => {
  const listOf = (id: string) =>
    emailOf(items, { account: { id, name: "Meridian" } }).headers["List-Id"];
  const lists = ["meridian-post", "Meridian Post", "meridian_post", "港", "燈"].map(listOf);
  assert.equal(new Set(lists).size, lists.length);
  for (const list of lists) assert.match(list!, /^<[a-z0-9-]+\.mg\.callboard\.example>$/);
});

Deno.test("no header ever holds a line break or anything but printable ASCII", () => {
  const anything = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
  const property = fc.property(
    fc.record({ account: anything, title: anything, subject: anything, type: anything }),
    fc.constantFrom(...frequencyOrder),
    ({ account, title, subject, type }, frequency) => {
      const hostile = event(1, type, { title: { id: title, name: title } }, subject);
      const { headers, subject: line } = emailOf([told(hostile)], {
        frequency,
        account: { id: account, name: account },
      });
      for (const value of Object.values(headers)) assert.match(value, /^[ -~]{1,997}$/);
      assert.ok(!/[\r\n]/.test(line));
    },
  );
  fc.assert(property);
});
