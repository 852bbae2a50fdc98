import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";
import { composeAll } from "../jobs/compose.ts";

type App = Awaited<ReturnType<typeof startApp>>;

const type = "source-request.redelivery-requested";

/** A redelivery that Ana was told of by the notification that came with her role; resolves to where the email stands. */
async function toldAna({ db, clock }: App) {
  const title = { id: "81234567", name: "Harbour Lights" };
  const data = { accounts: ["meridian-post"], content_type: "branded", language: "ko", title };
  await appendEvents(db, [event({ id: "1", subject: "SR-48213", type, data })], clock.now);
  const report = (_: string, error: unknown) => {
    throw error;
  };
  await composeAll(db, { now: clock.now, report });
  const email = await db.query.emails.findFirst({ where: (e, { eq }) => eq(e.userId, "ana") });
  return { path: `/emails/${email!.id}`, seq: email!.lastSeq, reasons: email!.content.reasons };
}

Deno.test("a reason can be muted from the email, and that undone, without leaving the page", async () => {
  const app = await startApp();
  const { path, seq, reasons: [reason] } = await toldAna(app);
  const ana = await app.browse("ana");
  const mute = /formaction="([^"]+)"/.exec((await ana.get(path)).text)![1]!.replaceAll(
    "&amp;",
    "&",
  );

  const muted = await ana.post(mute);
  const back = muted.headers.get("location")!;
  match(back, new RegExp(`^${path}\\?change=[0-9a-f-]+#event-${seq}$`));
  const page = await ana.get(back);
  match(page.text, /role="status".*Muted: Redelivery Requested/s);
  match(page.text, /\(muted since\)/);
  doesNotMatch(page.text, /formaction=/);

  const undo = /<form method="post" action="([^"]+undo[^"]+)"/.exec(page.text)![1]!;
  const undone = await ana.post(undo.replaceAll("&amp;", "&"));
  match(undone.headers.get("location")!, new RegExp(`^${path}\\?change=`));
  match((await ana.get(undone.headers.get("location")!)).text, /Undone/);
  const now = await app.db.query.notifications.findFirst({
    where: (n, { eq }) => eq(n.id, reason!.id),
  });
  equal(now!.mutedAt, null);
  await app.close();
});

Deno.test("a form leads back to our own pages alone", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const ana = await app.browse("ana");
  const elsewhere = encodeURIComponent("//elsewhere.example/");
  const answer = await ana.post(`/notifications/${id}/mute?_method=PUT&back=${elsewhere}`);
  match(answer.headers.get("location")!, /^\/\?change=/);
  await app.close();
});

Deno.test("narrowing a Default notification opens a duplicate that leaves the title out", async () => {
  const app = await startApp();
  const { path, seq, reasons: [reason] } = await toldAna(app);
  const ana = await app.browse("ana");
  const narrow = `/notifications/new?from=${reason!.id}&unlike=${seq}`;
  ok((await ana.get(path)).text.includes(`href="${narrow.replace("&", "&amp;")}"`));

  const { text } = await ana.get(narrow);
  match(text, /Now left out: title Harbour Lights/);
  match(text, /<a href="[^"]*by=language">language Korean<\/a>/);
  match((await ana.get(`${narrow}&by=language`)).text, /Now left out: language Korean/);

  const form = {
    ...{ type, frequency: "immediately", replaces: `${reason!.id}` },
    ...{ "op.title": "none", "where.title": "Harbour Lights" },
  };
  match((await ana.post("/notifications", form)).headers.get("location")!, /\?change=/);
  const ofType = await app.db.query.notifications.findMany({
    where: (n, { and, eq }) => and(eq(n.userId, "ana"), eq(n.type, type)),
    orderBy: (n) => n.id,
  });
  deepEqual(ofType.map(({ kind, mutedAt }) => [kind, mutedAt]), [
    ["default", app.clock.now],
    ["custom", null],
  ]);
  await app.close();
});

Deno.test("narrowing a Custom notification edits it; an event of another account leaves it as it is", async () => {
  const app = await startApp();
  const id = await app.create("ana", { conditions: [], frequency: "hourly" });
  const { seq } = await toldAna(app);
  const ana = await app.browse("ana");
  match((await ana.get(`/notifications/${id}/edit?unlike=${seq}`)).text, /Now left out/);

  const data = { accounts: ["petrel-and-finch"], title: { id: "1", name: "Secret" } };
  await appendEvents(app.db, [event({ id: "2", subject: "SR-2", type, data })], app.clock.now);
  for (const unlike of [seq + 1, 999, "x"]) {
    const { status, text } = await ana.get(`/notifications/${id}/edit?unlike=${unlike}`);
    deepEqual([status, /Now left out|Secret/.test(text)], [200, false]);
  }
  await app.close();
});
