import { doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import { createAccounts } from "../db/accounts.ts";
import { searchAudit } from "../db/audit_entries.ts";
import { deactivateUser } from "../db/deactivation.ts";
import { appendEvents } from "../db/events.ts";
import { createSession } from "../db/sessions.ts";
import { createUsers } from "../db/users.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";
import { composeAll } from "../jobs/compose.ts";

const halfAnHour = 30 * 60_000;

/** The app of the tests with a studio, whose admin Ida looks. */
async function startStudio() {
  const app = await startApp({ demo: true });
  await createAccounts(app.db, [{ id: "studio", name: "Northlight", profile: "studio" }], start);
  const email = (id: string) => `${id}@northlight.example`;
  await createUsers(app.db, [
    {
      ...{ id: "ida", accountId: "studio", name: "Ida Moss", email: email("ida") },
      roles: ["studio-admin"],
    },
    {
      ...{ id: "grace", accountId: "studio", name: "Grace Lindqvist", email: email("grace") },
      roles: ["studio-operations"],
    },
  ], start);
  const token = await createSession(app.db, "ida", start);
  return { ...app, ida: await browserOf(app, token) };
}

/** A browser that keeps the cookies that it is given. */
async function browserOf({ browse }: Awaited<ReturnType<typeof startApp>>, token: string) {
  const asker = await browse();
  let cookie = `session=${token}`;
  const keep = <A extends { headers: Headers }>(answer: A) => {
    cookie = /session=[^;]+/.exec(answer.headers.get("set-cookie") ?? "")?.[0] ?? cookie;
    return answer;
  };
  return {
    cookie: () => cookie,
    get: async (path: string) => keep(await asker.get(path, { cookie })),
    post: async (path: string) => keep(await asker.post(path, {}, { cookie })),
    htmx: async (path: string) =>
      keep(await asker.post(path, {}, { cookie, "hx-request": "true" })),
  };
}

const begin = "/people/ana/viewing?_method=PUT";
const end = "/viewing?_method=DELETE";

Deno.test("a studio admin sees what a user sees, announced on every page", async () => {
  const { ida, create, close } = await startStudio();
  const id = await create("ana");
  equal((await ida.get(`/notifications/${id}`)).status, 404);
  const before = ida.cookie();
  const begun = await ida.post(begin);
  equal(begun.headers.get("location"), "/");
  equal((await ida.get("/")).status, 200);
  const bar =
    /You see what <strong dir="auto">Ana Ruiz<\/strong> of Meridian Post.*2026-11-20T10:00:00/s;
  for (const path of ["/", "/notifications", "/schedule", "/history", "/noise", "/sessions"]) {
    const { status, text } = await ida.get(path);
    equal(status, 200);
    match(text, bar);
    match(text, /action="\/viewing\?_method=DELETE"/);
  }
  match((await ida.get(`/notifications/${id}`)).text, /Redelivery Requested/);
  const refused = await ida.get("/people");
  equal(refused.status, 403);
  match(refused.text, bar);
  notEqual(ida.cookie(), before);
  await close();
});

Deno.test("whoever views asks what a draft would do, and saves nothing", async () => {
  const { ida, create, close } = await startStudio();
  const id = await create("ana");
  await ida.post(begin);
  equal((await ida.htmx("/notifications/forecast")).status, 200);
  for (const path of [`/notifications/${id}/mute?_method=PUT`, "/schedule/pause?_method=PUT"]) {
    const { status, text } = await ida.post(path);
    equal(status, 403);
    match(text, /Nothing was changed: you see what Ana Ruiz sees, and only look/);
    equal((await ida.htmx(path)).status, 403);
  }
  await close();
});

Deno.test("ending it leads back to the person, with a token of its own", async () => {
  const { ida, browse, close } = await startStudio();
  await ida.post(begin);
  const during = ida.cookie();
  const ended = await ida.post(end);
  equal(ended.headers.get("location"), "/accounts/meridian-post/people/ana");
  doesNotMatch((await ida.get("/people")).text, /You see what/);
  equal((await ida.post(end)).headers.get("location"), "/");
  equal((await (await browse()).get("/notifications", { cookie: during })).status, 303);
  await close();
});

Deno.test("pressed twice at once, either button leads to one place, still signed in", async () => {
  const { db, ida, clock, browse, close } = await startStudio();
  const press = async (cookie: string, path: string) => {
    const asker = await browse();
    const answers = await Promise.all([1, 2].map(() => asker.post(path, {}, { cookie })));
    const given = answers.map(({ headers }) => headers.get("set-cookie")!);
    equal(given[0], given[1]);
    const places = answers.map(({ headers }) => headers.get("location"));
    equal(places[0], places[1]);
    return { place: places[0]!, cookie: /session=[^;]+/.exec(given[0]!)![0] };
  };
  const own = ida.cookie();
  const begun = await press(own, begin);
  equal(begun.place, "/");
  const asker = await browse();
  match((await asker.get("/", { cookie: begun.cookie })).text, /You see what/);
  const ended = await press(begun.cookie, end);
  equal(ended.place, "/accounts/meridian-post/people/ana");
  equal((await asker.get(ended.place, { cookie: ended.cookie })).status, 200);
  const entries = await searchAudit(db, null, { query: "viewing", limit: 9 });
  equal(entries.length, 2);

  clock.now += 10_000;
  const late = await asker.post(begin, {}, { cookie: own });
  match(late.headers.get("location")!, /^\/sign-in/);
  await close();
});

Deno.test("a page that was left open when it ended changes nothing of the admin's own", async () => {
  const { ida, clock, close } = await startStudio();
  await ida.post(begin);
  clock.now += halfAnHour;
  const late = await ida.post("/schedule/zone?_method=PUT");
  equal(late.status, 403);
  match(late.text, /you no longer see what somebody else sees/);
  doesNotMatch((await ida.get("/notifications")).text, /You see what/);
  equal((await ida.post("/schedule/pause?_method=DELETE")).status, 303);
  await close();
});

Deno.test("their own sessions and signing out stay the admin's own", async () => {
  const { db, ida, clock, browse, close } = await startStudio();
  const anas = await createSession(db, "ana", clock.now, { userAgent: "Anas/1.0" });
  await createSession(db, "ida", clock.now, { userAgent: "Firefox/145.0 Linux" });
  await ida.post(begin);
  const { text } = await ida.get("/sessions");
  match(text, /Sign out Firefox on Linux/);
  match(text, /banner-name">Ida Moss/);
  equal((await ida.post("/sessions/others?_method=DELETE")).status, 303);
  const cookie = `session=${anas}`;
  const asAna = await (await browse()).get("/sessions", { cookie });
  equal(asAna.status, 200);
  match(asAna.text, /Who saw what you see.*Ida Moss.*still looking/s);
  equal((await ida.post("/sign-out")).status, 303);
  equal((await ida.get("/notifications")).status, 303);
  match((await (await browse()).get("/sessions", { cookie })).text, /Ida Moss.*until 10:30/s);
  await close();
});

Deno.test("no letter that is seen so holds a link that acts", async () => {
  const { db, ida, clock, create, browse, close } = await startStudio();
  await create("ana", { frequency: "immediately" });
  const data = { content_type: "branded" };
  const type = "source-request.redelivery-requested";
  await appendEvents(db, [event({ id: "1", type, subject: "SR-1", data })], clock.now);
  const report = (_: string, error: unknown) => {
    throw error;
  };
  await composeAll(db, { now: clock.now, report });
  const [email] = await db.query.emails.findMany();
  const path = `/emails/${email!.id}/letter`;
  const status = async (text: string) => {
    const [link] = /\/mute\/[\w.-]+/.exec(text)!;
    return (await (await browse()).get(link)).status;
  };
  equal(await status((await (await browse("ana")).get(path)).text), 200);
  await ida.post(begin);
  equal(await status((await ida.get(path)).text), 404);
  await close();
});

Deno.test("only the studio's admins are offered it, and only for who is there", async () => {
  const { db, ida, clock, browse, close } = await startStudio();
  match((await ida.get("/people/grace")).text, /aria-label="See what they see: Grace Lindqvist"/);
  doesNotMatch((await ida.get("/people/ida")).text, /See what/);
  const ben = await browse("ben");
  doesNotMatch((await ben.get("/people/ana")).text, /See what/);
  equal((await ben.post(begin)).status, 403);
  await deactivateUser(db, "meridian-post", "ana", clock.now);
  equal((await ida.post(begin)).status, 404);
  await close();
});
