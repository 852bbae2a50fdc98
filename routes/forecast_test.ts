import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { start, startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event } from "../e2e/stage.ts";

const type = "source-request.redelivery-requested";
const day = 86_400_000;

async function withEvents() {
  const app = await startApp();
  const posted = ["branded", "branded", "original"].map((content_type, index) => ({
    ...event({
      id: `${index}`,
      subject: `SR-${index}`,
      type,
      data: { accounts: ["meridian-post"], content_type },
    }),
    time: start - (index + 1) * day,
  }));
  await appendEvents(app.db, posted, start);
  return app;
}

const form = {
  type,
  frequency: "daily",
  "op.content_type": "any",
  "where.content_type": "branded",
};

Deno.test("the window says what a notification would do while it is filled in, and saves nothing", async () => {
  const { browse, db, close } = await withEvents();
  const ana = await browse("ana");
  const before = (await db.query.notifications.findMany()).length;
  const trips = countRoundTrips(db);
  const { status, text } = await ana.htmx("POST", "/notifications/forecast", form, {
    to: "forecast",
  });
  equal(status, 200);
  ok(trips.count <= 2, `${trips.count} round trips`);
  match(text, /^<section id="forecast"/);
  match(text, />Redelivery Requested where content type is Branded, daily</);
  match(text, /<strong>2 events<\/strong> in the last 30 days/);
  match(text, /Daily, that makes <strong>2 emails<\/strong>/);
  match(text, /The next email would come: <time[^>]*>Tomorrow, Sat 21 Nov, 08:00 Europe\/Madrid</);
  match(text, /tells all of this already/);
  match(text, /role="img" aria-label="Events by day: at most 1/);
  match(text, /SR-1.*SR-0/s);
  match(
    text,
    /<hx-partial hx-target="#forecast-line"[^>]*><a href="#forecast-heading">2 events in 30 days, 2 emails, 2 warnings</,
  );
  doesNotMatch(text, /SR-2/);
  equal((await db.query.notifications.findMany()).length, before);
  await close();
});

Deno.test("without JavaScript a button shows the same in the complete page", async () => {
  const { browse, close } = await withEvents();
  const { status, text } = await (await browse("ana")).post("/notifications/forecast", form);
  equal(status, 200);
  match(text, /<dialog[^>]* open/);
  match(text, /<strong>2 events<\/strong>/);
  match(text, /formaction="\/notifications\/forecast"/);
  await close();
});

Deno.test("what cannot be read yet is no error, and other accounts' events count for nobody", async () => {
  const { browse, close } = await withEvents();
  const half = await (await browse("ana")).htmx("POST", "/notifications/forecast", {
    ...form,
    type: "nonsense",
  });
  equal(half.status, 200);
  match(
    half.text,
    /"hint">&quot;nonsense&quot; does not happen any more: choose another event type/,
  );
  const cleo = await (await browse("cleo")).htmx("POST", "/notifications/forecast", form);
  match(cleo.text, /<strong>0 events<\/strong>/);
  match(cleo.text, /Nothing matched/);
  await close();
});
