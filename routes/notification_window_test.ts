import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { findNotification } from "../db/notifications.ts";
import { loadNotifications } from "../db/panel.ts";
import { setRoles } from "../db/roles.ts";
import { branded, start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";

/** The form as the window sends it for what `branded` asks. */
const form = {
  type: branded.type,
  frequency: "daily",
  "op.content_type": "any",
  "where.content_type": "branded",
};
const inWindow = { from: "window-form", to: "window-form" };

async function customOf({ db }: Awaited<ReturnType<typeof startApp>>) {
  const { notifications } = await loadNotifications(db, "ana");
  return notifications.filter(({ kind }) => kind === "custom");
}

Deno.test("the window offers only event types that the roles show", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const { text } = await ana.htmx("GET", "/notifications/new", undefined, { to: "window" });
  match(text, /^<dialog [^>]*aria-labelledby="window-heading"/);
  match(text, /<option value="source-request.inspection-failed"/);
  doesNotMatch(text, /<option value="qc.task-assigned"|delivery-estimate-changed/);
  await close();
});

Deno.test("without JavaScript the window is open on top of the complete page", async () => {
  const { browse, close } = await startApp();
  const { text } = await (await browse("ana")).get(
    "/notifications/new?type=source-request.critical",
  );
  match(text, /<dialog [^>]*open/);
  match(text, /Email notification settings/);
  match(text, /<noscript>.*formaction="\/notifications\/draft"/s);
  const frequencies = text.split('name="frequency"')[1]!.split("</select>")[0]!;
  deepEqual([...frequencies.matchAll(/value="(\w+)"/g)].map(([, value]) => value), [
    "immediately",
    "hourly",
  ]);
  await close();
});

Deno.test("another event type keeps what was chosen where it still applies", async () => {
  const { browse, close } = await startApp();
  const { text } = await (await browse("ana")).htmx("POST", "/notifications/draft", {
    ...form,
    type: "source-request.critical",
    "where.source_type": ["imf", "video-and-audio"],
    "where.reason": "audio-sync",
    "op.due": "within",
    "where.due": "3",
  });
  match(text, /hx-target="#where".*hx-target="#frequency-field"/s);
  match(text, /value="branded" checked/);
  match(text, /name="where.due"[^>]*value="3"/);
  doesNotMatch(text, /where.reason|value="daily"/);
  match(text, /value="hourly" selected/);
  await close();
});

Deno.test("the small button without JavaScript shows the same in a complete page, and saves nothing", async () => {
  const app = await startApp();
  const { status, text } = await (await app.browse("ana")).post("/notifications/draft", form);
  equal(status, 200);
  match(text, /<dialog [^>]*open.*value="branded" checked/s);
  deepEqual(await customOf(app), []);
  await app.close();
});

Deno.test("saving creates, closes the window, and shows the new one highlighted with a message", async () => {
  const app = await startApp();
  const ana = await app.browse("ana");
  const { status, text, headers } = await ana.htmx("POST", "/notifications", {
    ...form,
    "where.content_type": ["licensed", "branded"],
    "where.title": "Harbour Lights\r\n\r\n  The Salt Horizon ",
  }, inWindow);
  equal(status, 200);
  const [created] = await customOf(app);
  deepEqual(created!.conditions, [
    { field: "content_type", op: "any", values: ["branded", "licensed"] },
    { field: "title", op: "any", values: ["Harbour Lights", "The Salt Horizon"] },
  ]);
  equal(headers.get("hx-replace-url"), `/notifications/${created!.id}`);
  match(text, new RegExp(`id="notification-${created!.id}"[^>]*aria-current="true"`));
  match(text, /<hx-partial hx-target="#window" hx-swap="innerHTML"><\/hx-partial>/);
  match(
    text,
    /hx-target="#status".*Saved: Redelivery Requested where content type is Branded or /s,
  );
  await app.close();
});

