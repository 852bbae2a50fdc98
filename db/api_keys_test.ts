import { deepEqual, equal, match, ok } from "node:assert/strict";
import { temporaryDatabase } from "../e2e/database.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday } from "../e2e/stage.ts";
import { createApiKey, findApiKey, revokeApiKeys } from "./api_keys.ts";

onEachDatabase("a key is known by its name until every key of that name is revoked", async (db) => {
  const [first, second, other] = [
    await createApiKey(db, "backlot", monday),
    await createApiKey(db, "backlot", monday),
    await createApiKey(db, "materials", monday),
  ];
  ok(first !== second);
  match(first, /^cb_[\w-]{43}$/);
  equal(await findApiKey(db, first), "backlot");
  equal(await findApiKey(db, first.slice(0, -1)), null);
  equal(await findApiKey(db, ""), null);

  equal(await revokeApiKeys(db, "backlot", monday), 2);
  equal(await revokeApiKeys(db, "backlot", monday + 1), 0);
  const found = [first, second, other].map((key) => findApiKey(db, key));
  deepEqual(await Promise.all(found), [null, null, "materials"]);
});

Deno.test("a key is nowhere in the files of the database", async () => {
  const { db, url, close } = await temporaryDatabase();
  try {
    const key = await createApiKey(db, "the upstream system", monday);
    const directory = url.slice("file:".length).replace(/\/[^/]+$/, "");
    let bytes = "";
    for (const { name } of Deno.readDirSync(directory)) {
      bytes += new TextDecoder("latin1").decode(Deno.readFileSync(`${directory}/${name}`));
    }
    ok(bytes.includes("the upstream system"));
    ok(!bytes.includes(key) && !bytes.includes(key.slice(3)));
  } finally {
    await close();
  }
});
