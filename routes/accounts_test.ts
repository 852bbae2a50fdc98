import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { createAccounts } from "../db/accounts.ts";
import { searchAudit } from "../db/audit_entries.ts";
import { findOwner } from "../db/owners.ts";
import { findActiveUser } from "../db/users.ts";
import { start } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { startStudio } from "../e2e/studio.ts";
import { stored } from "../e2e/stored.ts";

Deno.test("the studio's admins see every account, with its people and its state", async () => {
  const { browse, close } = await startStudio();
  const ida = await browse("ida");
  const { text } = await ida.get("/accounts");
  match(text, /Meridian Post.*Fulfillment partner, meridian-post.*3 people.*0 emails.*Active/s);
  match(text, /Petrel &amp; Finch.*1 person.*Without an admin/s);
  const found = (await ida.get("/accounts?q=PETREL%20content")).text;
  match(found, /Petrel &amp; Finch/);
  doesNotMatch(found, /Meridian Post/);
  match((await ida.get("/accounts?q=zebra")).text, /Nothing found/);
  match((await ida.get("/operations")).text, /href="\/accounts".*href="\/keys"/s);
  const grace = await browse("grace");
  doesNotMatch((await grace.get("/operations")).text, /href="\/accounts"/);
  equal((await grace.get("/accounts")).status, 403);
  await close();
});

Deno.test("of thousands of accounts a page shows fifty, in one question to the database", async () => {
  const { browse, db, close } = await startStudio();
  const many = Array.from({ length: 3_000 }, (_, index) => {
    const id = `partner-${String(index).padStart(4, "0")}`;
    return { id, name: `Partner ${id.slice(-4)}`, profile: "qc" as const };
  });
  await createAccounts(db, many, start);
  const ida = await browse("ida");
  const trips = countRoundTrips(db);
  const { text } = await ida.get("/accounts?q=partner");
  // The other one is whose session it is.
  equal(trips.count, 2);
  const shown = (page: string) =>
    [...page.matchAll(/QC partner, (partner-\d+)/g)].map(([, id]) => id);
  deepEqual(shown(text), many.slice(0, 50).map(({ id }) => id));
  const next = /href="(\/accounts\?[^"]+)">More/.exec(text)![1]!.replaceAll("&amp;", "&");
  deepEqual(shown((await ida.get(next)).text), many.slice(50, 100).map(({ id }) => id));
  const last = (await ida.get("/accounts?q=partner&from=2950")).text;
  equal(shown(last).length, 50);
  doesNotMatch(last, />More</);
  equal((await ida.get("/keys/new")).text.match(/<option /g)?.length, 200);
  await close();
});

Deno.test("an account is added once, with an id made of its name, and its first admin is invited", async () => {
  const { browse, db, close } = await startStudio();
  const ida = await browse("ida");
  const form = { name: "Açaí & Sons", id: "", profile: "content" };
  for (let times = 0; times < 2; times += 1) {
    const added = await ida.post("/accounts", form);
    equal(added.headers.get("location"), "/accounts/acai-sons?done=added");
  }
  const { text } = await ida.get("/accounts/acai-sons?done=added");
  match(text, /Added\. Invite its first admin next/);
  match(text, /Nobody signs in/);

  const path = "/accounts/acai-sons/people";
  match((await ida.get(path)).text, /Everybody of Açaí &amp; Sons\./);
  const invited = await ida.post(`${path}/invitations`, {
    people: "Adele <adele@acai.example>",
    role: "account-admin",
  });
  match(invited.text, /1 invitation on the way/);
  const [adele] = (await db.query.users.findMany()).filter(({ name }) => name === "Adele");
  deepEqual([adele!.accountId, adele!.roles], ["acai-sons", ["account-admin"]]);
  match(
    (await ida.get(`${path}/${adele!.id}`)).text,
    /href="\/accounts\/acai-sons\/people">People/,
  );

  const entries = await searchAudit(db, "acai-sons", { query: "", limit: 9 });
  deepEqual(entries.map(({ actor, deed, subject }) => [actor, deed, subject]), [
    ["Ida Studio", "invited", "user"],
    ["Ida Studio", "created", "account"],
  ]);
  await close();
});

