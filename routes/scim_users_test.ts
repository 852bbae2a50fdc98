import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { searchAudit } from "../db/audit_entries.ts";
import { findActiveUser } from "../db/users.ts";
import { entra, okta } from "../e2e/directories.ts";
import { type ScimAnswer, startDirectory } from "../e2e/directory.ts";
import { stored } from "../e2e/stored.ts";

function idOf({ body }: ScimAnswer): string {
  return String(body.id);
}

Deno.test("Okta creates, finds, updates, deactivates and reactivates a user", async () => {
  const { ask, db, close } = await startDirectory();
  const { createUser } = okta;
  const missing = await ask("GET", okta.findUser(createUser.userName));
  deepEqual(missing.body, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    ...{ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
  });

  const created = await ask("POST", "/Users", createUser);
  const id = idOf(created);
  equal(created.status, 201);
  match(created.headers.get("content-type")!, /^application\/scim\+json/);
  equal(created.headers.get("location"), `http://localhost:8000/scim/v2/Users/${id}`);
  deepEqual(created.body, {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id,
    externalId: "00ujl29u0le5T6Aj10h7",
    userName: "test.user@meridian-post.example",
    displayName: "Test User",
    name: { formatted: "Test User", givenName: "Test", familyName: "User" },
    emails: [{ value: "test.user@meridian-post.example", type: "work", primary: true }],
    active: true,
    groups: [],
    meta: {
      resourceType: "User",
      created: "2026-11-20T09:30:00.000Z",
      location: `http://localhost:8000/scim/v2/Users/${id}`,
    },
  });
  const found = await ask("GET", okta.findUser("Test.User@Meridian-Post.example"));
  deepEqual(found.body.Resources, [created.body]);
  deepEqual((await ask("GET", `/Users/${id}`)).body, created.body);

  const updated = await ask("PUT", `/Users/${id}`, okta.updateUser(id, { active: true }));
  equal(updated.body.displayName, "Another User");
  equal(updated.body.externalId, "00ujl29u0le5T6Aj10h7");
  const off = await ask("PATCH", `/Users/${id}`, okta.setActive(false));
  deepEqual([off.status, off.body.active], [200, false]);
  equal(await findActiveUser(db, id), null);
  equal((await ask("PATCH", `/Users/${id}`, okta.setActive(true))).body.active, true);
  const byPut = await ask("PUT", `/Users/${id}`, okta.updateUser(id, { active: false }));
  equal(byPut.body.active, false);
  equal((await ask("GET", okta.findUser(createUser.userName))).body.totalResults, 1);
  await close();
});

Deno.test("Entra creates a user whose userName is no address, and patches attribute by attribute", async () => {
  const { ask, close } = await startDirectory();
  const created = await ask("POST", "/Users", entra.createUser);
  const id = idOf(created);
  const { userName, externalId } = entra.createUser;
  equal(created.body.userName, userName);
  const email = "test_user_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com";
  deepEqual(created.body.emails, [{ value: email, type: "work", primary: true }]);
  for (
    const path of [
      entra.findUser("userName", userName),
      entra.findUser("externalId", externalId),
      entra.findUser("id", id),
      entra.findUser('emails[type eq "work"].value', email.toUpperCase()),
    ]
  ) {
    equal((await ask("GET", path)).body.totalResults, 1, path);
  }

  const renamed = await ask("PATCH", `/Users/${id}`, entra.updateMailAndName);
  deepEqual(renamed.body.name, {
    ...{ formatted: "givenName updatedFamilyName", givenName: "givenName" },
    familyName: "updatedFamilyName",
  });
  deepEqual(renamed.body.emails, [
    { value: "updatedemail@microsoft.com", type: "work", primary: true },
  ]);
  const called = await ask("PATCH", `/Users/${id}`, entra.updateUserName);
  equal(called.body.userName, "5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com");
  deepEqual(called.body.emails, renamed.body.emails);

  const several = await ask("PATCH", `/Users/${id}`, entra.updateSeveral);
  equal(several.body.displayName, "Bjfe");
  deepEqual(several.body.name, { formatted: "Bjfe", givenName: "Kkom", familyName: "Unua" });
  for (const passedOver of [entra.addNickName, entra.replaceEmployeeNumber]) {
    deepEqual((await ask("PATCH", `/Users/${id}`, passedOver)).body, several.body);
  }
  for (const disable of [entra.disableUser, entra.disableUserInWords]) {
    equal((await ask("PATCH", `/Users/${id}`, disable)).body.active, false);
    await ask("PATCH", `/Users/${id}`, okta.setActive(true));
  }
  await close();
});