Deno.test("saving without JavaScript leads to the new one", async () => {
  const app = await startApp();
  const ana = await app.browse("ana");
  const { status, headers } = await ana.post("/notifications", form);
  equal(status, 303);
  const [created] = await customOf(app);
  const { text } = await ana.get(headers.get("location")!);
  match(text, new RegExp(`id="notification-${created!.id}"[^>]*aria-current="true"`));
  match(text, /role="status">.*Saved: Redelivery Requested where content type is Branded, daily/s);
  await app.close();
});

Deno.test("the same form posted twice creates one, and the second answer leads to it", async () => {
  const app = await startApp();
  const ana = await app.browse("ana");
  await ana.post("/notifications", form);
  const [created] = await customOf(app);
  const answers = [
    await ana.post("/notifications", form),
    await ana.htmx("POST", "/notifications", form, inWindow),
  ];
  for (const { status, text } of answers) {
    equal(status, 409);
    match(text, /role="alert".*already exists/s);
    ok(text.includes(`href="/notifications/${created!.id}"`));
    match(text, /value="branded" checked/);
  }
  equal((await customOf(app)).length, 1);
  await app.close();
});

Deno.test("asking what a Default one asks already says so", async () => {
  const { browse, close } = await startApp();
  const { status, text } = await (await browse("ana")).post("/notifications", {
    type: "source-request.critical",
    frequency: "immediately",
  });
  equal(status, 409);
  match(text, /already exists/);
  await close();
});

Deno.test("what cannot be saved comes back beside its field, with everything that was typed", async () => {
  const app = await startApp();
  const ana = await app.browse("ana");
  const cases: [string, Record<string, string>, RegExp][] = [
    ["no event type", { type: "" }, /id="problem-type"[^>]*>Choose what you want/],
    ["an unknown event type", { type: "source-request.lost" }, /id="problem-type"/],
    ["a type that the roles hide", { type: "qc.task-assigned" }, /Your roles do not show QC Task/],
    [
      "a frequency that the type does not offer",
      { frequency: "weekly" },
      /id="problem-frequency"[^>]*>Redelivery Requested cannot come weekly/,
    ],
    ["no frequency", { frequency: "" }, /id="problem-frequency"/],
    [
      "a date that is none",
      { "op.due": "before", "where.due": "soon" },
      /id="problem-due"[^>]*>Write the date[^<]*soon.*value="soon"/s,
    ],
    ["an unknown value", { "where.content_type": "pirated" }, /id="problem-content_type"/],
    ["an unknown operator", { "op.content_type": "like" }, /cannot be read/],
    ["a field of another type", { "where.result": "fail" }, /has no field &quot;result&quot;/],
    ["a field that is none", { "where.__proto__": "x" }, /has no field/],
  ];
  for (const [what, change, expected] of cases) {
    const { status, text } = await ana.htmx(
      "POST",
      "/notifications",
      { ...form, ...change },
      inWindow,
    );
    equal(status, 422, what);
    match(text, /^<form id="window-form".*role="alert"/s, what);
    match(text, expected, what);
    const plain = await ana.post("/notifications", { ...form, ...change });
    equal(plain.status, 422, what);
    match(plain.text, /<dialog [^>]*open/, what);
  }
  deepEqual(await customOf(app), []);
  await app.close();
});

Deno.test("the first problem has the focus", async () => {
  const { browse, close } = await startApp();
  const { text } = await (await browse("ana")).htmx("POST", "/notifications", {
    ...form,
    "op.due": "before",
    "where.due": "soon",
    frequency: "weekly",
  }, inWindow);
  match(text, /name="where.due"[^>]*aria-invalid="true"[^>]*autofocus/);
  equal(text.split("autofocus").length - 1, 1);
  match(text, /2 things need another look/);
  await close();
});

