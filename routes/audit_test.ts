import { doesNotMatch, equal, match } from "node:assert/strict";
import { muteScope, signMute } from "../domain/links.ts";
import { startApp } from "../e2e/app.ts";

const operations = "fulfillment-partner-operations";

Deno.test("an admin sees who changed what in the account, and nobody else does", async () => {
  const { browse, create, close } = await startApp();
  const [ben, ana] = [await browse("ben"), await browse("ana")];
  match((await ben.get("/audit")).text, /Nothing yet/);
  await create("ana");
  await create("cleo", { frequency: "immediately" });
  await ben.post("/people/ana/roles?_method=PUT", { held: operations });
  await ben.post("/people/invitations", { people: "gil@meridian-post.example" });

  const { text } = await ben.get("/audit");
  match(
    text,
    /Ben Adler.*Roles changed.*Ana Ruiz.*Before: Fulfillment Partner Operations.*After: no role/s,
  );
  match(text, /Invited<\/strong>.*Gil.*After: gil@meridian-post\.example, no role/s);
  match(text, /After: Redelivery Requested where content type is Branded, daily/);
  doesNotMatch(text, /Cleo/);
  equal((await ana.get("/audit")).status, 403);
  equal((await ana.get("/audit/list.csv")).status, 403);
  await close();
});

Deno.test("what was muted from an email says that it came from there", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const token = await signMute("s".repeat(32), muteScope("ana", "immediately", [id]));
  await (await browse()).post(`/mute/${token}`);
  const ben = await browse("ben");
  const { text } = await ben.get("/audit?q=unsubscribe");
  match(text, /unsubscribe link.*Muted<\/strong>/s);
  doesNotMatch(text, /Created<\/strong>/);
  await close();
});

Deno.test("the log is searched, paged and exported", async () => {
  const { browse, create, close } = await startApp();
  const ben = await browse("ben");
  const title = (index: number) => ({ field: "title", op: "any" as const, values: [`=T${index}`] });
  for (let i = 0; i < 101; i += 1) await create("ana", { conditions: [title(i)] });
  const { text } = await ben.get("/audit");
  match(text, /=T100/);
  doesNotMatch(text, /=T0[^0-9]/);
  const older = /href="(\/audit\?[^"]*before=\d+)"/.exec(text)![1]!.replaceAll("&amp;", "&");
  match((await ben.get(older)).text, /=T0[^0-9]/);
  match((await ben.get("/audit?q=zebra")).text, /Nothing found/);

  const csv = await ben.get("/audit/list.csv?q=ana");
  match(csv.headers.get("content-type")!, /^text\/csv/);
  match(csv.text, /^\ufeffWhen,Account,Who,From,What,Of,Before,After\r\n2026-11-20T/);
  equal(csv.text.trim().split("\r\n").length, 102);
  await close();
});
