import { deepEqual, equal, ok } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { minute, monday, setStage } from "../e2e/stage.ts";
import { deactivateUser } from "./deactivation.ts";
import { createSignInLink, linkLength, takeSignInLink } from "./sign_in_links.ts";

const here = { browser: "the browser that asked", now: monday };
const elsewhere = { browser: "another browser", now: monday };

onEachDatabase("a sign-in link works once, for 15 minutes, where it was asked for", async (db) => {
  await setStage(db);
  const link = await createSignInLink(db, "  ADA@Lumen.example ", here);
  const { token, ...reader } = link!;
  deepEqual(reader, { name: "Ada Byrne", email: "ada@lumen.example" });

  equal(await takeSignInLink(db, token, elsewhere), null);
  equal(await takeSignInLink(db, "not a token", here), null);
  equal(await takeSignInLink(db, token, { ...here, now: monday + linkLength }), null);
  const taken = { ...here, now: monday + 15 * minute - 1 };
  const both = await Promise.all([
    takeSignInLink(db, token, taken),
    takeSignInLink(db, token, taken),
  ]);
  deepEqual(both.filter((user) => user !== null), ["ada"]);
  equal(await takeSignInLink(db, token, taken), null);
});

onEachDatabase("a sign-in link is for somebody active with that address", async (db) => {
  await setStage(db);
  const { token } = (await createSignInLink(db, "ada@lumen.example", here))!;
  const again = (await createSignInLink(db, "ben@lumen.example", here))!;
  const [row] = await db.query.signInLinks.findMany();
  ok(!JSON.stringify(row).includes(token) && !JSON.stringify(row).includes(here.browser));

  await deactivateUser(db, "lumen", "ada", monday);
  equal(await takeSignInLink(db, token, here), null);
  equal(await createSignInLink(db, "ada@lumen.example", here), null);
  equal(await createSignInLink(db, "nobody@lumen.example", here), null);
  equal(await takeSignInLink(db, again.token, here), "ben");
});

onEachDatabase("a link that outlived its user's account opens nothing", async (db) => {
  await setStage(db);
  const { token } = (await createSignInLink(db, "ada@lumen.example", here))!;
  // Deactivated by something that forgot the links.
  await db.$client.execute("UPDATE users SET deactivated_at = 1 WHERE id = 'ada'");
  equal(await takeSignInLink(db, token, here), null);
});

onEachDatabase("whoever asks for somebody's links again and again fills no mailbox", async (db) => {
  await setStage(db);
  const ask = (email: string, now: number) => createSignInLink(db, email, { ...here, now });
  const asked = [];
  for (let times = 0; times < 12; times += 1) asked.push(await ask("ada@lumen.example", monday));
  equal(asked.filter((link) => link !== null).length, 10);
  ok(await ask("ben@lumen.example", monday));
  ok(await ask("ada@lumen.example", monday + linkLength));
});
