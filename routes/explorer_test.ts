import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { createAccounts } from "../db/accounts.ts";
import { createNotification } from "../db/notifications.ts";
import { findOwner } from "../db/owners.ts";
import { createUsers } from "../db/users.ts";
import { branded, start } from "../e2e/app.ts";
import { htmlFindings } from "../e2e/html_validity.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { cloudEvent, startUpstream } from "../e2e/upstream.ts";
import { sweep } from "../jobs/sweep.ts";

// Sam sees the whole log for the studio. Tess works there, too, without a role that shows an event.

async function startStudio() {
  const upstream = await startUpstream();
  const { db, app, clock, close, key } = upstream;
  const studio = { id: "studio", name: "The Studio", profile: "studio" as const };
  await createAccounts(db, [studio], start);
  await createUsers(
    db,
    (["sam", "tess"] as const).map((id) => ({
      id,
      ...{ name: id, email: `${id}@studio.example`, accountId: "studio", zone: "Europe/Madrid" },
      roles: id === "sam" ? ["studio-admin" as const] : [],
    })),
    start,
  );
  const { createSession } = await import("../db/sessions.ts");
  const get = async (who: string, path: string, headers: Record<string, string> = {}) => {
    const cookie = `session=${await createSession(db, who, clock.now)}`;
    const response = await app.request(`http://localhost:8000${path}`, {
      headers: { cookie, ...headers },
    });
    return { status: response.status, text: await response.text() };
  };
  const happen = async (subject: string, attributes: Record<string, unknown> = {}, data = {}) => {
    const json = cloudEvent({ id: subject, subject, ...attributes }, data);
    const { status } = await upstream.post({ json });
    equal(status, 202);
  };
  const sweepNow = async () => {
    await sweep({
      ...{ db, now: () => clock.now, report: () => {}, retentionDays: 400 },
      ...{ baseUrl: "http://localhost:8000", mailDomain: "localhost", secretKey: "s".repeat(32) },
      sendEmail: () => Promise.resolve("1"),
    });
  };
  return { db, clock, close, key, get, happen, sweepNow };
}

const requests = (html: string) =>
  [...new Set(html.match(/\(SR-\d+\)/g))].map((it) => it.slice(1, -1));

Deno.test("the studio sees every event, the newest first, and a page is one question beside the session", async () => {
  const { db, get, happen, close } = await startStudio();
  try {
    await happen("SR-1");
    await happen("SR-2", {}, { accounts: ["petrel-and-finch"] });
    const trips = countRoundTrips(db);
    const { status, text } = await get("sam", "/explorer");
    deepEqual([status, requests(text)], [200, ["SR-2", "SR-1"]]);
    // Opening the session in this test, finding it, and the page.
    equal(trips.count, 3);
    match(text, /Event 2 · Petrel &amp; Finch · \/backlot\/source-requests/);
    deepEqual(await htmlFindings(text), []);
  } finally {
    await close();
  }
});

Deno.test("nobody but the studio sees the log, and nobody there without a role that shows events", async () => {
  const { get, happen, close } = await startStudio();
  try {
    await happen("SR-1");
    for (const who of ["ana", "ben", "cleo", "tess"]) {
      for (const path of ["/explorer", "/explorer/1", "/explorer?q=SR-1"]) {
        const { status, text } = await get(who, path);
        equal(status, 403, `${who} ${path}`);
        doesNotMatch(text, /SR-1|Harbour/);
      }
    }
  } finally {
    await close();
  }
});

Deno.test("the log is filtered by type, account, source, request, title and day", async () => {
  const { clock, get, happen, close } = await startStudio();
  try {
    await happen("SR-1", { type: "source-request.created", source: "/backlot/b" });
    await happen("SR-2", {}, { accounts: ["petrel-and-finch"] });
    clock.now += 86_400_000;
    await happen("SR-3", {}, { title: { id: "77", name: "100 % Fjord" } });
    const found = async (query: string) => requests((await get("sam", `/explorer?${query}`)).text);
    deepEqual(await found("type=source-request.created"), ["SR-1"]);
    deepEqual(await found("account=petrel-and-finch"), ["SR-2"]);
    deepEqual(await found("account=petrel"), ["SR-2"]);
    deepEqual(await found("account=nobody"), []);
    deepEqual(await found("source=/backlot/b"), ["SR-1"]);
    deepEqual(await found("source=b"), []);
    deepEqual(await found("q=fjord"), ["SR-3"]);
    deepEqual(await found("q=0+%25+F"), ["SR-3"]);
    deepEqual(await found("q=77"), ["SR-3"]);
    deepEqual(await found("q=SR-2"), ["SR-2"]);
    deepEqual(await found("q=harbour&account=meridian-post"), ["SR-1"]);
    deepEqual(await found("from=2026-11-21"), ["SR-3"]);
    deepEqual(await found("until=2026-11-20"), ["SR-2", "SR-1"]);
    deepEqual(await found("from=2026-11-22"), []);
    deepEqual(await found("from=nonsense&before=0"), ["SR-3", "SR-2", "SR-1"]);
    deepEqual(await found("before=2"), ["SR-1"]);
  } finally {
    await close();
  }
});

