import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { outboxSender } from "../jobs/outbox.ts";
import { sweep } from "../jobs/sweep.ts";
import { appendEvents } from "../db/events.ts";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { findEmail } from "../db/past_email.ts";
import { event } from "../e2e/stage.ts";
import { type Person, startApp } from "../e2e/app.ts";

type App = Awaited<ReturnType<typeof startApp>>;

const secretKey = "s".repeat(32);
const type = "source-request.redelivery-requested";
const hour = 3_600_000;

function happening(subject: string) {
  const title = { id: "81234567", name: "Harbour <Lights>" };
  const data = { accounts: ["meridian-post"], content_type: "branded", title, due: "2026-11-24" };
  return event({ id: subject, subject, type, data });
}

/** Lets everything happen that is due; what is mailed lands in the outbox. */
async function sweepNow({ db, clock }: App): Promise<void> {
  const now = () => clock.now;
  const report = (_: string, error: unknown) => {
    throw error;
  };
  const sendEmail = outboxSender(db, { from: "Callboard", mailDomain: "localhost", now });
  const settings = { baseUrl: "http://localhost:8000", mailDomain: "localhost", secretKey };
  await sweep({ db, sendEmail, now, report, retentionDays: 400, ...settings });
}

async function onlyEmailOf({ db }: App, person: Person) {
  const [email, ...others] = await db.query.emails.findMany({
    where: (emails, { eq }) => eq(emails.userId, person),
  });
  equal(others.length, 0);
  return email!;
}

const letters = [
  { came: "immediately", frequency: "immediately", paused: false },
  { came: "daily", frequency: "daily", paused: false },
  { came: "after a pause", frequency: "daily", paused: true },
] as const;

for (const { came, frequency, paused } of letters) {
  Deno.test(`an email that came ${came} opens byte for byte as it was sent`, async () => {
    const app = await startApp();
    await app.create("ana", { frequency });
    if (paused) await pauseUser(app.db, "ana", app.clock.now + hour, app.clock.now);
    await appendEvents(app.db, ["SR-1", "SR-2", "SR-3"].map(happening), app.clock.now);
    app.clock.now += 24 * hour;
    await sweepNow(app);
    // What she changes afterwards changes nothing about what she got.
    await setMailTimes(app.db, "ana", {
      ...{ zone: "Asia/Tokyo", digestHour: 9, digestWeekday: 1, quietFrom: null, quietUntil: null },
    }, app.clock.now);
    const { id } = await onlyEmailOf(app, "ana");
    const sent = await app.db.query.outbox.findFirst({ where: (o, { eq }) => eq(o.id, id) });

    const ana = await app.browse("ana");
    const letter = await ana.get(`/emails/${id}/letter`);
    equal(letter.text.replace('<base target="_blank">', ""), sent!.html);
    ok(letter.text.includes("Harbour &lt;Lights&gt;"));
    equal(letter.text.includes("While your mail was paused: "), paused);
    match(letter.headers.get("content-security-policy") ?? "", /default-src 'none'.*sandbox/);
    const page = await ana.get(`/emails/${id}`);
    ok(page.text.includes(sent!.subject.replace("<", "&lt;").replace(">", "&gt;")));
    match(page.text, new RegExp(`<iframe [^>]*src="/emails/${id}/letter"`));
    await app.close();
  });
}

Deno.test("an email opens for its reader alone", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "immediately" });
  await appendEvents(app.db, [happening("SR-1")], app.clock.now);
  await sweepNow(app);
  const { id } = await onlyEmailOf(app, "ana");
  equal((await (await app.browse("cleo")).get(`/emails/${id}/letter`)).status, 404);
  equal((await (await app.browse()).get(`/emails/${id}/letter`)).status, 303);
  await app.close();
});

Deno.test("what retention took away from an email is said, and the rest still opens", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "immediately" });
  await appendEvents(app.db, ["SR-1", "SR-2", "SR-3"].map(happening), app.clock.now);
  await sweepNow(app);
  const { id, content } = await onlyEmailOf(app, "ana");
  const ana = await app.browse("ana");
  const removeFirst = async (count: number) => {
    for (const { seq } of content.items.slice(0, count)) {
      await app.db.$client.batch([
        { sql: "DELETE FROM event_accounts WHERE seq = ?", args: [seq] },
        { sql: "DELETE FROM events WHERE seq = ?", args: [seq] },
      ]);
    }
  };

  await removeFirst(2);
  const page = await ana.get(`/emails/${id}`);
  match(page.text, /3 events\. .*2 of them are too old to be shown/s);
  match(page.text, /SR-3/);
  equal((await ana.get(`/emails/${id}/letter`)).status, 200);

  await removeFirst(3);
  const empty = await ana.get(`/emails/${id}`);
  equal(empty.status, 200);
  doesNotMatch(empty.text, /<iframe/);
  equal((await ana.get(`/emails/${id}/letter`)).status, 404);
  equal((await findEmail(app.db, "ana", id)).items.length, 0);
  await app.close();
});
