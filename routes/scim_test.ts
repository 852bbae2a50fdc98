import { deepEqual, equal, match } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { keyMemory, listKeys, revokeKey } from "../db/keys.ts";
import { byCommand } from "../db/audit.ts";
import { okta } from "../e2e/directories.ts";
import { startDirectory } from "../e2e/directory.ts";

const error = "urn:ietf:params:scim:api:messages:2.0:Error";

Deno.test("only a SCIM key opens anything, until it is revoked", async () => {
  const { ask, asking, db, clock, close } = await startDirectory();
  const upstream = await createApiKey(db, { name: "backlot" }, clock.now);
  for (const key of ["", "scim_nobody", upstream]) {
    const refused = await asking(key)("GET", "/Users");
    equal(refused.status, 401, key);
    deepEqual([refused.body.schemas, refused.body.status], [[error], "401"]);
    equal(refused.headers.get("www-authenticate"), "Bearer");
  }
  equal((await ask("GET", "/Users")).status, 200);
  const all = await listKeys(db);
  const own = all.find(({ name }) => name === "Directory of meridian-post")!;
  equal(own.lastUsedAt, clock.now);
  await revokeKey(db, own.id, clock.now, byCommand);
  clock.now += keyMemory;
  equal((await ask("GET", "/Users")).status, 401);
  await close();
});

Deno.test("a SCIM key posts no events", async () => {
  const { app, key, close } = await startDirectory();
  const response = await app.request("http://localhost:8000/api/events", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/cloudevents+json" },
    body: "{}",
  });
  equal(response.status, 401);
  await response.body?.cancel();
  await close();
});

Deno.test("a directory that asks too often is told when to come again", async () => {
  const { ask, close } = await startDirectory();
  const answers = await Promise.all(
    Array.from({ length: 520 }, () => ask("GET", "/ServiceProviderConfig")),
  );
  const refused = answers.filter(({ status }) => status === 429);
  equal(refused.length, 20);
  match(refused[0]!.headers.get("retry-after")!, /^\d+$/);
  match(String(refused[0]!.body.detail), /50 requests a second/);
  await close();
});

Deno.test("what we can do, and what a user and a group have, is described", async () => {
  const { ask, close } = await startDirectory();
  const config = (await ask("GET", "/ServiceProviderConfig")).body;
  deepEqual([config.patch, config.sort], [{ supported: true }, { supported: false }]);
  const types = (await ask("GET", "/ResourceTypes")).body.Resources as { endpoint: string }[];
  deepEqual(types.map(({ endpoint }) => endpoint), ["/Users", "/Groups"]);
  const described = (await ask("GET", "/Schemas")).body.Resources as {
    id: string;
    attributes: { name: string }[];
  }[];
  for (const [index, path] of ["/Users/ana", "/Groups/account-admin"].entries()) {
    const { id, attributes } = described[index]!;
    deepEqual((await ask("GET", `/Schemas/${id}`)).body.id, id);
    // Every member of a resource is an attribute of its schema.
    const names = new Set(["schemas", "id", "meta", ...attributes.map(({ name }) => name)]);
    const { body } = await ask("GET", path);
    deepEqual(Object.keys(body).filter((name) => !names.has(name)), []);
  }
  equal((await ask("GET", "/ResourceTypes/Nothing")).status, 404);
  await close();
});

Deno.test("what is not supported is refused with what to do instead", async () => {
  const { ask, close } = await startDirectory();
  const patch = (operation: unknown) => ({ Operations: [operation] });
  const users = (query: string) => `/Users?${query}`;
  const filter = (text: string) => users(`filter=${encodeURIComponent(text)}`);
  const cases: [string, string, unknown, number, string | undefined, RegExp][] = [
    ["GET", filter('userName co "ana"'), undefined, 400, "invalidFilter", /compare with eq/],
    ["GET", filter('userName eq "a" or id eq "b"'), undefined, 400, "invalidFilter", /join with/],
    ["GET", filter("not (active eq true)"), undefined, 400, "invalidFilter", /compare with eq/],
    ["GET", filter("userName pr"), undefined, 400, "invalidFilter", /compare with eq/],
    ["GET", filter('userName eq "a" and'), undefined, 400, "invalidFilter", /compare with eq/],
    ["GET", filter(""), undefined, 400, "invalidFilter", /compare with eq/],
    ["GET", filter('title eq "x"'), undefined, 400, "invalidFilter", /use id, userName/],
    ["GET", users("sortBy=userName"), undefined, 400, undefined, /leave out sortBy/],
    ["GET", users("startIndex=two"), undefined, 400, "invalidValue", /no whole number/],
    ["POST", "/Bulk", {}, 501, undefined, /one request for each change/],
    ["POST", "/Users/.search", {}, 501, undefined, /one request for each change/],
    ["GET", "/Me", undefined, 501, undefined, /has \/Users/],
    ["POST", "/Users", "{", 400, "invalidSyntax", /no JSON/],
    ["POST", "/Users", [], 400, "invalidSyntax", /JSON object/],
    ["POST", "/Users", { active: true }, 400, "invalidValue", /userName is missing/],
    ["POST", "/Users", { userName: "nobody" }, 400, "invalidValue", /email address/],
    ["POST", "/Users", { userName: 7 }, 400, "invalidValue", /no text/],
    ["PATCH", "/Users/ana", {}, 400, "invalidSyntax", /PatchOp/],
    ["PATCH", "/Users/ana", patch({ op: "move", path: "id" }), 400, "invalidSyntax", /none of add/],
    ["PATCH", "/Users/ana", patch({ op: "remove" }), 400, "noTarget", /name it in path/],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "remove", path: "active" }),
      400,
      "mutability",
      /taken away/,
    ],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "remove", path: "emails" }),
      400,
      "mutability",
      /taken away/,
    ],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "add", path: "shoe size", value: 1 }),
      400,
      "invalidPath",
      /name an/,
    ],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "add", path: "shoe", value: "1" }),
      400,
      "invalidPath",
      /leave it/,
    ],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "add", value: "Ana" }),
      400,
      "invalidSyntax",
      /JSON object/,
    ],
    [
      "PATCH",
      "/Users/ana",
      patch({ op: "replace", path: "active", value: "no" }),
      400,
      "invalidValue",
      /neither/,
    ],
    [
      "PATCH",
      "/Groups/account-admin",
      patch({ op: "add", path: "owner", value: "1" }),
      400,
      "invalidPath",
      /members/,
    ],
    [
      "PATCH",
      "/Groups/account-admin",
      patch({ op: "add", path: "members", value: [{}] }),
      400,
      "invalidValue",
      /id of a user/,
    ],
  ];
  for (const [method, path, body, status, scimType, detail] of cases) {
    const answer = await ask(method, path, body);
    const about = `${method} ${path} ${JSON.stringify(body)}`;
    deepEqual([answer.status, answer.body.scimType, answer.body.status], [
      ...[status, scimType, String(status)],
    ], about);
    deepEqual(answer.body.schemas, [error], about);
    match(answer.headers.get("content-type")!, /^application\/scim\+json/);
    match(String(answer.body.detail), detail, about);
  }
  const long = { ...okta.createUser, displayName: "x".repeat(2 * 1024 * 1024) };
  equal((await ask("POST", "/Users", long)).status, 413);
  equal((await ask("GET", "/Users")).body.totalResults, 3);
  await close();
});
