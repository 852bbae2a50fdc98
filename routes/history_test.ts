import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event } from "../e2e/stage.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { sweep } from "../jobs/sweep.ts";

type App = Awaited<ReturnType<typeof startApp>>;

const type = "source-request.redelivery-requested";
const hour = 3_600_000;

async function happen({ db, clock }: App, subject: string): Promise<void> {
  const title = { id: "81234567", name: "Harbour <Lights>" };
  const data = { accounts: ["meridian-post"], content_type: "branded", title };
  await appendEvents(db, [event({ id: subject, subject, type, data })], clock.now);
}

async function sweepNow({ db, clock }: App, sendEmail = () => Promise.resolve("id")) {
  await sweep({
    ...{ db, sendEmail, now: () => clock.now, retentionDays: 400 },
    ...{ baseUrl: "http://localhost:8000", mailDomain: "localhost", secretKey: "s".repeat(32) },
    report: (_, error) => {
      throw error;
    },
  });
}

Deno.test("the history lists what came and what comes, each by its subject", async () => {
  const app = await startApp();
  await app.create("ana");
  await happen(app, "SR-1");
  await sweepNow(app);
  await happen(app, "SR-2");
  app.clock.now += hour;
  const ana = await app.browse("ana");
  const { status, text } = await ana.get("/history");
  equal(status, 200);
  const [next, today] = text.split("<h2 ").slice(1);
  match(
    next!,
    />What comes next<.*Redelivery Requested: Harbour &lt;Lights&gt; \(SR-2\).*any moment/s,
  );
  match(today!, />Today<.*href="\/emails\/.*\(SR-1\).*Sent · Immediately · one event/s);
  match(text, /Nothing yet for your daily.* email: an empty one is not sent/);
  doesNotMatch(text, /\[object |undefined/);
  await app.close();
});

Deno.test("what comes next can be opened, and muted from there", async () => {
  const app = await startApp();
  const id = await app.create("ana", { frequency: "hourly" });
  for (const n of await app.db.query.notifications.findMany()) {
    if (n.userId === "ana" && n.kind === "default") {
      await (await app.browse("ana")).post(`/notifications/${n.id}/mute?_method=PUT`);
    }
  }
  await happen(app, "SR-1");
  const ana = await app.browse("ana");
  match((await ana.get("/history")).text, /href="\/history\/hourly"[^>]*>Hourly: /);
  const page = await ana.get("/history/hourly");
  match(page.text, /Comes.*today 11:00, Madrid.*one event so far.*SR-1/s);

  const mute = /formaction="([^"]+)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
  ok(mute.startsWith(`/notifications/${id}/mute`));
  const back = (await ana.post(mute)).headers.get("location")!;
  match((await ana.get(back)).text, /Muted: .*Nothing waits for your hourly email|Nothing waits/s);
  equal((await ana.get("/history/never")).status, 404);
  await app.close();
});

Deno.test("a search narrows the history, in the page and in a fragment", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "immediately" });
  await happen(app, "SR-1");
  await sweepNow(app);
  await happen(app, "SR-2");
  const ana = await app.browse("ana");
  const found = await ana.get("/history?q=sr-1");
  match(found.text, /1 found/);
  match(found.text, /value="sr-1"/);
  doesNotMatch(found.text, /SR-2/);
  match((await ana.get("/history?q=sr-2")).text, /What comes next.*SR-2/s);

  const fragment = await ana.htmx("GET", "/history?q=nothing", undefined, {
    ...{ to: "history-list", page: "/history" },
  });
  match(fragment.text, /^<div id="history-list">.*No email matches “nothing”/s);
  match(fragment.text, /<hx-partial hx-target="#history-count"[^>]*>0 found/);
  equal((await ana.get(`/history?q=${"x".repeat(10_000)}`)).status, 200);
  await app.close();
});

Deno.test("what the provider did not take is said in plain words, without its own", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "immediately" });
  await happen(app, "SR-1");
  await sweepNow(app, () => Promise.reject(new TemporaryFailure("451 4.7.1 greylisted <ana@x>")));
  const { text } = await (await app.browse("ana")).get("/history");
  match(
    text,
    /On its way · Immediately · one event · Waits for the mail provider, tried once\. Next try: Today/,
  );
  doesNotMatch(text, /greylisted/);
  await app.close();
});

Deno.test("the history is its reader's alone, in two round trips", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "immediately" });
  await happen(app, "SR-1");
  await sweepNow(app);
  const ana = await app.browse("ana");
  const trips = countRoundTrips(app.db);
  await ana.get("/history?q=harbour");
  equal(trips.count, 2);
  const cleo = await app.browse("cleo");
  match((await cleo.get("/history")).text, /No mail yet/);
  equal((await (await app.browse()).get("/history")).status, 303);
  await app.close();
});
