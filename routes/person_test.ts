import { doesNotMatch, equal, match } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { findOwner } from "../db/owners.ts";
import { loadNotifications } from "../db/panel.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";

const operations = "fulfillment-partner-operations";
const day = 86_400_000;

/** An app whose month has three events: two deliveries and a request that is critical. */
async function startMonth() {
  const app = await startApp();
  const happened = ["source-request.delivered", "source-request.delivered"]
    .concat("source-request.critical")
    .map((type, index) =>
      event({ id: `${index}`, subject: `SR-${index}`, type, data: {}, time: start - day })
    );
  await appendEvents(app.db, happened, start);
  return app;
}

Deno.test("an admin sees a person: address, state, last sign-in, zone, mail", async () => {
  const { clock, browse, close } = await startApp();
  const ben = await browse("ben");
  match((await ben.get("/people/ana")).text, /Last sign-in<\/dt><dd>None yet/);
  await browse("ana");
  clock.now += day;
  const { text } = await ben.get("/people/ana");
  match(text, /ana@meridian-post\.example/);
  match(text, /State<\/dt><dd>Active/);
  match(text, /Last sign-in<\/dt><dd><time datetime="2026-11-20T09:30:00.000Z"/);
  match(text, /Europe\/Madrid/);
  match(text, /0 emails, telling 0 events/);
  match(text, /Did not arrive<\/dt><dd>Nothing/);
  match((await ben.get("/people")).text, /href="\/people\/ana"/);
  await close();
});

Deno.test("before roles are saved, the page says what the last 30 days would have been", async () => {
  const { browse, close } = await startMonth();
  const ben = await browse("ben");
  const { text } = await ben.get(`/people/ana?held=${operations}`);
  match(text, /0 emails instead of 2 in the last 30 days, telling 0 events instead of 3\./);
  match(text, /Notifications that go: \d+/);
  match(text, /Nobody at Meridian Post would hear about [^.]*Request Critical[^.]* any more\./);
  match(text, /Nobody at Meridian Post would hear about [^.]*Source Delivered[^.]* any more\./);

  const back = await ben.get(`/people/dev?role=${operations}&held=`);
  match(back.text, /telling 3 events instead of 0\./);
  match(back.text, /Notifications that come: \d+/);
  doesNotMatch(back.text, /would hear about/);
  doesNotMatch((await ben.get("/people/ana")).text, /instead of/);
  await close();
});

Deno.test("while roles are ticked, the answer comes by itself", async () => {
  const { browse, close } = await startMonth();
  const ben = await browse("ben");
  const { text } = await ben.htmx("GET", "/people/ana?held=", undefined, { to: "what-if" });
  match(text, /^<section id="what-if".*telling 0 events instead of 3/s);
  await close();
});

Deno.test("roles are given and taken, and what they showed comes and goes", async () => {
  const { db, browse, create, close } = await startApp();
  const [ben, ana] = [await browse("ben"), await browse("ana")];
  const custom = await create("ana");
  const taken = await ben.post("/people/ana/roles?_method=PUT", { held: operations });
  equal(taken.headers.get("location"), "/people/ana?done=roles");
  match((await ben.get("/people/ana?done=roles")).text, /Saved: no role/);
  const panel = (await ana.get("/notifications")).text;
  match(panel, /Needs a role that you no longer have/);
  doesNotMatch(panel, />Default</);

  const form = { held: "", role: operations };
  equal((await ben.post("/people/ana/roles?_method=PUT", form)).status, 303);
  equal((await ben.post("/people/ana/roles?_method=PUT", form)).status, 303);
  const { notifications } = await loadNotifications(db, "ana");
  equal(notifications.some(({ id }) => id === custom), true);
  doesNotMatch((await ana.get("/notifications")).text, /Needs a role/);
  await close();
});

Deno.test("what somebody else changed meanwhile is not overwritten", async () => {
  const { db, browse, close } = await startApp();
  const ben = await browse("ben");
  await ben.post("/people/ana/roles?_method=PUT", { held: operations, role: "account-admin" });
  const late = await ben.post("/people/ana/roles?_method=PUT", { held: operations });
  equal(late.status, 409);
  match(late.text, /changed meanwhile/);
  equal((await findOwner(db, "ana")).roles.join(), "account-admin");
  await close();
});

Deno.test("the last admin of an account stays one; with another there, an admin may step down", async () => {
  const { browse, close } = await startApp();
  const ben = await browse("ben");
  const step = { held: "account-admin" };
  match(
    (await ben.get("/people/ben?held=account-admin")).text,
    /Ben Adler could no longer manage the people of Meridian Post/,
  );
  const refused = await ben.post("/people/ben/roles?_method=PUT", step);
  equal(refused.status, 403);
  match(refused.text, /This is the last admin of the account/);

  await ben.post("/people/dev/roles?_method=PUT", { held: "", role: "account-admin" });
  const done = await ben.post("/people/ben/roles?_method=PUT", step);
  equal(done.headers.get("location"), "/");
  equal((await ben.get("/people")).status, 403);
  await close();
});

Deno.test("an account's people get only roles that their account may hold", async () => {
  const { db, browse, close } = await startApp();
  const ben = await browse("ben");
  for (const role of ["studio-admin", "content-partner-operations", "king"]) {
    const { status } = await ben.post("/people/ana/roles?_method=PUT", { held: operations, role });
    equal(status, 422, role);
    equal((await ben.get(`/people/ana?held=&role=${role}`)).status, 422, role);
  }
  equal((await findOwner(db, "ana")).roles.join(), operations);
  doesNotMatch((await ben.get("/people/ana")).text, /Studio Admin|Content Partner/);
  await close();
});

Deno.test("people of another account are nobody: neither seen nor given roles", async () => {
  const { db, browse, close } = await startApp();
  const ben = await browse("ben");
  const held = "content-partner-operations";
  for (const id of ["cleo", "nobody"]) {
    equal((await ben.get(`/people/${id}`)).status, 404);
    equal((await ben.get(`/people/${id}?held=${held}`)).status, 404);
    equal((await ben.post(`/people/${id}/roles?_method=PUT`, { held })).status, 404);
  }
  equal((await findOwner(db, "cleo")).roles.join(), held);
  await close();
});
