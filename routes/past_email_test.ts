import { doesNotMatch, equal, match } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";
import { composeAll } from "../jobs/compose.ts";

const type = "source-request.redelivery-requested";

Deno.test("an email can be read again in full, by its reader alone", async () => {
  const { db, browse, create, clock, close } = await startApp();
  const id = await create("ana", { frequency: "immediately" });
  const posted = Array.from(
    { length: 300 },
    (_, index) =>
      event({
        id: `${index}`,
        subject: `SR-${index + 1}`,
        type,
        data: { accounts: ["meridian-post"], content_type: "branded" },
      }),
  );
  await appendEvents(db, posted, clock.now);
  await composeAll(db, {
    now: clock.now,
    report: (_, error) => {
      throw error;
    },
  });
  const [email] = await db.query.emails.findMany({ where: (e, { eq }) => eq(e.userId, "ana") });

  const page = await (await browse("ana")).get(`/emails/${email!.id}`);
  equal(page.status, 200);
  match(page.text, /300 events/);
  for (const { subject } of posted) match(page.text, new RegExp(`\\(${subject}\\)`));
  match(page.text, new RegExp(`href="/notifications/${id}"`));
  doesNotMatch(page.text, /\[object Promise\]/);

  equal((await (await browse("cleo")).get(`/emails/${email!.id}`)).status, 404);
  equal((await (await browse("ana")).get("/emails/nothing")).status, 404);
  equal((await (await browse()).get(`/emails/${email!.id}`)).status, 303);
  await close();
});

Deno.test("what came earlier of a request is folded away behind its newest state, each event with why", async () => {
  const { db, browse, create, clock, close } = await startApp();
  const id = await create("ana", { frequency: "immediately" });
  const posted = ["1", "2", "3"].map((id) =>
    event({
      id,
      subject: "SR-1",
      type,
      data: { accounts: ["meridian-post"], content_type: "branded", summary: `No. ${id}` },
    })
  );
  await appendEvents(db, posted, clock.now);
  await composeAll(db, {
    now: clock.now,
    report: (_, error) => {
      throw error;
    },
  });
  const [email] = await db.query.emails.findMany({ where: (e, { eq }) => eq(e.userId, "ana") });
  const { text } = await (await browse("ana")).get(`/emails/${email!.id}`);
  const [newest, earlier] = text.split("<summary>2 earlier</summary>");
  match(newest!, /No\. 3/);
  match(earlier!, /id="event-2".*No\. 2.*id="event-1".*No\. 1/s);
  equal(text.split(`href="/notifications/${id}"`).length - 1, 3);
  await close();
});

Deno.test("an email of thousands of events opens in parts, and a link into it at the right one", async () => {
  const { db, browse, create, clock, close } = await startApp();
  await create("ana", { frequency: "immediately" });
  const posted = Array.from({ length: 1_200 }, (_, index) =>
    event({
      id: `${index}`,
      subject: `SR-${index}`,
      type,
      data: { accounts: ["meridian-post"], content_type: "branded" },
    }));
  for (let from = 0; from < posted.length; from += 600) {
    await appendEvents(db, posted.slice(from, from + 600), clock.now);
  }
  await composeAll(db, {
    now: clock.now,
    report: (_, error) => {
      throw error;
    },
  });
  const [email] = await db.query.emails.findMany({
    where: (e, { eq }) => eq(e.userId, "ana"),
    orderBy: (e, { desc }) => desc(e.lastSeq),
  });
  const count = email!.content.items.length;
  const ana = await browse("ana");
  const eventsIn = ({ text }: { text: string }) =>
    [...text.matchAll(/id="event-(\d+)"/g)].map(([, seq]) => Number(seq));
  const first = await ana.get(`/emails/${email!.id}`);
  match(first.text, new RegExp(`Events 1 to 500 of ${count}`));
  const second = await ana.get(`/emails/${email!.id}?part=2`);
  const oldest = email!.content.items[0]!.seq;
  const last = await ana.get(`/emails/${email!.id}?event=${oldest}`);
  match(last.text, new RegExp(`to ${count} of ${count}`));
  const seen = [...new Set([...eventsIn(first), ...eventsIn(second), ...eventsIn(last)])];
  equal(seen.length, count);
  await close();
});
