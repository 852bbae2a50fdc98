import { doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { loadNotifications } from "../db/panel.ts";
import { setRoles } from "../db/roles.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";

/** The markup of the list item with that id, or undefined. */
function rowIn(html: string, id: number): string | undefined {
  return html.split(`<li id="notification-${id}"`)[1]?.split("</li>")[0];
}

async function defaultOf({ db }: Awaited<ReturnType<typeof startApp>>, type: string) {
  const { notifications } = await loadNotifications(db, "ana");
  return notifications.find((each) => each.kind === "default" && each.type === type)!.id;
}

const critical = "source-request.critical";

Deno.test("the list groups by frequency, and says when the next email comes", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const { text } = await (await browse("ana")).get("/notifications");
  const [, immediately, hourly, daily, weekly] = text.split("<h2 ");
  match(immediately!, />Immediately<.*As it happens/s);
  match(hourly!, />Hourly<.*Next: .*>Today 11:00, Madrid</s);
  match(daily!, />Daily<.*Next: .*>Tomorrow 08:00, Madrid</s);
  match(weekly!, />Weekly<.*Nothing comes weekly/s);
  const row = rowIn(daily!, id)!;
  match(row, /^ class="row" aria-label="Redelivery Requested"/);
  match(row, /where content type is <span class="value" ?>Branded</);
  match(row, />Custom</);
  await close();
});

Deno.test("a Default notification offers neither Edit nor Delete, a Custom one both", async () => {
  const app = await startApp();
  const custom = await app.create("ana");
  const byDefault = await defaultOf(app, critical);
  const { text } = await (await app.browse("ana")).get("/notifications");
  for (const action of ["Duplicate", "Mute"]) {
    ok(rowIn(text, custom)!.includes(`>${action}<`));
    ok(rowIn(text, byDefault)!.includes(`>${action}<`));
  }
  for (const action of ["Edit", "Delete"]) {
    ok(rowIn(text, custom)!.includes(`>${action}<`));
    ok(!rowIn(text, byDefault)!.includes(`>${action}<`));
  }
  await app.close();
});

Deno.test("the list shows only one's own notifications", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("cleo");
  const ana = await browse("ana");
  equal(rowIn((await ana.get("/notifications")).text, id), undefined);
  equal((await ana.get(`/notifications/${id}`)).status, 404);
  await close();
});

Deno.test("searching narrows the list to what holds every word", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const { text } = await ana.get("/notifications?q=branded+DAILY");
  ok(rowIn(text, id));
  equal(text.split("<li id=").length - 1, 1);
  match(text, /name="q" type="search" value="branded DAILY"/);
  doesNotMatch(text, /id="group-weekly"/);
  const none = await ana.get("/notifications?q=zebra");
  match(none.text, /Nothing matches “zebra”.*Clear search.*Create a notification/s);
  match((await ana.get("/notifications?q=%3Cscript%3E")).text, /“&lt;script&gt;”/);
  await close();
});

Deno.test("searching live swaps the list and nothing else", async () => {
  const { browse, close } = await startApp();
  const { text } = await (await browse("ana")).htmx("GET", "/notifications?q=daily", undefined, {
    to: "list",
  });
  match(text, /^<div id="list"[^>]*>.*hx-target="#list-count"[^>]*>\d+ of \d+</s);
  doesNotMatch(text, /<html|Create Notifications/);
  await close();
});

Deno.test("a page that has the whole list as it is now is told what was found, and no more", async () => {
  const { db, browse, create, clock, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const editionIn = (html: string) => /data-edition="([^"]*)"/.exec(html)?.[1];
  const held = editionIn((await ana.get("/notifications")).text)!;
  const search = async (query: string) => {
    const headers = { "hx-request": "true", "hx-target": "div#list", "x-edition": held };
    return (await ana.get(`/notifications?q=${query}`, headers)).text;
  };
  const found = await search("custom");
  match(found, new RegExp(`data-ids="${id}" data-marks="custom".*>1 of \\d+<`, "s"));
  doesNotMatch(found, /<li|id="list"/);
  doesNotMatch(await search(""), /data-ids|<li/);
  match(await search("nothing+like+it"), /Nothing matches/);
  equal(editionIn((await ana.get("/notifications?q=custom")).text), undefined);

  // Whatever a row shows may have changed: a colleague, an event, the day.
  const changes = [
    () => setRoles(db, "ben", ["fulfillment-partner-operations"], clock.now),
    () =>
      appendEvents(
        db,
        [event({ id: "1", subject: "SR-1", type: "material.received", data: {} })],
        clock.now,
      ),
    () => Promise.resolve(clock.now += 24 * 3_600_000),
  ];
  let last = held;
  for (const change of changes) {
    await change();
    const now = editionIn((await ana.get("/notifications")).text)!;
    notEqual(now, last);
    last = now;
  }
  match(await search("custom"), /<li/);
  await close();
});