Deno.test("what an account cannot be is said beside its field", async () => {
  const { browse, db, close } = await startStudio();
  const ida = await browse("ida");
  const before = await stored(db);
  for (
    const [form, problem] of [
      [{}, /Name the account\..*Choose what the account does\./s],
      [{ name: "Quay", profile: "studio" }, /Choose what the account does\./],
      [{ name: "Quay", id: "Quay Post", profile: "qc" }, /is no id: small letters/],
      [{ name: "Новый", id: "", profile: "qc" }, /is no id: small letters/],
      [{ name: "Quay", id: "new", profile: "qc" }, /is no id: small letters/],
    ] as const
  ) {
    const answer = await ida.post("/accounts", form);
    equal(answer.status, 422);
    match(answer.text, problem);
    match(answer.text, /aria-invalid="true"|radio/);
  }
  const taken = await ida.post("/accounts", {
    ...{ name: "Another", id: "meridian-post", profile: "content" },
  });
  equal(taken.status, 409);
  match(taken.text, /Meridian Post has that id/);
  deepEqual(await stored(db), before);
  await close();
});

Deno.test("an account gets another name, and keeps its id", async () => {
  const { browse, db, close } = await startStudio();
  const ida = await browse("ida");
  const path = "/accounts/meridian-post";
  const named = { name: "Meridian\u202e Post House" };
  for (let times = 0; times < 2; times += 1) {
    equal((await ida.post(`${path}?_method=PUT`, named)).status, 303);
  }
  match((await ida.get(`${path}?done=renamed`)).text, /value="Meridian Post House".*Renamed/s);
  const empty = await ida.post(`${path}?_method=PUT`, { name: " " });
  equal(empty.status, 422);
  match(empty.text, /Name the account\./);
  equal((await ida.post("/accounts/nowhere?_method=PUT", named)).status, 404);
  equal((await ida.get("/accounts/nowhere")).status, 404);
  const entries = await searchAudit(db, "meridian-post", { query: "house", limit: 9 });
  deepEqual(entries.map(({ before, after }) => [before, after]), [
    [{ name: "Meridian Post" }, { name: "Meridian Post House" }],
  ]);
  await close();
});

Deno.test("the studio's admins change roles and deactivate in any account, and stay on its pages", async () => {
  const { browse, db, close } = await startStudio();
  const [ida, ana] = [await browse("ida"), await browse("ana")];
  const path = "/accounts/meridian-post/people";
  const held = "fulfillment-partner-operations";
  match((await ida.get(`${path}/ana?held=${held}`)).text, /Notifications that go: \d+/);
  const saved = await ida.post(`${path}/ana/roles?_method=PUT`, { held, role: "account-admin" });
  equal(saved.headers.get("location"), `${path}/ana?done=roles`);
  deepEqual((await findOwner(db, "ana")).roles, ["account-admin"]);

  match((await ida.get(`${path}/ana/deactivation`)).text, /All mail to ana@meridian-post/);
  const gone = await ida.post(`${path}/ana/deactivation?_method=PUT`);
  equal(gone.headers.get("location"), `${path}?deactivated=ana`);
  match((await ida.get(`${path}?deactivated=ana`)).text, /Deactivated: Ana Ruiz/);
  equal((await ana.get("/notifications")).status, 303);
  await ida.post(`${path}/ana/deactivation?_method=DELETE`);
  equal((await findActiveUser(db, "ana"))?.id, "ana");
  match((await ida.get(`${path}/list.csv`)).text, /Ana Ruiz/);

  // Whom the path does not name is nobody there.
  equal((await ida.get("/accounts/petrel-and-finch/people/ana")).status, 404);
  equal((await ida.get("/accounts/nowhere/people")).status, 404);
  await close();
});

Deno.test("the studio edits nobody's notifications, not even those of people whom it manages", async () => {
  const { browse, create, db, close } = await startStudio();
  const id = await create("ana");
  const ida = await browse("ida");
  const before = (await db.query.notifications.findMany()).filter(({ userId }) => userId === "ana");
  for (
    const [method, to] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["PUT", "/mute"],
      ["DELETE", "/mute"],
    ]
  ) {
    const path = `/notifications/${id}${to}?_method=${method}`;
    const form = { type: "source-request.delivered", frequency: "weekly", version: "1" };
    equal((await ida.post(path, form)).status, 404, path);
  }
  const after = (await db.query.notifications.findMany()).filter(({ userId }) => userId === "ana");
  deepEqual(after, before);
  await close();
});
