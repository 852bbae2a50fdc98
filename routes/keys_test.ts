import { deepEqual, doesNotMatch, equal, match, notEqual } from "node:assert/strict";
import { findApiKey } from "../db/api_keys.ts";
import { searchAudit } from "../db/audit_entries.ts";
import { listKeys } from "../db/keys.ts";
import { findScimKey } from "../db/scim_keys.ts";
import { startStudio } from "../e2e/studio.ts";

const attempt = "0192f0c1-2a3b-4c4d-8e5f-60718293a4b5";

function keyIn(text: string): string {
  return /id="key"[^>]*>([\w-]+)</.exec(text)![1]!;
}

Deno.test("a key for an upstream system is shown once, and the form sent twice makes one", async () => {
  const { browse, db, clock, close } = await startStudio();
  const ida = await browse("ida");
  match((await ida.get("/keys")).text, /No key yet/);
  match((await ida.get("/keys/new")).text, /name="attempt" value="[\w-]{36}"/);
  const form = { attempt, name: "backlot", purpose: "events", sources: "/backlot/\n/materials" };
  const made = await ida.post("/keys", form);
  const key = keyIn(made.text);
  match(key, /^cb_[\w-]{43}$/);
  match(made.text, /shown only now/);
  match(made.headers.get("cache-control") ?? "", /no-store/);
  equal(keyIn((await ida.post("/keys", form)).text), key);
  notEqual(keyIn((await ida.post("/keys", { ...form, name: "other" })).text), key);

  const found = await findApiKey(db, key, clock.now);
  deepEqual([found?.name, found?.sources, found?.perSecond], [
    ...["backlot", ["/backlot/", "/materials"], 1_000],
  ]);
  const { text } = await ida.get("/keys");
  match(text, /backlot.*Events from \/backlot\/, \/materials.*1,000 requests.*Last used/s);
  doesNotMatch(text, new RegExp(key));
  const entries = await searchAudit(db, null, { query: "backlot", limit: 9 });
  deepEqual(entries.map(({ actor, deed, subject }) => [actor, deed, subject]), [
    ["Ida Studio", "created", "api key"],
  ]);
  await close();
});

Deno.test("a key for a directory belongs to one account", async () => {
  const { browse, db, clock, close } = await startStudio();
  const ida = await browse("ida");
  match(
    (await ida.get("/keys/new?account=meridian-post")).text,
    /value="directory" checked.*value="meridian-post"/s,
  );
  const form = { attempt, name: "Okta", purpose: "directory", account: "Meridian-Post" };
  const made = await ida.post("/keys", { ...form, perSecond: "25" });
  match(made.text, /http:\/\/localhost:8000\/scim\/v2/);
  const found = await findScimKey(db, keyIn(made.text), clock.now);
  deepEqual([found?.account.id, found?.perSecond], ["meridian-post", 25]);
  match((await ida.get("/keys")).text, /Okta.*People of .*Meridian Post.*25 requests/s);
  const entries = await searchAudit(db, "meridian-post", { query: "okta", limit: 9 });
  deepEqual(entries.map(({ actor, deed }) => [actor, deed]), [["Ida Studio", "created"]]);
  await close();
});

Deno.test("what a key cannot be is said beside its field, and what was typed stays", async () => {
  const { browse, db, close } = await startStudio();
  const ida = await browse("ida");
  for (
    const [form, problem] of [
      [{}, /Name the system/],
      [{ name: "a", perSecond: "0" }, /whole number from 1 to 100,000/],
      [{ name: "a", perSecond: "many" }, /whole number/],
      [{ name: "a", purpose: "directory" }, /Write the id of the account/],
      [
        { name: "a", purpose: "directory", account: "nowhere" },
        /There is no account "nowhere"|There is no account &quot;nowhere/,
      ],
      [{ name: "a", sources: "x\n".repeat(51) }, /At most 50 sources/],
    ] as const
  ) {
    const answer = await ida.post("/keys", { attempt, ...form });
    equal(answer.status, 422);
    match(answer.text, problem);
    match(answer.text, new RegExp(`name="attempt" value="${attempt}"`));
  }
  deepEqual(await listKeys(db), []);
  await close();
});

Deno.test("the form of a key that was revoked says so, and makes another one", async () => {
  const { browse, db, close } = await startStudio();
  const ida = await browse("ida");
  for (const purpose of ["events", "directory"]) {
    const form = { attempt, name: "backlot", purpose, account: "meridian-post" };
    const key = keyIn((await ida.post("/keys", form)).text);
    const [listed] = await listKeys(db);
    await ida.post(`/keys/${encodeURIComponent(listed!.id)}/revocation?_method=PUT`);
    const again = await ida.post("/keys", form);
    equal(again.status, 409);
    match(again.text, /The key that this form made was revoked/);
    doesNotMatch(again.text, new RegExp(key));
    const [, anew] = /name="attempt" value="([\w-]{36})"/.exec(again.text)!;
    notEqual(anew, attempt);
    notEqual(keyIn((await ida.post("/keys", { ...form, attempt: anew! })).text), key);
    const [second] = await listKeys(db);
    await ida.post(`/keys/${encodeURIComponent(second!.id)}/revocation?_method=PUT`);
  }
  await close();
});

Deno.test("a key is revoked after a question, for good", async () => {
  const { browse, db, clock, close } = await startStudio();
  const ida = await browse("ida");
  const key = keyIn((await ida.post("/keys", { attempt, name: "backlot" })).text);
  const [listed] = await listKeys(db);
  const path = `/keys/${encodeURIComponent(listed!.id)}/revocation`;
  match((await ida.get(path)).text, /Revoke backlot.*Within five seconds.*cannot be undone/s);
  notEqual(await findApiKey(db, key, clock.now), null);
  for (let times = 0; times < 2; times += 1) {
    const revoked = await ida.post(`${path}?_method=PUT`);
    match(
      (await ida.get(revoked.headers.get("location")!)).text,
      /Revoked: backlot gets in no more/,
    );
  }
  equal(await findApiKey(db, key, clock.now), null);
  const list = (await ida.get("/keys")).text;
  match(list, /row-silent.*backlot.*revoked/s);
  doesNotMatch(list, /aria-label="Revoke backlot"/);
  equal((await ida.get("/keys/nothing/revocation")).status, 404);
  const entries = await searchAudit(db, null, { query: "revoked", limit: 9 });
  equal(entries.length, 1);
  await close();
});
