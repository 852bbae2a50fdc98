import { deepEqual, equal, match } from "node:assert/strict";
import { findOwner } from "../db/owners.ts";
import { loadNotifications } from "../db/panel.ts";
import { entra, okta } from "../e2e/directories.ts";
import { type ScimAnswer, startDirectory } from "../e2e/directory.ts";
import { stored } from "../e2e/stored.ts";

const role = "fulfillment-partner-operations";
const path = `/Groups/${role}`;

function membersIn({ body }: ScimAnswer): string[] {
  return (body.members as { value: string }[]).map(({ value }) => value);
}

Deno.test("the groups are the roles of the account, with who holds them", async () => {
  const { ask, elsewhere, close } = await startDirectory();
  const { body } = await ask("GET", okta.importGroups);
  equal(body.totalResults, 2);
  deepEqual(body.Resources, [
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      id: role,
      displayName: "Fulfillment Partner Operations",
      members: [{
        ...{ value: "ana", display: "Ana Ruiz" },
        $ref: "http://localhost:8000/scim/v2/Users/ana",
      }],
      meta: { resourceType: "Group", location: `http://localhost:8000/scim/v2${path}` },
    },
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      id: "account-admin",
      displayName: "Account Admin",
      members: [{
        ...{ value: "ben", display: "Ben Adler" },
        $ref: "http://localhost:8000/scim/v2/Users/ben",
      }],
      meta: {
        resourceType: "Group",
        location: "http://localhost:8000/scim/v2/Groups/account-admin",
      },
    },
  ]);
  const found = await ask("GET", entra.findGroup("account admin"));
  const [admins] = found.body.Resources as Record<string, unknown>[];
  deepEqual([admins!.id, "members" in admins!], ["account-admin", false]);
  equal((await ask("GET", entra.isMember(role, "ana"))).body.totalResults, 1);
  equal((await ask("GET", entra.isMember(role, "ben"))).body.totalResults, 0);
  equal((await elsewhere("GET", path)).status, 404);
  await close();
});

Deno.test("Okta exchanges and replaces members, and names the group that it links", async () => {
  const { ask, db, close } = await startDirectory();
  const named = okta.nameGroup(role, "Fulfillment Partner Operations");
  equal((await ask("PATCH", path, named)).status, 204);
  equal((await ask("PATCH", path, okta.exchangeMembers("ana", "dev"))).status, 204);
  deepEqual(membersIn(await ask("GET", path)), ["dev"]);
  const { notifications } = await loadNotifications(db, "dev");
  equal(notifications.some(({ kind }) => kind === "default"), true);
  const once = await stored(db, { except: ["scim_keys"] });
  await ask("PATCH", path, okta.exchangeMembers("ana", "dev"));
  deepEqual(await stored(db, { except: ["scim_keys"] }), once);

  await ask("PATCH", path, okta.replaceMembers("ana", "ben"));
  deepEqual(membersIn(await ask("GET", path)), ["ana", "ben"]);
  const put = await ask("PUT", path, {
    ...okta.createGroup("Fulfillment Partner Operations"),
    members: [{ value: "dev" }],
  });
  deepEqual([put.status, membersIn(put)], [200, ["dev"]]);
  deepEqual((await findOwner(db, "ben")).roles, ["account-admin"]);
  await close();
});

Deno.test("Entra adds and removes members, by value and by path", async () => {
  const { ask, close } = await startDirectory();
  equal((await ask("PATCH", path, entra.addMember("dev"))).status, 204);
  equal((await ask("PATCH", path, entra.addMember("dev"))).status, 204);
  deepEqual(membersIn(await ask("GET", path)), ["ana", "dev"]);
  equal((await ask("PATCH", path, entra.removeMember("ana"))).status, 204);
  equal((await ask("PATCH", path, entra.removeMember("nobody"))).status, 204);
  deepEqual(membersIn(await ask("GET", path)), ["dev"]);
  const shown = await ask("GET", `${path}?excludedAttributes=members`);
  equal("members" in shown.body, false);
  await close();
});

Deno.test("members who are added and removed at one instant are all counted", async () => {
  const { ask, close } = await startDirectory();
  const answers = await Promise.all([
    ask("PATCH", path, entra.addMember("dev")),
    ask("PATCH", path, entra.addMember("ben")),
    ask("PATCH", path, entra.removeMember("ana")),
  ]);
  deepEqual(answers.map(({ status }) => status), [204, 204, 204]);
  deepEqual(membersIn(await ask("GET", path)), ["ben", "dev"]);
  await close();
});

Deno.test("a group keeps its name, none is made or deleted, and the answer says what to do", async () => {
  const { ask, close } = await startDirectory();
  for (
    const [method, to, body, status, detail] of [
      ["POST", "/Groups", okta.createGroup("Everybody"), 403, /name yours as one of Fulfillment/],
      ["POST", "/Groups", okta.createGroup("Account Admin"), 409, /link yours to it/],
      ["PATCH", path, entra.renameGroup, 400, /keeps its name/],
      ["DELETE", path, undefined, 403, /remove the members instead/],
      ["DELETE", "/Groups/studio-admin", undefined, 404, /no role of this account/],
      ["PATCH", "/Groups/studio-admin", entra.addMember("ana"), 404, /no role of this account/],
    ] as const
  ) {
    const answer = await ask(method, to, body);
    equal(answer.status, status, `${method} ${to}`);
    match(String(answer.body.detail), detail);
  }
  await close();
});

Deno.test("a stranger among the members, and an account without an admin, change nothing", async () => {
  const { ask, db, close } = await startDirectory();
  const before = await stored(db, { except: ["scim_keys"] });
  for (
    const [to, body, status] of [
      [path, okta.replaceMembers("dev", "cleo"), 404],
      [path, okta.replaceMembers("dev", "nobody"), 404],
      ["/Groups/account-admin", entra.removeMember("ben"), 403],
      ["/Groups/account-admin", okta.replaceMembers(), 403],
    ] as const
  ) {
    equal((await ask("PATCH", to, body)).status, status);
  }
  deepEqual(await stored(db, { except: ["scim_keys"] }), before);
  equal(
    (await ask("PATCH", "/Groups/account-admin", okta.exchangeMembers("ben", "ana"))).status,
    204,
  );
  await close();
});
