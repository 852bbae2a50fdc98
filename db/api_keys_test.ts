import { deepEqual, equal, match, ok } from "node:assert/strict";
import { temporaryDatabase } from "../e2e/database.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday } from "../e2e/stage.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { createApiKey, findApiKey, revokeApiKeys } from "./api_keys.ts";
import { keyMemory, openKeyring } from "./keys.ts";
import { apiKeys } from "./schema.ts";

onEachDatabase("a key is known by its name until every key of that name is revoked", async (db) => {
  const [first, second, other] = [
    await createApiKey(db, { name: "backlot" }, monday),
    await createApiKey(db, { name: "backlot" }, monday),
    await createApiKey(db, { name: "materials" }, monday),
  ];
  ok(first !== second);
  match(first, /^cb_[\w-]{43}$/);
  const nameOf = async (key: string) => (await findApiKey(db, key, monday))?.name;
  equal(await nameOf(first), "backlot");
  equal(await nameOf(first.slice(0, -1)), undefined);
  equal(await nameOf(""), undefined);

  equal(await revokeApiKeys(db, "backlot", monday), 2);
  equal(await revokeApiKeys(db, "backlot", monday + 1), 0);
  const names = await Promise.all([first, second, other].map(nameOf));
  deepEqual(names, [undefined, undefined, "materials"]);
});

onEachDatabase("a key's last use is known to the minute", async (db) => {
  const key = await createApiKey(db, { name: "backlot" }, monday);
  const lastUse = async () => (await db.select({ at: apiKeys.lastUsedAt }).from(apiKeys))[0]!.at;
  equal(await lastUse(), null);
  for (const later of [0, 59_999]) await findApiKey(db, key, monday + later);
  equal(await lastUse(), monday);
  await findApiKey(db, key, monday + 60_000);
  equal(await lastUse(), monday + 60_000);
});

onEachDatabase("a keyring asks once in a while, and a revoked key works no longer", async (db) => {
  const key = await createApiKey(db, { name: "backlot" }, monday);
  await findApiKey(db, key, monday);
  const find = openKeyring((key, now) => findApiKey(db, key, now));
  const trips = countRoundTrips(db);
  for (const later of [0, 1, keyMemory - 1]) {
    equal((await find(key, monday + later))?.name, "backlot");
  }
  equal(trips.count, 1);
  await revokeApiKeys(db, "backlot", monday);
  equal(await find(key, monday + keyMemory), null);
});

Deno.test("a key is nowhere in the files of the database", async () => {
  const { db, url, close } = await temporaryDatabase();
  try {
    const key = await createApiKey(db, { name: "the upstream system" }, monday);
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
