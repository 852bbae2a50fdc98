import { equal, match } from "node:assert/strict";
import { deactivateUser } from "../db/deactivation.ts";
import { sessionLength } from "../db/sessions.ts";
import { start, startApp } from "../e2e/app.ts";
import { safePath } from "./session.ts";

Deno.test("without a session every page leads to signing in, and back", async () => {
  const { browse, close } = await startApp();
  const stranger = await browse();
  for (const path of ["/", "/notifications", "/notifications/new", "/schedule", "/people"]) {
    const { status, headers } = await stranger.get(path);
    equal(status, 303, path);
    equal(headers.get("location"), `/sign-in?next=${encodeURIComponent(path)}`);
  }
  await close();
});

Deno.test("who was signed out meanwhile is told so beside what they typed", async () => {
  const { browse, close } = await startApp();
  const answer = await (await browse()).htmx("PUT", "/notifications/1/mute");
  equal(answer.status, 401);
  equal(answer.headers.get("hx-redirect"), null);
  match(answer.text, /role="alert".*You were signed out.*href="\/sign-in" target="_blank"/s);
  await close();
});

Deno.test("without a session htmx is sent to signing in, and back to the page that is open", async () => {
  const { browse, close } = await startApp();
  const { status, headers } = await (await browse()).htmx("GET", "/notifications/new");
  equal(status, 401);
  equal(headers.get("hx-redirect"), "/sign-in?next=%2Fnotifications");
  await close();
});

Deno.test("without a session nothing can be changed", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const stranger = await browse();
  equal((await stranger.post(`/notifications/${id}?_method=DELETE`)).status, 303);
  equal((await (await browse("ana")).get(`/notifications/${id}`)).status, 200);
  await close();
});

Deno.test("a session ends by itself, by signing out, and with its user", async () => {
  const { db, clock, browse, close } = await startApp();
  const ana = await browse("ana");
  const other = await browse("ana");
  const third = await browse("ana");
  equal((await ana.get("/")).status, 200);
  await ana.post("/sign-out");
  equal((await ana.get("/")).status, 303);
  clock.now = start + sessionLength;
  equal((await other.get("/")).status, 303);
  clock.now = start;
  equal((await third.get("/")).status, 200);
  await deactivateUser(db, "meridian-post", "ana", start);
  equal((await third.get("/")).status, 303);
  await close();
});

Deno.test("over https the cookie is one that nobody but this host can have set", async () => {
  const { browse, close } = await startApp({ baseUrl: "https://callboard.example", demo: true });
  const { headers } = await (await browse()).post("/sign-in/as/ana");
  const cookie = headers.get("set-cookie") ?? "";
  match(cookie, /^__Host-session=/);
  for (const part of [/; Path=\/(;|$)/, /; HttpOnly/, /; Secure/, /; SameSite=Lax/]) {
    match(cookie, part);
  }
  await close();
});

Deno.test("after signing in one stays on this site, whatever the address asked for", () => {
  const asked = [
    ["/notifications?q=daily", "/notifications?q=daily"],
    ["https://elsewhere.example", "/"],
    ["//elsewhere.example", "/"],
    ["/\\elsewhere.example", "/"],
    ["/.//elsewhere.example", "/"],
    ["/\t/elsewhere.example", "/"],
    ["javascript:alert(1)", "/"],
    ["", "/"],
  ] as const;
  for (const [path, allowed] of asked) equal(safePath(path), allowed, path);
  equal(safePath(undefined), "/");
});