Deno.test("deleting a user deactivates them: sessions, links and queued mail end at once", async () => {
  const { ask, db, browse, close } = await startDirectory();
  const ana = await browse("ana");
  await db.run(sql`
    INSERT INTO emails (id, user_id, frequency, window, content, last_seq, composed_at, state, send_at)
    VALUES ('queued', 'ana', 'daily', 1, '{"items":[]}', 1, 1, 'queued', 1)`);
  equal((await ana.get("/notifications")).status, 200);
  for (let times = 0; times < 2; times += 1) {
    equal((await ask("DELETE", "/Users/ana")).status, 204);
  }
  equal((await ana.get("/notifications")).status, 303);
  deepEqual(
    (await db.query.emails.findMany()).map(({ state }) => state),
    ["canceled"],
  );
  equal((await ask("GET", "/Users/ana")).body.active, false);
  const entries = await searchAudit(db, "meridian-post", { query: "deactivated", limit: 9 });
  deepEqual(
    entries.map(({ actor, via, person }) => [actor, via, person]),
    [["Directory of meridian-post", "SCIM", "Ana Ruiz"]],
  );
  await close();
});

Deno.test("who was invited is found by their address and taken over, with what they have", async () => {
  const { ask, db, close } = await startDirectory();
  const { body } = await ask("GET", okta.findUser("ANA@meridian-post.example"));
  const [ana] = body.Resources as Record<string, unknown>[];
  equal(ana!.id, "ana");
  deepEqual(ana!.name, { formatted: "Ana Ruiz", givenName: "Ana", familyName: "Ruiz" });
  const before = (await db.query.notifications.findMany()).length;
  const taken = await ask("PATCH", "/Users/ana", {
    Operations: [
      { op: "add", path: "externalId", value: "e-1" },
      { op: "replace", path: "name.familyName", value: "Ruiz Gil" },
    ],
  });
  equal(taken.body.displayName, "Ana Ruiz Gil");
  equal((await ask("GET", entra.findUser("externalId", "e-1"))).body.totalResults, 1);
  equal((await db.query.notifications.findMany()).length, before);
  await close();
});

Deno.test("nothing is done for what is said twice, and every change is told with who made it", async () => {
  const { ask, db, close } = await startDirectory();
  const id = idOf(await ask("POST", "/Users", okta.createUser));
  await ask("PATCH", `/Users/${id}`, entra.updateSeveral);
  const once = await stored(db, { except: ["scim_keys"] });
  for (const body of [entra.updateSeveral, okta.setActive(true), entra.updateSeveral]) {
    equal((await ask("PATCH", `/Users/${id}`, body)).status, 200);
  }
  for (const path of ["/Users/ana", "/Users/ben", `/Users/${id}`]) {
    const { body } = await ask("GET", path);
    deepEqual((await ask("PUT", path, body)).body, body, path);
  }
  deepEqual(await stored(db, { except: ["scim_keys"] }), once);
  const entries = (await searchAudit(db, "meridian-post", { query: "Bjfe", limit: 9 }))
    .toReversed();
  deepEqual(entries.map(({ actor, deed }) => [actor, deed]), [
    ["Directory of meridian-post", "created"],
    ["Directory of meridian-post", "edited"],
  ]);
  deepEqual(entries[1]!.before, {
    ...{ name: "Test User", email: "test.user@meridian-post.example" },
    ...{ userName: "test.user@meridian-post.example", externalId: "00ujl29u0le5T6Aj10h7" },
  });
  await close();
});

