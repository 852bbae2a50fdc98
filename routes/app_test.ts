import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { type Person, startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";

const pages = [
  ...["/", "/notifications", "/notifications/new", "/schedule"],
  ...["/history", "/history?q=nothing", "/history/daily"],
];

Deno.test("every page is whole: nothing promised, nothing inline, at most two round trips", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const ben = await browse("ben");
  const trips = countRoundTrips(db);
  for (const path of [...pages, `/notifications/${id}`, `/notifications/${id}/edit`, "/people"]) {
    trips.count = 0;
    const page = await (path === "/people" ? ben : ana).get(path);
    equal(page.status, 200, path);
    ok(trips.count <= 2, `${path} asked the database ${trips.count} times`);
    match(page.text, /^<!DOCTYPE html>/);
    doesNotMatch(page.text, /\[object |undefined|<style|<script>| style=| onclick=/);
  }
  await close();
});

Deno.test("the panel, a search in it and what the window foresees are one round trip each", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  await ana.get("/notifications");
  const trips = countRoundTrips(db);
  const form = { type: "source-request.redelivery-requested", frequency: "daily" };
  for (
    const visit of [
      () => ana.get("/notifications"),
      () => ana.get(`/notifications/${id}`),
      () => ana.get("/notifications?sort=noise"),
      () => ana.get(`/notifications/${id}/events`),
      () => ana.get(`/notifications/${id}/edit`),
      () => ana.htmx("GET", "/notifications?q=redelivery", undefined, { to: "list" }),
      () => ana.htmx("POST", "/notifications/forecast", form, { to: "forecast" }),
    ]
  ) {
    trips.count = 0;
    equal((await visit()).status, 200);
    equal(trips.count, 1, `${visit}`);
  }
  await close();
});

Deno.test("the policy lets a page use its own files and nothing else", async () => {
  const { browse, close } = await startApp();
  const { headers } = await (await browse("ana")).get("/notifications");
  const policy = headers.get("content-security-policy") ?? "";
  for (
    const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]
  ) {
    ok(policy.includes(directive), directive);
  }
  equal(headers.get("cache-control"), "private, no-cache");
  await close();
});

Deno.test("an address that does not exist gets a page that says so, signed in or not", async () => {
  const { browse, close } = await startApp();
  const stranger = await browse();
  const missing = await stranger.get("/no-such-page");
  equal(missing.status, 404);
  match(missing.text, /Nothing here/);
  equal((await stranger.get("/static/app.0.css")).status, 404);
  await close();
});

Deno.test("what another site posts is refused, with a page", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const forged = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
  for (
    const path of [
      "/notifications",
      `/notifications/${id}?_method=DELETE`,
      `/notifications/${id}/mute?_method=PUT`,
      "/schedule/pause?_method=PUT",
      "/sign-out",
    ]
  ) {
    const answer = await ana.post(path, {}, forged);
    equal(answer.status, 403, path);
    match(answer.text, /did not come from a page of Callboard/);
  }
  equal((await ana.get(`/notifications/${id}`)).status, 200);
  await close();
});

Deno.test("behind a proxy the public address is our own, too", async () => {
  const { browse, close } = await startApp({ baseUrl: "https://callboard.example" });
  const answer = await (await browse()).post("/sign-out", {}, {
    origin: "https://callboard.example",
  });
  equal(answer.status, 303);
  await close();
});

Deno.test("a GET never changes anything, whatever method it claims", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  await ana.get(`/notifications/${id}?_method=DELETE`);
  equal((await ana.get(`/notifications/${id}`)).status, 200);
  await close();
});

Deno.test("a form that is too large is refused before anybody reads it", async () => {
  const { browse, close } = await startApp();
  const large = await (await browse("ana")).post("/notifications", { type: "x".repeat(300_000) });
  equal(large.status, 413);
  match(large.text, /Too large/);
  await close();
});

Deno.test("an unexpected error says that it happened, and tells the log neither addresses nor titles", async () => {
  const { db, logged, browse, close } = await startApp();
  const ana = await browse("ana");
  try {
    db.$client.execute = () => Promise.reject(new Error("secret@meridian-post.example"));
    const page = await ana.get("/notifications");
    equal(page.status, 500);
    const id = /quote ([0-9a-f-]{36})/.exec(page.text)?.[1];
    const { what, problem } = JSON.parse(logged[0]!);
    equal(what, `GET /notifications, ${id}`);
    match(problem, /^Error: +at /);
    doesNotMatch(logged.join() + page.text, /secret@/);
  } finally {
    await close();
  }
});

Deno.test("an error answers htmx with a fragment that finds its place by itself", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const answer = await ana.htmx("PUT", "/notifications/999/mute");
  equal(answer.status, 404);
  match(answer.text, /^<hx-partial hx-target="#alerts"[^>]*>.*role="alert"/s);
  const inWindow = await ana.htmx("PUT", "/notifications/999", { type: "x" }, {
    from: "window-form",
  });
  match(inWindow.text, /window-form|window-alerts/);
  await close();
});

Deno.test("the banner offers people management to those who may", async () => {
  const { browse, close } = await startApp();
  const offers = async (person: Person) =>
    (await (await browse(person)).get("/")).text.includes('href="/people"');
  deepEqual([await offers("ana"), await offers("ben")], [false, true]);
  await close();
});
