import { doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { createSession, idleLength, noteEvery } from "../db/sessions.ts";
import { startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

Deno.test("people see where they are signed in, and sign out there", async () => {
  const { db, clock, browse, close } = await startApp();
  const ana = await browse("ana");
  const token = await createSession(db, "ana", clock.now, { userAgent: firefox });
  const elsewhere = { cookie: `session=${token}` };
  const page = await ana.get("/sessions");
  match(page.text, /This browser.*Firefox on Linux.*aria-label="Sign out Firefox on Linux"/s);
  ok(!page.text.includes(token));

  const [path] = /\/sessions\/[\w-]{43}\?_method=DELETE/.exec(page.text)!;
  await (await browse("ben")).post(path);
  equal((await ana.get("/sessions", elsewhere)).status, 200);
  const ended = await ana.post(path);
  equal(ended.headers.get("location"), "/sessions?ended=one");
  match((await ana.get("/sessions?ended=one")).text, /role="status".*Signed out there\./s);
  equal((await ana.get("/sessions", elsewhere)).status, 303);
  await close();
});

Deno.test("signing out everywhere else leaves this browser alone", async () => {
  const { browse, close } = await startApp();
  const [here, there, ben] = [await browse("ana"), await browse("ana"), await browse("ben")];
  match((await here.get("/sessions")).text, /Sign out everywhere else/);
  equal((await there.get("/notifications")).status, 200);
  equal((await here.post("/sessions/others?_method=DELETE")).status, 303);
  equal((await there.get("/notifications")).status, 303);
  equal((await ben.get("/notifications")).status, 200);
  doesNotMatch((await here.get("/sessions")).text, /Sign out everywhere else/);
  await close();
});

Deno.test("a session in use lives on, and an hour of its use is noted once, beside the page", async () => {
  const { db, clock, browse, close } = await startApp();
  const ana = await browse("ana");
  const idle = await browse("ana");
  await ana.get("/notifications");
  const trips = countRoundTrips(db);
  clock.now += noteEvery - 1;
  equal((await ana.get("/notifications")).status, 200);
  equal(trips.count, 1);
  clock.now += 1;
  await ana.get("/notifications");
  equal(trips.count, 3);
  await ana.get("/notifications");
  equal(trips.count, 4);

  clock.now += idleLength - 1;
  equal((await ana.get("/notifications")).status, 200);
  equal((await ana.get("/history")).status, 200);
  equal((await idle.get("/notifications")).status, 303);
  await close();
});

Deno.test("signing in gives a new token, and the one from before is worth nothing", async () => {
  const { db, clock, browse, close } = await startApp({ demo: true });
  const before = await createSession(db, "cleo", clock.now);
  const cookie = `session=${before}`;
  const answer = await (await browse()).post("/sign-in/as/ana", {}, { cookie });
  const [, after] = /^session=([^;]+)/.exec(answer.headers.get("set-cookie")!)!;
  notEqual(after, before);
  equal((await (await browse()).get("/sessions", { cookie })).status, 303);
  await close();
});