Deno.test("who has none of their own is told what would be there", async () => {
  const { browse, create, close } = await startApp();
  const ana = await browse("ana");
  match((await ana.get("/notifications")).text, /No notification of your own yet/);
  await create("ana");
  doesNotMatch((await ana.get("/notifications")).text, /No notification of your own yet/);
  await close();
});

Deno.test("GET /notifications/:id highlights that one", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const { text } = await ana.get(`/notifications/${id}`);
  match(rowIn(text, id)!, /aria-current="true"/);
  equal(text.split('aria-current="true"').length - 1, 1);
  await close();
});

Deno.test("a deleted notification, and one that never was, get a page that says so", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  await ana.post(`/notifications/${id}?_method=DELETE`);
  for (const path of [`/notifications/${id}`, "/notifications/999"]) {
    const page = await ana.get(path);
    equal(page.status, 404, path);
    match(page.text, /it was deleted, or never existed/);
  }
  for (const path of ["/notifications/twelve", "/notifications/99999999999999999999"]) {
    equal((await ana.get(path)).status, 404, path);
  }
  await close();
});

Deno.test("PUT /notifications/:id/mute keeps it muted when pressed twice, and DELETE lets it speak", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  for (let press = 0; press < 2; press += 1) {
    const { status, text } = await ana.htmx("PUT", `/notifications/${id}/mute`);
    equal(status, 200);
    match(rowIn(text, id)!, />Muted<.*>Unmute</s);
    match(text, /hx-target="#status".*Muted: Redelivery Requested .*Undo/s);
  }
  match(rowIn((await ana.get("/notifications?q=muted")).text, id)!, />Muted</);
  const { text } = await ana.htmx("DELETE", `/notifications/${id}/mute`);
  doesNotMatch(rowIn(text, id)!, />Muted</);
  await close();
});

Deno.test("muting without JavaScript comes back to the row, with a message", async () => {
  const app = await startApp();
  const id = await defaultOf(app, critical);
  const ana = await app.browse("ana");
  const { status, headers } = await ana.post(`/notifications/${id}/mute?_method=PUT`);
  equal(status, 303);
  const { text } = await ana.get(headers.get("location")!);
  match(text, /role="status">.*Muted: Request Critical, immediately/s);
  match(rowIn(text, id)!, />Muted</);
  await app.close();
});

Deno.test("DELETE /notifications/:id takes it off the list, and offers the way back", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const { text } = await ana.htmx("DELETE", `/notifications/${id}`);
  equal(rowIn(text, id), undefined);
  match(text, /Deleted: Redelivery Requested where content type is Branded, daily/);
  match(text, /hx-put="\/notifications\/changes\/[0-9a-f-]{36}\/undo"/);
  equal((await ana.htmx("DELETE", `/notifications/${id}`)).status, 200);
  const { notifications } = await loadNotifications(db, "ana");
  ok(!notifications.some((each) => each.kind === "custom"));
  await close();
});

Deno.test("deleting within a search keeps the search", async () => {
  const { browse, create, close } = await startApp();
  const [first, second] = [await create("ana"), await create("ana", { frequency: "hourly" })];
  const { text } = await (await browse("ana")).htmx(
    "DELETE",
    `/notifications/${first}`,
    undefined,
    {
      page: "/notifications?q=branded",
    },
  );
  ok(rowIn(text, second));
  equal(text.split("<li id=").length - 1, 1);
  await close();
});

Deno.test("a message tells only of what its reader did", async () => {
  const { browse, create, close } = await startApp();
  const [ana, cleo] = [await browse("ana"), await browse("cleo")];
  const { headers } = await cleo.post(`/notifications/${await create("cleo")}?_method=DELETE`);
  const address = headers.get("location")!;
  match((await cleo.get(address)).text, /role="status"><div.*Deleted: Redelivery Requested/s);
  match((await ana.get(address)).text, /role="status"><\/div>/);
  match((await ana.get("/notifications?change=Call+this+number")).text, /role="status"><\/div>/);
  await close();
});

