import { equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { takeIdentity } from "./identities.ts";

const issuer = "https://id.example.com";

onEachDatabase(
  "a verified address links once, and the provider's name for the person holds from then on",
  async (db) => {
    await setStage(db);
    const ada = { issuer, subject: "1", email: "ada@lumen.example" };
    equal(await takeIdentity(db, { ...ada, email: null }), null);
    equal(await takeIdentity(db, { ...ada, email: "nobody@lumen.example" }), null);
    equal(await takeIdentity(db, ada), "ada");
    equal(await takeIdentity(db, { ...ada, email: null }), "ada");
    equal(await takeIdentity(db, { ...ada, email: "nobody@lumen.example" }), "ada");
    // Whose address became somebody else's stays who they are.
    const [{ email }] = await db.all<{ email: string }>(
      sql`SELECT email FROM users WHERE id = 'ben'`,
    ) as [{ email: string }];
    equal(await takeIdentity(db, { ...ada, email }), "ada");
    equal(await takeIdentity(db, { ...ada, subject: "2" }), null);
  },
);

onEachDatabase(
  "another provider takes the place of the first, and whoever left is nobody to both",
  async (db) => {
    await setStage(db);
    const ada = { issuer, subject: "1", email: "ada@lumen.example" };
    await takeIdentity(db, ada);
    const moved = { ...ada, issuer: "https://id.elsewhere.example", subject: "77" };
    equal(await takeIdentity(db, moved), "ada");
    equal(await takeIdentity(db, { ...ada, email: null }), null);
    await deactivateUser(db, "lumen", "ada", monday);
    equal(await takeIdentity(db, moved), null);
    await reactivateUser(db, "lumen", "ada", monday);
    equal(await takeIdentity(db, moved), "ada");
  },
);

onEachDatabase("no two users are the same person to a provider", async (db) => {
  await setStage(db);
  await takeIdentity(db, { issuer, subject: "1", email: "ada@lumen.example" });
  await rejects(async () => {
    await db.run(
      sql`UPDATE users SET oidc_issuer = ${issuer}, oidc_subject = '1' WHERE id = 'ben'`,
    );
  });
});