Deno.test("duplicating fills the window in, from a Custom or a Default one", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const ana = await app.browse("ana");
  const custom = await ana.htmx("GET", `/notifications/new?from=${id}`);
  match(custom.text, /value="source-request.redelivery-requested" selected/);
  match(custom.text, /value="branded" checked/);
  match(custom.text, /value="daily" selected/);
  match(custom.text, /hx-post="\/notifications"/);
  const { notifications } = await loadNotifications(app.db, "ana");
  const byDefault = notifications.find(({ kind }) => kind === "default")!;
  const copy = await ana.htmx("GET", `/notifications/new?from=${byDefault.id}`);
  ok(copy.text.includes(`value="${byDefault.type}" selected`));
  await app.close();
});

Deno.test("editing changes the one that was opened, and counts its versions", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const ana = await app.browse("ana");
  const { text } = await ana.htmx("GET", `/notifications/${id}/edit`);
  match(text, new RegExp(`hx-put="/notifications/${id}"`));
  match(text, /name="version" value="1"/);
  const saved = await ana.htmx("PUT", `/notifications/${id}`, {
    ...form,
    edited: String(id),
    version: "1",
    "op.content_type": "none",
    frequency: "hourly",
  }, inWindow);
  equal(saved.status, 200);
  const changed = await findNotification(app.db, "ana", id);
  deepEqual([changed.frequency, changed.version, changed.conditions], ["hourly", 2, [
    { field: "content_type", op: "none", values: ["branded"] },
  ]]);
  await app.close();
});

Deno.test("a change made elsewhere meanwhile is not overwritten, and what was typed stays", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const ana = await app.browse("ana");
  const edit = { ...form, edited: String(id), version: "1" };
  await ana.post(`/notifications/${id}?_method=PUT`, { ...edit, frequency: "hourly" });
  const late = await ana.htmx("PUT", `/notifications/${id}`, {
    ...edit,
    "where.movie_id": "81234567",
  }, inWindow);
  equal(late.status, 409);
  match(late.text, /role="alert".*changed in another window meanwhile.*81234567/s);
  ok(late.text.includes(`hx-get="/notifications/${id}/edit"`));
  equal((await findNotification(app.db, "ana", id)).frequency, "hourly");
  await app.close();
});

Deno.test("a Default notification cannot be edited, even by its address", async () => {
  const app = await startApp();
  const { notifications } = await loadNotifications(app.db, "ana");
  const { id } = notifications.find(({ kind }) => kind === "default")!;
  const ana = await app.browse("ana");
  equal((await ana.get(`/notifications/${id}/edit`)).status, 403);
  const put = await ana.post(`/notifications/${id}?_method=PUT`, { ...form, version: "1" });
  equal(put.status, 403);
  await app.close();
});

Deno.test("another person's notification can be neither opened, copied nor changed", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("cleo");
  const ana = await browse("ana");
  equal((await ana.get(`/notifications/${id}/edit`)).status, 404);
  equal((await ana.get(`/notifications/new?from=${id}`)).status, 404);
  const put = await ana.post(`/notifications/${id}?_method=PUT`, { ...form, version: "1" });
  equal(put.status, 404);
  await close();
});

Deno.test("one that needs a lost role opens, but cannot be saved as it is", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  await setRoles(db, "ana", [], start);
  const ana = await browse("ana");
  const { status, text } = await ana.get(`/notifications/${id}/edit`);
  equal(status, 200);
  match(text, /Redelivery Requested/);
  const put = await ana.post(`/notifications/${id}?_method=PUT`, { ...form, version: "1" });
  equal(put.status, 422);
  match(put.text, /Your roles do not show Redelivery Requested/);
  await close();
});

const cleos = "petrel-and-finch";

