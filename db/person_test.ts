import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { loadPerson } from "./person.ts";
import { createSession } from "./sessions.ts";

onEachDatabase(
  "a person is seen with their mail, what did not arrive, and what colleagues hear",
  async (db) => {
    const { happen, ask, sweepAt } = await setStage(db);
    await ask("ada", "immediately");
    await ask("ben", "weekly", { type: "source-request.created" });
    await createSession(db, "ada", monday + 1);
    await happen("SR-1");
    await happen("SR-2");
    await sweepAt(monday + hour);

    const { mail, undelivered, signedInAt, notifications, hearings } = await loadPerson(
      db,
      "lumen",
      "ada",
      monday - 1,
    );
    equal(mail.events, 2);
    equal(signedInAt, monday + 1);
    equal(notifications.length, 1);
    deepEqual(undelivered, { count: 0, latest: [] });
    deepEqual(hearings.map(({ type }) => type), ["source-request.created"]);

    await db.run(sql`UPDATE emails SET delivery = 'refused' WHERE user_id = 'ada'`);
    const after = await loadPerson(db, "lumen", "ada", monday - 1);
    equal(after.undelivered.count, mail.emails);
    deepEqual(new Set(after.undelivered.latest.map(({ state }) => state)), new Set(["refused"]));
    equal((await loadPerson(db, "lumen", "ada", monday + hour)).mail.emails, 0);
  },
);

onEachDatabase("nobody is found through another account", async (db) => {
  await setStage(db);
  await rejects(loadPerson(db, "meridian-post", "ada", 0), NotFound);
  await rejects(loadPerson(db, "lumen", "nobody", 0), NotFound);
});