Deno.test("an address, a userName and an externalId belong to one user", async () => {
  const { ask, close } = await startDirectory();
  await ask("POST", "/Users", okta.createUser);
  const other = { userName: "other", emails: [{ value: "other@meridian-post.example" }] };
  for (
    const [body, detail] of [
      [okta.createUser, /address is another user's/],
      [{ userName: "CLEO@petrel-and-finch.example" }, /address is another user's/],
      [{ ...other, userName: okta.createUser.userName.toUpperCase() }, /userName is another/],
      [{ ...other, externalId: okta.createUser.externalId }, /externalId is another/],
    ] as const
  ) {
    const refused = await ask("POST", "/Users", body);
    deepEqual([refused.status, refused.body.scimType], [409, "uniqueness"]);
    match(String(refused.body.detail), detail);
  }
  const id = idOf(await ask("POST", "/Users", other));
  const taken = await ask("PUT", `/Users/${id}`, { emails: okta.createUser.emails });
  deepEqual([taken.status, taken.body.scimType], [409, "uniqueness"]);
  await close();
});

Deno.test("of the same user created at one instant there is one", async () => {
  const { ask, close } = await startDirectory();
  const answers = await Promise.all([1, 2, 3].map(() => ask("POST", "/Users", okta.createUser)));
  deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  await close();
});

Deno.test("a directory pages through its people, in an order that stays", async () => {
  const { ask, close } = await startDirectory();
  const page = async (query: string) => {
    const { body } = await ask("GET", `/Users?${query}`);
    const users = body.Resources as { id: string }[];
    return [body.totalResults, body.startIndex, body.itemsPerPage, users.map(({ id }) => id)];
  };
  deepEqual(await page("startIndex=1&count=2"), [3, 1, 2, ["ana", "ben"]]);
  deepEqual(await page("startIndex=3&count=2"), [3, 3, 1, ["dev"]]);
  deepEqual(await page("startIndex=-4&count=0"), [3, 1, 0, []]);
  deepEqual(await page("startIndex=9"), [3, 9, 0, []]);
  const { body } = await ask("GET", "/Users?attributes=userName&count=1");
  deepEqual(Object.keys((body.Resources as object[])[0]!).sort(), [
    ...["id", "meta", "schemas", "userName"],
  ]);
  await close();
});

Deno.test("a user of another account is nobody, whatever is asked", async () => {
  const { ask, elsewhere, db, close } = await startDirectory();
  const before = await stored(db, { except: ["scim_keys"] });
  for (
    const [method, body] of [
      ["GET"],
      ["PUT", okta.updateUser("ana", { active: false })],
      ["PATCH", entra.disableUser],
      ["DELETE"],
    ] as const
  ) {
    const { status, body: said } = await elsewhere(method, "/Users/ana", body);
    equal(status, 404, method);
    deepEqual(said.schemas, ["urn:ietf:params:scim:api:messages:2.0:Error"]);
  }
  const found = await elsewhere("GET", entra.findUser("id", "ana"));
  equal(found.body.totalResults, 0);
  deepEqual(await stored(db, { except: ["scim_keys"] }), before);
  ok((await ask("GET", "/Users/ana")).status === 200);
  await close();
});

Deno.test("the last admin stays one, and the answer says what to do", async () => {
  const { ask, close } = await startDirectory();
  const refused = await ask("PATCH", "/Users/ben", {
    Operations: [
      { op: "Replace", path: "displayName", value: "Nobody" },
      { op: "Replace", path: "active", value: "False" },
    ],
  });
  equal(refused.status, 403);
  match(String(refused.body.detail), /last admin of the account.*Make somebody else an admin/);
  const ben = await ask("GET", "/Users/ben");
  deepEqual([ben.body.active, ben.body.displayName], [true, "Ben Adler"]);
  await close();
});
