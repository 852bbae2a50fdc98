import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { Email } from "../domain/email.ts";
import { cloudEvent, type Posting, startUpstream } from "../e2e/upstream.ts";
import { sweep } from "../jobs/sweep.ts";

/** What is strange in when or by whom it was said, or how much: each is a request of its own. */
const strange: [subject: string, posting: (subject: string) => Posting][] = [
  ["SR-1", (subject) => attributes({ subject, time: "0000-01-01T00:00:00+14:00" })],
  ["SR-2", (subject) => attributes({ subject, time: "2025-11-20T09:30:00Z" })],
  ["SR-3", (subject) => attributes({ subject, time: "2027-11-20T09:30:00Z" })],
  ["SR-4", (subject) => attributes({ subject, time: "9999-12-31T23:59:59-14:00" })],
  ["SR-5", (subject) => attributes({ subject, id: "same", source: "/one" })],
  ["SR-6", (subject) => attributes({ subject, id: "same", source: "/two" })],
  ["SR-7", (subject) => ({ json: cloudEvent({ subject, id: "7" }, { x: "x".repeat(1_000_000) }) })],
  [
    "SR-8",
    (subject) => ({ json: cloudEvent({ subject, id: "8" }, { summary: "a\u0000b\u001b[31m" }) }),
  ],
  ["SR-9", (subject) => ({ json: cloudEvent({ subject, id: "9" }, { due: "0000-01-01" }) })],
];

function attributes(changed: Record<string, unknown>): Posting {
  return { json: cloudEvent({ id: String(changed.subject), ...changed }) };
}

Deno.test("whatever strange is accepted is told once, in the order in which it came, and every page shows it", async () => {
  const { db, post, browse, clock, log, close } = await startUpstream();
  const sent: Email[] = [];
  try {
    for (const [subject, posting] of strange) {
      const { status, body } = await post(posting(subject));
      deepEqual([status, body.accepted], [202, 1], subject);
    }
    deepEqual((await log()).map(({ subject }) => subject), strange.map(([subject]) => subject));
    clock.now += 60_000;
    const { problems } = await sweep({
      ...{ db, now: () => clock.now, retentionDays: 400 },
      ...{ baseUrl: "https://callboard.example", mailDomain: "callboard.example" },
      ...{ secretKey: "s".repeat(32), report: () => {} },
      sendEmail: (email) => Promise.resolve(`${sent.push(email)}`),
    });
    equal(problems, 0);
    const told = (await db.query.emails.findMany()).filter(({ userId }) => userId === "ana")
      .flatMap(({ content }) => content.items.map(({ seq }) => seq));
    deepEqual(told.sort(), (await log()).map(({ seq }) => seq));
    const text = sent.map(({ text }) => text).join("\n");
    for (const [subject] of strange) match(text, new RegExp(`\\b${subject}\\b`));
    doesNotMatch(text, /[^\P{Cc}\n]/u);
    const ana = await browse("ana");
    for (
      const path of [
        "/",
        "/notifications",
        "/noise",
        "/history",
        "/notifications/new?type=source-request.redelivery-requested",
      ]
    ) {
      equal((await ana.get(path)).status, 200, path);
    }
    for (const { seq } of await log()) {
      equal((await ana.get(`/events/${seq}`)).status, 200, `${seq}`);
    }
  } finally {
    await close();
  }
});
