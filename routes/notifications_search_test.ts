import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { setRoles } from "../db/roles.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";
import type { Condition } from "../domain/conditions.ts";

const languages = ["ko", "fr", "de", "es", "it", "ja", "pl"];
const inLanguages: Condition = { field: "language", op: "any", values: languages };

/** What is marked in a page, in its order. */
function marked(html: string): string[] {
  return [...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, text]) => text!);
}

function count(html: string): number {
  return html.split("<li id=").length - 1;
}

Deno.test("what was searched for is marked in the sentence, the state and the kind", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  await ana.htmx("PUT", `/notifications/${id}/mute`);
  const { text } = await ana.get("/notifications?q=brand+custom+mut+redelvery+type");
  equal(count(text), 1);
  deepEqual(marked(text), ["Redelivery", "type", "Brand", "Mut", "Custom"]);
  match(text, /<span class="value"[^>]*><mark>Brand<\/mark>ed<\/span>/);
  await close();
});

Deno.test("what a row does not spell out is marked where it stands", async () => {
  const { browse, create, close } = await startApp();
  await create("ana", { conditions: [inLanguages] });
  await create("ana", {
    conditions: [{ field: "source_type", op: "any", values: ["video-and-audio"] }],
  });
  const ana = await browse("ana");
  const others = (await ana.get("/notifications?q=polish")).text;
  deepEqual(marked(others), ["3 others"]);
  deepEqual(marked((await ana.get("/notifications?q=imf")).text), ["Video &amp; Audio"]);
  await close();
});

Deno.test("a title that is asked for by its id is found by the name that it was given last", async () => {
  const { db, browse, create, close } = await startApp();
  await create("ana", { conditions: [{ field: "title", op: "any", values: ["81234567"] }] });
  const ana = await browse("ana");
  const found = async (query: string) => count((await ana.get(`/notifications?q=${query}`)).text);
  const named = (name: string, type: string) => {
    const data = { accounts: ["meridian-post"], title: { id: "81234567", name } };
    return appendEvents(db, [event({ id: name, subject: name, type, data })], start);
  };
  await named("Harbour", "source-request.processed");
  equal(await found("harbour"), 1);
  // Earlier in the catalogue, later in the log.
  await named("Lighthouse", "source-request.created");
  deepEqual([await found("lighthouse"), await found("harbour")], [1, 0]);
  await close();
});

Deno.test("marks are made of text, never of markup", async () => {
  const { browse, create, close } = await startApp();
  await create("ana", {
    conditions: [{ field: "title", op: "any", values: ["<b>amp</b> & <i>lt</i>"] }],
  });
  const ana = await browse("ana");
  deepEqual(marked((await ana.get("/notifications?q=%3Cb%3Eamp")).text), ["&lt;b&gt;amp"]);
  deepEqual(marked((await ana.get("/notifications?q=amp+lt")).text), ["amp", "lt"]);
  doesNotMatch((await ana.get("/notifications?q=%3Cb%3E")).text, /<b>/);
  await close();
});

Deno.test("a query of 10,000 characters is answered, with what counted of it", async () => {
  const { browse, create, close } = await startApp();
  await create("ana");
  const ana = await browse("ana");
  for (const letters of ["x".repeat(10_000), "é ".repeat(5_000), '"('.repeat(5_000)]) {
    const path = `/notifications?q=${encodeURIComponent(`branded ${letters}`)}`;
    const { status, text } = await ana.get(path);
    equal(status, 200);
    match(text, /\d+ of \d+\. Only the first 200 characters were searched for\./);
    ok(text.length < 100_000);
    equal((await ana.htmx("GET", path, undefined, { to: "list" })).status, 200);
  }
  await close();
});

Deno.test("what is not found can be created, as far as it was understood", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const { text } = await ana.get("/notifications?q=redelivery+branded+weekly");
  match(text, />Create “Redelivery Requested where content type is Branded, daily”</);
  const path = text.match(/href="(\/notifications\/new\?q=[^"]+)"/)![1]!;
  const window = (await ana.get(path)).text;
  match(window, /<option value="source-request.redelivery-requested" selected/);
  match(window, /value="branded"[^>]* checked/);
  match(window, /<option value="daily" selected/);
  equal((await ana.get("/notifications/new?q=zebra")).status, 200);
  await close();
});

Deno.test("only what one's roles show is offered", async () => {
  const { db, browse, close } = await startApp();
  await setRoles(db, "ana", [], start);
  const { text } = await (await browse("ana")).get("/notifications?q=redelivery");
  match(text, /Nothing matches/);
  doesNotMatch(text, /new\?q=/);
  await close();
});

Deno.test("a search sees at once what was changed since the last one", async () => {
  const { db, browse, create, close } = await startApp();
  const ana = await browse("ana");
  equal(count((await ana.get("/notifications?q=branded")).text), 0);
  const id = await create("ana");
  equal(count((await ana.get("/notifications?q=branded")).text), 1);
  equal(count((await ana.get("/notifications?q=branded+muted")).text), 0);
  await ana.htmx("PUT", `/notifications/${id}/mute`);
  equal(count((await ana.get("/notifications?q=branded+muted")).text), 1);
  await setRoles(db, "ana", [], start);
  equal(count((await ana.get("/notifications?q=branded+needs+role")).text), 1);
  await close();
});
