import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { emails, users } from "../db/schema.ts";
import { startApp } from "../e2e/app.ts";

const key = "the webhook signing key of these tests";

/** An app that got one email for Ana, and Mailgun as it posts to it. */
async function startTold() {
  const app = await startApp({ webhookSigningKey: key });
  const { db, clock } = app;
  const id = crypto.randomUUID();
  await db.insert(emails).values({
    ...{ id, userId: "ana", frequency: "daily", window: clock.now, lastSeq: 0 },
    ...{ content: { items: [], reasons: [] }, composedAt: clock.now, sendAt: clock.now },
    ...{ state: "sent", sentAt: clock.now, attempts: 1 },
  });
  const known = async () => {
    const [email] = await db.select().from(emails).where(eq(emails.id, id));
    const [ana] = await db.select().from(users).where(eq(users.id, "ana"));
    return { ...email!, failed: ana!.addressFailedAt !== null, complained: ana!.complainedAt };
  };
  return { ...app, id, known, tell: teller(app, id) };
}

type App = Awaited<ReturnType<typeof startApp>>;

/** What Mailgun posts: its documentation's fields, as far as they are ours, changed as a test wants. */
function teller({ app, clock }: App, id: string) {
  return async (told: Record<string, unknown>, signature: Record<string, unknown> = {}) => {
    const timestamp = String(Math.floor(clock.now / 1000));
    const token = crypto.randomUUID();
    const body = {
      signature: { timestamp, token, signature: signed(timestamp, token), ...signature },
      "event-data": {
        timestamp: clock.now / 1000,
        message: { headers: { "message-id": `${id}@localhost` } },
        "user-variables": { "email-id": id },
        recipient: "ana@meridian-post.example",
        ...told,
      },
    };
    const response = await app.request("/webhooks/mailgun", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
}

function signed(timestamp: string, token: string, by = key): string {
  return createHmac("sha256", by).update(timestamp + token).digest("hex");
}

Deno.test("what became of an email outweighs what was told before, in whatever order it comes", async () => {
  const { tell, known, close } = await startTold();
  const delayed = { event: "failed", severity: "temporary", reason: "generic" };
  equal((await tell({ event: "delivered" })).status, 200);
  equal((await tell(delayed)).status, 200);
  equal((await known()).delivery, "delivered");
  equal((await tell({ event: "opened" })).status, 200);
  equal((await tell({ event: "failed", severity: "permanent", reason: "generic" })).status, 200);
  const { delivery, failed } = await known();
  deepEqual([delivery, failed], ["refused", false]);
  await close();
});

Deno.test("an address that bounced gets no more mail, and its owner and admins are told", async () => {
  const { tell, known, browse, close } = await startTold();
  await tell({ event: "failed", severity: "permanent", reason: "bounce" });
  const { delivery, failed, complained } = await known();
  deepEqual([delivery, failed, complained], ["refused", true, null]);
  match((await (await browse("ana")).get("/notifications")).text, /Your address takes no mail/);
  match((await (await browse("ben")).get("/people")).text, /Address takes no mail/);
  await close();
});

Deno.test("a complaint stops all mail, and the admins see why", async () => {
  const { tell, known, browse, clock, close } = await startTold();
  await tell({ event: "complained" });
  const { delivery, failed, complained } = await known();
  deepEqual([delivery, failed, complained], ["complained", true, clock.now]);
  match((await (await browse("ana")).get("/notifications")).text, /marked as spam/);
  match((await (await browse("ana")).get("/history")).text, /Marked as spam/);
  match((await (await browse("ben")).get("/people")).text, /Marked our mail as spam/);
  await close();
});

Deno.test("an admin resumes mail to an address that was mended, and nobody else's", async () => {
  const { tell, known, browse, close } = await startTold();
  await tell({ event: "complained" });
  const ben = await browse("ben");
  match((await ben.get("/people")).text, /Resume mail to Ana Ruiz/);
  const path = "/people/ana/address-failure?_method=DELETE";
  deepEqual([(await (await browse("cleo")).post(path)).status, (await known()).failed], [
    403,
    true,
  ]);
  for (const _ of ["once", "twice"]) equal((await ben.post(path)).status, 303);
  const { failed, complained } = await known();
  deepEqual([failed, complained], [false, null]);
  const page = (await ben.get("/people?resumed=ana")).text;
  match(page, /Resumed: Ana Ruiz gets mail again/);
  doesNotMatch(page, /Resume mail to/);
  await close();
});

Deno.test("unsubscribing by a mail program mutes everything but deadline types", async () => {
  const { tell, create, browse, close } = await startTold();
  const [deadline, other] = [
    await create("ana", { type: "source-request.redelivery-requested" }),
    await create("ana", { type: "source-request.delivered", conditions: [], frequency: "weekly" }),
  ];
  equal((await tell({ event: "unsubscribed" })).status, 200);
  const ana = await browse("ana");
  const isMuted = async (id: number) =>
    (await ana.get(`/notifications/${id}`)).text
      .includes(`/notifications/${id}/mute?_method=DELETE`);
  deepEqual([await isMuted(deadline), await isMuted(other)], [false, true]);
  await close();
});

Deno.test("what is told before we noted that the email was sent waits for it", async () => {
  const { tell, known, db, id, close } = await startTold();
  await db.update(emails).set({ state: "queued", sentAt: null }).where(eq(emails.id, id));
  await tell({ event: "delivered" });
  await db.update(emails).set({ state: "sent" }).where(eq(emails.id, id));
  equal((await known()).delivery, "delivered");
  await close();
});

Deno.test("the same told twice is heard once, even after the address was mended", async () => {
  const { tell, known, db, clock, close } = await startTold();
  const timestamp = String(Math.floor(clock.now / 1000));
  const once = { timestamp, token: "once", signature: signed(timestamp, "once") };
  const bounced = { event: "failed", severity: "permanent", reason: "bounce" };
  equal((await tell(bounced, once)).status, 200);
  await db.update(users).set({ addressFailedAt: null }).where(eq(users.id, "ana"));
  const again = await tell(bounced, once);
  equal(again.status, 406);
  match(again.text, /told before/);
  equal((await known()).failed, false);
  await close();
});

Deno.test("what is forged, old, unknown, of another domain or unreadable is refused for good, and changes nothing", async () => {
  const { tell, known, app, clock, close } = await startTold();
  const complained = { event: "complained" };
  const at = (instant: number) => {
    const timestamp = String(Math.floor(instant / 1000));
    return { timestamp, token: "old", signature: signed(timestamp, "old") };
  };
  const of = (messageId: string) => ({
    ...complained,
    message: { headers: { "message-id": messageId } },
  });
  const seconds = String(Math.floor(clock.now / 1000));
  const answers = [
    await tell(complained, { signature: "00" }),
    await tell(complained, { token: "f", signature: signed(seconds, "f", "another key") }),
    await tell(complained, at(clock.now - 10 * 3_600_000)),
    await tell(complained, at(clock.now + 3_600_000)),
    await tell(of("unknown@localhost")),
    await tell(of("unknown@elsewhere.example")),
    await tell({ event: 5 }),
  ];
  deepEqual(answers.map(({ status }) => status), answers.map(() => 406));
  const nonsense = await app.request("/webhooks/mailgun", { method: "POST", body: "{" });
  equal(nonsense.status, 406);
  deepEqual([(await known()).delivery, (await known()).failed], [null, false]);
  await close();
});

Deno.test("without a signing key the webhook says what is missing, and Mailgun tries again later", async () => {
  const { app, close } = await startApp();
  const answer = await app.request("/webhooks/mailgun", { method: "POST", body: "{}" });
  equal(answer.status, 503);
  match(await answer.text(), /MAILGUN_WEBHOOK_SIGNING_KEY/);
  await close();
});
