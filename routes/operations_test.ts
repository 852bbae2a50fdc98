import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { eq } from "drizzle-orm";
import { createAccounts } from "../db/accounts.ts";
import { claimEmails } from "../db/claims.ts";
import { noteRun } from "../db/runs.ts";
import { emails } from "../db/schema.ts";
import { createSession } from "../db/sessions.ts";
import { createUsers } from "../db/users.ts";
import { startApp } from "../e2e/app.ts";
import { noting } from "../jobs/runs.ts";

const minute = 60_000;

/** An app with somebody of the studio signed in. */
async function startOperations() {
  const app = await startApp();
  const { db, clock } = app;
  await createAccounts(db, [{ id: "north", name: "Northlight", profile: "studio" }], clock.now);
  await createUsers(db, [{
    ...{ id: "grace", name: "Grace", accountId: "north", email: "grace@north.example" },
    ...{ roles: ["studio-operations"], zone: "UTC" },
  }], clock.now);
  const cookie = `session=${await createSession(db, "grace", clock.now)}`;
  const ask = async (method: string, path: string) => {
    const headers = { cookie, origin: "http://localhost:8000" };
    const response = await app.app.request(`http://localhost:8000${path}`, { method, headers });
    return { status: response.status, text: await response.text() };
  };
  return { ...app, ask, look: () => ask("GET", "/operations").then(({ text }) => text) };
}

type Operations = Awaited<ReturnType<typeof startOperations>>;

/** An email for Ana, a minute old. */
async function addEmail({ db, clock }: Operations, changed: Partial<typeof emails.$inferInsert>) {
  const id = crypto.randomUUID();
  const at = clock.now - minute;
  await db.insert(emails).values({
    ...{ id, userId: "ana", frequency: "daily", window: Math.random(), lastSeq: 0, attempts: 2 },
    ...{ content: { items: [], reasons: [] }, composedAt: at, sendAt: at, ...changed },
  });
  return id;
}

Deno.test("a service in which all is well says so", async () => {
  const operations = await startOperations();
  const { db, clock, look, close } = operations;
  await addEmail(operations, { state: "sent", sentAt: clock.now - minute });
  await noteRun(db, {
    ...{ job: "mail", startedAt: clock.now - minute, took: 12, did: { sent: 3, failed: 0 } },
    problem: null,
  });
  const page = await look();
  match(page, /No email waits to be sent/);
  match(page, /Nothing failed in the last seven days/);
  match(page, /in 12 ms: sent 3\./);
  match(page, /1 email sent/);
  doesNotMatch(page, /is late|notice-failed/);
  await close();
});

Deno.test("what waits, failed or stands still is counted by its reason, and named", async () => {
  const operations = await startOperations();
  const { db, clock, look, close } = operations;
  const sendAt = clock.now + minute;
  for (const problem of ["Mailgun answered 503", "Mailgun answered 503", "quiet hours"]) {
    await addEmail(operations, { problem, sendAt });
  }
  await addEmail(operations, {});
  await addEmail(operations, { state: "failed", problem: "Mailgun answered 400" });
  await addEmail(operations, { state: "sent", delivery: "refused" });
  await noteRun(db, {
    ...{ job: "mail", startedAt: clock.now - 3 * minute, took: 1, did: {} },
    problem: "Error: the disk is full",
  });
  const page = await look();
  match(page, /4 emails waiting, 1 of them could go now/);
  match(page, /Mailgun answered 503<\/th><td>On its way<\/td><td class="figure">2</);
  match(page, /Its mail server did not say<\/th><td>Refused/);
  match(page, /is late</);
  match(page, /the disk is full/);
  equal(page.match(/Try now</g)?.length, 3);
  equal(page.match(/Send again</g)?.length, 1);
  doesNotMatch(page, /@meridian-post/);
  await close();
});

Deno.test("one email is tried now, or sent again, and nothing that was sent is sent twice", async () => {
  const operations = await startOperations();
  const { db, clock, ask, close } = operations;
  const later = clock.now + 60 * minute;
  const waiting = await addEmail(operations, { problem: "Mailgun answered 503", sendAt: later });
  const failed = await addEmail(operations, { state: "failed", problem: "Mailgun answered 400" });
  const sent = await addEmail(operations, { state: "sent", delivery: "refused" });
  const again = (id: string, how: string) => ask("PUT", `/operations/emails/${id}/${how}`);
  const answers = [
    await again(waiting, "retry"),
    await again(failed, "resending"),
    await again(failed, "resending"),
    await again(sent, "resending"),
    await again(sent, "retry"),
  ];
  deepEqual(answers.map(({ status }) => status), [303, 303, 409, 409, 409]);
  const stateOf = async (id: string) => {
    const [email] = await db.select().from(emails).where(eq(emails.id, id));
    return [email!.state, email!.sendAt <= clock.now, email!.attempts];
  };
  deepEqual([await stateOf(waiting), await stateOf(failed), await stateOf(sent)], [
    ["queued", true, 2],
    ["queued", true, 2],
    ["sent", true, 2],
  ]);
  await close();
});

Deno.test("one email is taken back, told nowhere else, and can be sent again after all", async () => {
  const operations = await startOperations();
  const { db, clock, ask, look, browse, close } = operations;
  const waiting = await addEmail(operations, { problem: "Mailgun answered 503" });
  const sent = await addEmail(operations, { state: "sent" });
  const answers = [
    await ask("PUT", `/operations/emails/${waiting}/cancellation`),
    await ask("PUT", `/operations/emails/${waiting}/cancellation`),
    await ask("PUT", `/operations/emails/${sent}/cancellation`),
  ];
  deepEqual(answers.map(({ status }) => status), [303, 409, 409]);
  match(await look(), /the studio took it back<\/th><td>Failed/);
  const ana = await browse("ana");
  match((await ana.get("/history")).text, /The studio took it back before it was sent/);
  equal((await claimEmails(db, { now: clock.now, lease: minute, limit: 10 })).length, 0);
  await ask("PUT", `/operations/emails/${waiting}/resending`);
  equal((await claimEmails(db, { now: clock.now, lease: minute, limit: 10 })).length, 1);
  await close();
});

Deno.test("what the provider does not take is counted, and what was given up is named", async () => {
  const operations = await startOperations();
  const { clock, look, close } = operations;
  const failingSince = clock.now - 60 * minute;
  await addEmail(operations, { problem: "Mailgun answered 503", failingSince });
  await addEmail(operations, {
    state: "canceled",
    problem: "no provider took it",
    givenUpAt: clock.now,
  });
  const page = await look();
  match(page, /It does not take 1 email, the first of them since/);
  match(page, /no provider took it<\/th><td>Given up/);
  await close();
});

Deno.test("a job notes each run, and one that broke off says why", async () => {
  const { db, clock, look, close } = await startOperations();
  const note = noting({ db, now: () => clock.now }, "clean-up");
  equal((await note(() => Promise.resolve({ events: 5 }))).events, 5);
  match(await look(), /events 5\./);
  clock.now += minute;
  await note(() => Promise.reject(new Error("the disk is full"))).catch(() => {});
  match(await look(), /the disk is full/);
  await close();
});