/** Ana's account was told of these titles and languages lately, in this and in another kind of event. */
async function withTitles() {
  const app = await startApp();
  const told = (id: string, type: string, data: Record<string, unknown>) => ({
    ...event({ id, subject: "SR-1", type, data: { accounts: ["meridian-post"], ...data } }),
    time: start - 86_400_000,
  });
  const lights = { id: "81", name: "Harbour Lights" };
  const cafe = { id: "82", name: "Café Harbour" };
  await appendEvents(app.db, [
    told("1", branded.type, { title: lights, language: "ko", content_type: "branded" }),
    told("2", branded.type, { title: lights, language: "pt-BR", content_type: "branded" }),
    told("3", "source-request.accepted", { title: cafe }),
    told("4", "qc.task-assigned", { title: { id: "83", name: "Harbour of QC" } }),
    { ...told("5", branded.type, { title: { id: "84", name: "Elsewhere" } }), accounts: [cleos] },
  ], start);
  return app;
}
Deno.test("the window counts what each choice would have matched lately, beside its label", async () => {
  const { browse, close } = await withTitles();
  const { text } = await (await browse("ana")).htmx(
    "GET",
    `/notifications/new?type=${branded.type}`,
  );
  match(text, /value="branded"[^>]*>.{0,30}Branded<\/span><\/label><span class="count">2</);
  match(text, /Portuguese<\/span><\/label><span class="count">1</);
  doesNotMatch(text, /Elsewhere/);
  await close();
});

Deno.test("languages and territories stand in the language of the reader's browser", async () => {
  const { browse, close } = await withTitles();
  const ana = await browse("ana");
  const path = `/notifications/new?type=${branded.type}`;
  const german = await ana.get(path, { "accept-language": "xx, de;q=0.9, en;q=0.5" });
  match(german.text, /lang="de" data-open[^>]*>.{0,300}Koreanisch/s);
  match(german.text, /data-also="Korean 한국어"/);
  match(german.text, /Vereinigte Staaten/);
  match((await ana.get(path)).text, /lang="en" data-open/);
  match((await ana.get(path, { "accept-language": ";;q=,," })).text, /lang="en" data-open/);
  await close();
});

Deno.test("POST /notifications/titles finds titles of any event that the roles show, and keeps the chosen apart", async () => {
  const { browse, close } = await withTitles();
  const ana = await browse("ana");
  const find = (query: string, more = {}) =>
    ana.htmx("POST", "/notifications/titles", { ...form, find: query, ...more });
  const { status, text } = await find("HARBOUR");
  equal(status, 200);
  match(text, /value="81\tHarbour Lights".*value="82\tCafé Harbour"/s);
  match(text, /hx-target="#said-of-titles"[^>]*>2 titles found/);
  doesNotMatch(text, /Harbour of QC|Elsewhere/);
  match((await find("cafe 82")).text, /Café Harbour.*1 title found/s);
  match((await find("zebra")).text, /No other title of the last 90 days matches/);
  const rest = await find("harbour", { "where.title": "81\tHarbour Lights" });
  doesNotMatch(rest.text, /Harbour Lights/);
  const typeless = await ana.htmx("POST", "/notifications/titles", { find: "harbour" });
  equal(typeless.status, 404);
  await close();
});

Deno.test("without JavaScript titles are found in the complete page, what was chosen on top", async () => {
  const { browse, close } = await withTitles();
  const { text } = await (await browse("ana")).post("/notifications/titles", {
    ...form,
    find: "harbour",
    "where.title": "81\tHarbour Lights",
  });
  match(text, /<dialog [^>]*open/);
  match(text, /data-kept[^>]*>.{0,200}value="81\tHarbour Lights" checked/s);
  match(text, /id="found-titles".{0,300}value="82\tCafé Harbour"/s);
  match(text, /name="find" value="harbour"/);
  await close();
});

Deno.test("a title chosen from the list is asked for by its id, and called by its name", async () => {
  const app = await withTitles();
  const ana = await app.browse("ana");
  await ana.post("/notifications", { ...form, "where.title": "81\tHarbour Lights" });
  const [created] = await customOf(app);
  match((await ana.get(`/notifications/${created!.id}`)).text, /title is .{0,40}Harbour Lights/);
  const renamed = { ...form, "where.title": "81\tHarbour Lights (Restored)" };
  equal((await ana.post("/notifications", renamed)).status, 409);
  await app.close();
});