Deno.test("a long log comes page by page, and a search through it in reaches", async () => {
  const { db, get, close } = await startStudio();
  try {
    await db.run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20120)
      INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
      SELECT '/x', i, 'material.received', ${start}, 'SR-' || i,
        CASE i WHEN 110 THEN '{"title":{"id":"7","name":"Fjord"}}' ELSE '{}' END, '', ${start} FROM n`);
    const newest = (await get("sam", "/explorer")).text;
    deepEqual([requests(newest).at(0), requests(newest).at(-1)], ["SR-20120", "SR-20071"]);
    match(newest, /href="\/explorer\?before=20071">Older/);
    const older = (await get("sam", "/explorer?before=20071")).text;
    equal(requests(older)[0], "SR-20070");
    const searched = (await get("sam", "/explorer?source=/x&q=fjord")).text;
    match(
      searched,
      /href="\/explorer\?source=%2Fx&amp;q=fjord&amp;before=121">Search further back/,
    );
    deepEqual(requests((await get("sam", "/explorer?q=fjord&before=121")).text), ["SR-110"]);
    equal(/Older|further/.test((await get("sam", "/explorer?before=51")).text), false);
  } finally {
    await close();
  }
});

Deno.test("a page that follows the log asks for what is new, and is answered only when there is something", async () => {
  const { get, happen, close } = await startStudio();
  const asHtmx = { "hx-request": "true", "hx-target": "div#log" };
  try {
    await happen("SR-1");
    doesNotMatch((await get("sam", "/explorer")).text, /hx-trigger="every/);
    const { text } = await get("sam", "/explorer?follow=on&q=SR");
    match(text, /hx-trigger="every 3s"/);
    match(text, /href="\/explorer\?q=SR">Pause/);
    const poll = /hx-get="([^"]+)"/.exec(text)![1]!.replaceAll("&amp;", "&");
    equal((await get("sam", poll, asHtmx)).status, 204);
    await happen("SR-2");
    const { status, text: fragment } = await get("sam", poll, asHtmx);
    deepEqual([status, requests(fragment)], [200, ["SR-2", "SR-1"]]);
    match(fragment, /^<div id="log" hx-get="[^"]*seen=2"/);
  } finally {
    await close();
  }
});

Deno.test("one event says across accounts who was told, by which email and why, and who was not", async () => {
  const { db, clock, get, happen, sweepNow, close } = await startStudio();
  try {
    const ask = async (user: string, changed: Partial<typeof branded>) =>
      await createNotification(db, await findOwner(db, user), { ...branded, ...changed }, start);
    await ask("sam", { conditions: [{ field: "language", op: "any", values: ["pt"] }] });
    await ask("cleo", {});
    clock.now += 60_000;
    await happen("SR-1");
    await sweepNow();
    const trips = countRoundTrips(db);
    const { status, text } = await get("sam", "/explorer/1");
    deepEqual([status, trips.count], [200, 3]);
    const [email] = await db.query.emails.findMany();
    const said = text.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"');
    match(said, new RegExp(`Ana Ruiz, Meridian PostYes: an immediate email, .*Email ${email!.id}`));
    match(said, /Redelivery Requested, immediately” Matched: this one is why/);
    match(said, /sam, The StudioNo email yet\..*Did not match: language is Korean, not Portuguese/);
    // Cleo works for an account that the event does not concern.
    doesNotMatch(said, /Cleo/);
    // Ben, Dev and Tess.
    match(said, /3 other users could see it/);
    match(text, /81234567/);
    deepEqual(await htmlFindings(text), []);
    equal((await get("sam", "/explorer/2")).status, 404);
  } finally {
    await close();
  }
});

Deno.test("an event that was damaged is named in the explorer, and every other page goes on without it", async () => {
  const { db, get, happen, close } = await startStudio();
  try {
    await happen("SR-1");
    await happen("SR-2");
    for (
      const [data, flaw] of [["{", /its data is not a JSON object/], [
        '{"due":"2026-02-31"}',
        /data\.due is not a date/,
      ]] as const
    ) {
      await db.run(sql`UPDATE events SET data = ${data} WHERE subject = 'SR-1'`);
      for (const path of ["/explorer", "/explorer/1"]) {
        const { status, text } = await get("sam", path);
        equal(status, 200);
        match(text, /Set aside: /);
        match(text, flaw);
      }
      for (
        const path of [
          "/",
          "/notifications",
          "/notifications/new?type=material.received",
          "/noise",
          "/history?q=SR-1",
        ]
      ) {
        const { status, text } = await get("ana", path);
        equal(status, 200, path);
        doesNotMatch(text.replace(/value="[^"]*"|“[^”]*”/g, ""), /SR-1/);
      }
      equal((await get("ana", "/events/1")).status, 404);
      deepEqual(requests((await get("ana", "/")).text), ["SR-2"]);
    }
  } finally {
    await close();
  }
});
