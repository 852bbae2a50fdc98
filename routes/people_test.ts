import { doesNotMatch, equal, match } from "node:assert/strict";
import { muteNotification } from "../db/notification_actions.ts";
import { loadNotifications } from "../db/panel.ts";
import { createSession } from "../db/sessions.ts";
import { findActiveUser } from "../db/users.ts";
import { start, startApp } from "../e2e/app.ts";

const path = (id: string) => `/people/${id}/deactivation`;

Deno.test("an account admin sees the people of the account, and nobody else", async () => {
  const { browse, close } = await startApp();
  await browse("ana");
  const { text } = await (await browse("ben")).get("/people");
  match(text, /Ana Ruiz.*Fulfillment Partner Operations.*Active.*Signed in <time[^>]*>today/s);
  match(text, /Dev Anand.*No role.*Active.*Never signed in/s);
  doesNotMatch(text, /Cleo Park/);
  await close();
});

Deno.test("deactivating asks first, then ends sign-in at once; reactivating undoes it", async () => {
  const { db, browse, close } = await startApp();
  const [ana, ben] = [await browse("ana"), await browse("ben")];
  match(
    (await ben.get(path("ana"))).text,
    /All mail to ana@meridian-post\.example.*stops at once/s,
  );
  equal((await ana.get("/")).status, 200);

  const done = await ben.post(`${path("ana")}?_method=PUT`);
  equal(done.status, 303);
  match((await ben.get(done.headers.get("location")!)).text, /Deactivated: Ana Ruiz/);
  equal((await ana.get("/")).status, 303);
  equal(await findActiveUser(db, "ana"), null);

  const undone = await ben.post(`${path("ana")}?_method=DELETE`);
  match((await ben.get(undone.headers.get("location")!)).text, /Reactivated: Ana Ruiz/);
  equal((await findActiveUser(db, "ana"))?.name, "Ana Ruiz");
  await close();
});

Deno.test("nobody deactivates themself", async () => {
  const { browse, close } = await startApp();
  const ben = await browse("ben");
  equal((await ben.get(path("ben"))).status, 403);
  equal((await ben.post(`${path("ben")}?_method=PUT`)).status, 403);
  equal((await ben.get("/")).status, 200);
  await close();
});

Deno.test("who is no admin manages nobody", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  for (
    const { status } of [
      await ana.get("/people"),
      await ana.get(path("ben")),
      await ana.post(`${path("ben")}?_method=PUT`),
      await ana.post(`${path("ben")}?_method=DELETE`),
    ]
  ) equal(status, 403);
  equal((await findActiveUser(db, "ben"))?.id, "ben");
  await close();
});

Deno.test("people of another account, and people who never were, cannot be found", async () => {
  const { db, browse, close } = await startApp();
  await createSession(db, "cleo", start);
  const ben = await browse("ben");
  for (const id of ["cleo", "nobody"]) {
    equal((await ben.get(path(id))).status, 404, id);
    equal((await ben.post(`${path(id)}?_method=PUT`)).status, 404, id);
    equal((await ben.post(`${path(id)}?_method=DELETE`)).status, 404, id);
  }
  equal((await findActiveUser(db, "cleo"))?.id, "cleo");
  await close();
});

Deno.test("the admins see which deadline types reach nobody, and who could hear", async () => {
  const { db, browse, close } = await startApp();
  const ben = await browse("ben");
  match((await ben.get("/people")).text, /Every deadline type reaches somebody\./);

  const { notifications } = await loadNotifications(db, "ana");
  const critical = notifications.find(({ type }) => type === "source-request.critical")!;
  await muteNotification(db, "ana", critical.id, start);
  const { text } = await ben.get("/people");
  match(text, /Nobody at Meridian Post hears about: Request Critical</);
  match(text, /Who could: Ana Ruiz \(muted it\)/);
  doesNotMatch(text, /Every deadline type/);
  await close();
});

Deno.test("before the last who hears is deactivated, the page says what nobody would hear about", async () => {
  const { browse, close } = await startApp();
  const ben = await browse("ben");
  match(
    (await ben.get(path("ana"))).text,
    /Ana Ruiz is the last at Meridian Post who hears about Inspection Failed, Redelivery Requested, /,
  );
  doesNotMatch((await ben.get(path("dev"))).text, /is the last/);
  await close();
});
