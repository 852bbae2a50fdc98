import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { findNotification } from "../db/notifications.ts";
import { branded, startApp } from "../e2e/app.ts";

// Forms that no window of today would send: stale, hand-made, or far too long.

const form = { type: branded.type, frequency: "daily" };
const inWindow = { from: "window-form", to: "window-form" };

/** A notification as it was stored before the catalogue changed. */
async function stale(columns: { type?: string; frequency?: string; conditions?: unknown }) {
  const app = await startApp();
  const id = await app.create("ana");
  const { type = branded.type, frequency = "daily", conditions = [] } = columns;
  await app.db.run(sql`
    UPDATE notifications SET type = ${type}, frequency = ${frequency},
      conditions = ${JSON.stringify(conditions)} WHERE id = ${id}`);
  return { ...app, id, ana: await app.browse("ana") };
}

const red = { field: "colour", op: "any", values: ["red", "blue"] };
const lostForm = {
  ...form,
  shown: branded.type,
  "op.colour": "any",
  "where.colour": "red\nblue",
};

Deno.test("a condition whose field left the catalogue is shown, explained, and can be taken out", async () => {
  const { db, id, ana, close } = await stale({ conditions: [red] });
  const opened = await ana.get(`/notifications/${id}/edit`);
  equal(opened.status, 200);
  match(opened.text, /name="where.colour" value="red\nblue" checked/);
  match(opened.text, /No event has this field any more.*Untick it/s);

  const edit = { ...lostForm, edited: `${id}`, version: "1" };
  const kept = await ana.htmx("PUT", `/notifications/${id}`, edit, inWindow);
  equal(kept.status, 422);
  match(kept.text, /href="#field-colour">Redelivery Requested has no field &quot;colour&quot;/);
  match(kept.text, /id="field-colour"[^>]*name="where.colour"[^>]*aria-invalid="true"/);

  const { "where.colour": _, ...without } = edit;
  equal((await ana.htmx("PUT", `/notifications/${id}`, without, inWindow)).status, 200);
  deepEqual((await findNotification(db, "ana", id)).conditions, []);
  await close();
});

Deno.test("the small buttons without JavaScript lose nothing that left the catalogue", async () => {
  const { ana, close } = await stale({});
  for (const path of ["draft", "forecast", "titles"]) {
    const { status, text } = await ana.post(`/notifications/${path}`, lostForm);
    equal(status, 200, path);
    match(text, /name="where.colour" value="red\nblue" checked/, path);
  }
  await close();
});

Deno.test("a value that left the catalogue is shown among the others, and is not saved again", async () => {
  const conditions = [{ field: "content_type", op: "any", values: ["branded", "pirated"] }];
  const { id, ana, close } = await stale({ conditions });
  const { text } = await ana.get(`/notifications/${id}/edit`);
  match(text, /value="pirated" checked[^>]*>.{0,40}pirated \(no longer offered\)/);
  const saved = await ana.post(`/notifications/${id}?_method=PUT`, {
    ...form,
    version: "1",
    "where.content_type": ["branded", "pirated"],
  });
  equal(saved.status, 422);
  match(saved.text, /Content type has no value &quot;pirated&quot;/);
  match(saved.text, /value="pirated" checked/);
  await close();
});

Deno.test("an event type that left the catalogue opens with everything that was asked of it", async () => {
  const { id, ana, close } = await stale({ type: "left.the-catalogue", conditions: [red] });
  const { status, text } = await ana.get(`/notifications/${id}/edit`);
  equal(status, 200);
  match(text, /<option value="left.the-catalogue" selected/);
  match(text, /This event does not happen any more/);
  match(text, /name="where.colour"/);
  const saved = await ana.post(`/notifications/${id}?_method=PUT`, {
    ...lostForm,
    type: "left.the-catalogue",
    version: "1",
  });
  equal(saved.status, 422);
  match(saved.text, /&quot;left.the-catalogue&quot; does not happen any more/);
  await close();
});

Deno.test("a frequency that is no longer offered stays chosen until another one is", async () => {
  const { id, ana, close } = await stale({ frequency: "weekly" });
  const { text } = await ana.get(`/notifications/${id}/edit`);
  match(text, /<option value="weekly" selected[^>]*>Weekly \(not offered any more\)/);
  await close();
});

Deno.test("two conditions on one field are both shown, and both saved again", async () => {
  const conditions = [
    { field: "language", op: "any", values: ["pt"] },
    { field: "language", op: "none", values: ["pt-BR"] },
  ];
  const { db, id, ana, close } = await stale({ conditions });
  const { text } = await ana.get(`/notifications/${id}/edit`);
  match(text, /name="where.language" value="pt" checked/);
  match(text, /name="where.language.none" value="pt-BR" checked/);
  const saved = await ana.post(`/notifications/${id}?_method=PUT`, {
    ...form,
    edited: `${id}`,
    version: "1",
    "op.language": "any",
    "where.language": "pt",
    "op.language.none": "none",
    "where.language.none": "pt-BR",
  });
  equal(saved.status, 303);
  deepEqual((await findNotification(db, "ana", id)).conditions, conditions);
  await close();
});

Deno.test("5,000 values of one condition come back as they were typed, with the limit beside them", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const values = Array.from({ length: 5_000 }, (_, index) => `${81_000_000 + index}`);
  const typed = { ...form, "where.movie_id": values.join("\r\n") };
  const { status, text } = await ana.htmx("POST", "/notifications", typed, inWindow);
  equal(status, 422);
  match(text, /id="problem-movie_id"[^>]*>Choose at most 200 values for movie id; these are 5,000/);
  ok(text.includes(values.join("\n")), "what was typed is gone");
  match(text, /81000004 and 4,995 more</);

  const forecast = await ana.htmx("POST", "/notifications/forecast", typed);
  equal(forecast.status, 200);
  match(forecast.text, /Choose at most 200 values for movie id/);
  const ticked = { ...form, "op.title": "any", "where.title": values };
  equal((await ana.post("/notifications", ticked)).status, 422);
  await close();
});

Deno.test("a form that is too large for the server says so in the window, which keeps what was typed", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const huge = { ...form, "where.movie_id": "81234567\n".repeat(40_000) };
  const { status, text } = await ana.htmx("POST", "/notifications", huge, inWindow);
  equal(status, 413);
  match(text, /^<hx-partial hx-target="#alerts".*This is more than the form can take/s);
  doesNotMatch(text, /81234567/);
  const plain = await ana.post("/notifications", huge);
  equal(plain.status, 413);
  match(plain.text, /Too large/);
  await close();
});
