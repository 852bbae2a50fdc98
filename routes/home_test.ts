import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { start, startApp } from "../e2e/app.ts";

function event(id: string, type: string, time: string, accounts = ["meridian-post"]): PostedEvent {
  const parsed = parseEvent({
    specversion: "1.0",
    id,
    source: "/backlot",
    type,
    time,
    subject: id,
    data: {
      accounts,
      title: { id: "8", name: `Title <${id}>` },
      url: `https://upstream.example/${id}`,
      summary: "Audio drift",
      due: "2026-11-21",
    },
  });
  ok(typeof parsed !== "string", String(parsed));
  return parsed;
}

Deno.test("the first page tells what happened, by day where one lives, deadlines apart", async () => {
  const { db, browse, close } = await startApp();
  await appendEvents(db, [
    event("SR-1", "source-request.delivered", "2026-11-18T23:30:00Z"),
    event("SR-2", "source-request.critical", "2026-11-20T09:00:00Z"),
  ], start);
  const { status, text } = await (await browse("ana")).get("/");
  equal(status, 200);
  const [today, yesterday] = text.split("<h2 ").slice(1);
  match(today!, />Today<.*10:00.*Request Critical.*href="https:\/\/upstream.example\/SR-2"/s);
  match(today!, /Title &lt;SR-2&gt;.*\(SR-2\).*Audio drift.*Due Tomorrow/s);
  match(yesterday!, />Yesterday<.*00:30.*Source Delivered/s);
  doesNotMatch(yesterday!, /Due /);
  await close();
});

Deno.test("it shows neither other accounts' events nor types that the roles hide", async () => {
  const { db, browse, close } = await startApp();
  await appendEvents(db, [
    event("SR-1", "source-request.delivered", "2026-11-20T09:00:00Z", ["petrel-and-finch"]),
    event("SR-2", "source-request.unassigned", "2026-11-20T09:00:00Z"),
  ], start);
  match((await (await browse("ana")).get("/")).text, /Nothing happened yet/);
  match((await (await browse("dev")).get("/")).text, /Your roles do not show any events/);
  match((await (await browse("cleo")).get("/")).text, /Source Delivered/);
  await close();
});