Deno.test("deleting without JavaScript says what was deleted", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const { status, headers } = await ana.post(`/notifications/${id}?_method=DELETE`);
  equal(status, 303);
  const { text } = await ana.get(headers.get("location")!);
  match(text, /role="status">.*Deleted: Redelivery Requested/s);
  await close();
});

Deno.test("a Default notification cannot be deleted, even by its address", async () => {
  const app = await startApp();
  const id = await defaultOf(app, critical);
  const ana = await app.browse("ana");
  const { status, text } = await ana.post(`/notifications/${id}?_method=DELETE`);
  equal(status, 403);
  match(text, /can only be muted/);
  equal((await ana.get(`/notifications/${id}`)).status, 200);
  await app.close();
});

Deno.test("nobody can do anything to another person's notification", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("cleo");
  const before = await loadNotifications(db, "cleo");
  for (const person of ["ana", "ben"] as const) {
    const other = await browse(person);
    for (const [method, path] of [["PUT", "/mute"], ["DELETE", "/mute"], ["DELETE", ""]] as const) {
      equal((await other.htmx(method, `/notifications/${id}${path}`)).status, 404, path);
      equal((await other.post(`/notifications/${id}${path}?_method=${method}`)).status, 404, path);
    }
  }
  equal(JSON.stringify(await loadNotifications(db, "cleo")), JSON.stringify(before));
  await close();
});

Deno.test("with a lost role Default ones go, and Custom ones stay and say why they are silent", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  await setRoles(db, "ana", [], start);
  const ana = await browse("ana");
  const { text } = await ana.get("/notifications");
  equal(text.split("<li id=").length - 1, 1);
  match(rowIn(text, id)!, /Needs a role that you no longer have/);
  ok(rowIn((await ana.get("/notifications?q=needs+role")).text, id));
  await close();
});

Deno.test("names of titles and addresses are text, never markup", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana", {
    conditions: [{ field: "title", op: "any", values: ["<img src=x onerror=alert(1)>"] }],
  });
  const { text } = await (await browse("ana")).get(`/notifications/${id}`);
  match(rowIn(text, id)!, /&lt;img src=x/);
  doesNotMatch(text, /<img/);
  await close();
});

Deno.test("the menu says beforehand which notification is the last of the account that hears of a deadline", async () => {
  const { browse, create, close } = await startApp();
  const ana = await browse("ana");
  const note = /You are the last at Meridian Post who hears about Redelivery Requested</g;
  const { text } = await ana.get("/notifications");
  equal(text.match(note)?.length, 1);
  match(text, /id="last-(\d+)"[^>]*>You are the last[^]*?aria-describedby="last-\1"[^>]*>\s*Mute/);
  doesNotMatch(text, /who hears about Source Delivered/);

  // With another one of the same type neither is the last any more.
  await create("ana", { type: "source-request.redelivery-requested" });
  doesNotMatch((await ana.get("/notifications")).text, note);
  doesNotMatch((await (await browse("ben")).get("/notifications")).text, /id="last-/);
  await close();
});

Deno.test("after the last one is muted the message says that nobody hears any more, with Undo", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  const { notifications } = await loadNotifications(db, "ana");
  const { id } = notifications.find(({ type }) => type === "source-request.critical")!;
  const muted = await ana.htmx("PUT", `/notifications/${id}/mute`);
  const silence =
    /Muted: Request Critical, immediately\. Nobody at Meridian Post hears about Request Critical now.*Undo/s;
  match(muted.text, silence);
  doesNotMatch(muted.text, /You are the last/);
  const unmuted = await ana.htmx("DELETE", `/notifications/${id}/mute`);
  match(unmuted.text, /You are the last at Meridian Post who hears about Request Critical/);
  doesNotMatch(unmuted.text, /Nobody at/);

  const plain = await ana.post(`/notifications/${id}/mute?_method=PUT`);
  match((await ana.get(plain.headers.get("location")!)).text, silence);
  await close();
});

Deno.test("muting one of two puts the note into the menu of the other at once", async () => {
  const { db, browse, create, close } = await startApp();
  const ana = await browse("ana");
  const type = "source-request.critical";
  const other = await create("ana", { type, conditions: [], frequency: "hourly" });
  const { notifications } = await loadNotifications(db, "ana");
  const { id } = notifications.find((each) => each.type === type && each.kind === "default")!;
  const { text, headers } = await ana.htmx("PUT", `/notifications/${id}/mute`);
  equal(headers.get("hx-retarget"), "#list");
  match(text, new RegExp(`id="last-${other}"`));
  doesNotMatch(text, /Nobody at/);
  await close();
});
