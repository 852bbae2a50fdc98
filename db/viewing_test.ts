import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, minute, monday, setStage } from "../e2e/stage.ts";
import { searchAudit } from "./audit.ts";
import type { Database } from "./client.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { cleanUp } from "./retention.ts";
import { setRoles } from "./roles.ts";
import { createSession, deleteSession, findSession } from "./sessions.ts";
import { beginViewing, endViewing, forgetViewing, listViewings } from "./viewing.ts";

/** Sam of the studio signs in and sees what Ada sees; resolves to the token. */
async function viewAsAda(db: Database): Promise<string> {
  await setStage(db);
  const token = await createSession(db, "sam", monday);
  return await beginViewing(db, { token, by: "sam", as: "ada", now: monday });
}

/** Whom a token stands for, and who is behind it. */
async function seen(db: Database, token: string, now: number) {
  const user = await findSession(db, token, now);
  return user && [user.id, user.viewing?.by.id, user.viewing?.as?.id];
}

async function told(db: Database) {
  const entries = await searchAudit(db, "lumen", { query: "viewing", limit: 10 });
  return entries.reverse().map(({ actor, deed, person, at }) => [actor, deed, person, at - monday]);
}

const began = ["Sam Ortiz", "began viewing as", "Ada Byrne", 0];
const endedAt = (at: number) => ["Sam Ortiz", "ended viewing as", "Ada Byrne", at];

onEachDatabase("a studio admin sees what a user sees until that is ended", async (db) => {
  await setStage(db);
  const own = await createSession(db, "sam", monday);
  const token = await beginViewing(db, { token: own, by: "sam", as: "ada", now: monday });
  notEqual(token, own);
  equal(await findSession(db, own, monday), null);
  deepEqual(await seen(db, token, monday), ["ada", "sam", "ada"]);
  equal((await findSession(db, token, monday, { own: true }))?.id, "sam");
  deepEqual(await told(db), [began]);
  deepEqual(await listViewings(db, "ada"), [{ by: "Sam Ortiz", began: monday, ended: null }]);

  const ended = (await endViewing(db, token, monday + minute))!;
  deepEqual(ended.as, { id: "ada", account: "lumen" });
  equal(await endViewing(db, ended.token, monday + minute), null);
  equal(await findSession(db, token, monday), null);
  deepEqual(await seen(db, ended.token, monday), ["sam", undefined, undefined]);
  deepEqual(await told(db), [began, endedAt(minute)]);
  deepEqual(await listViewings(db, "ada"), [
    { by: "Sam Ortiz", began: monday, ended: monday + minute },
  ]);
  deepEqual(await listViewings(db, "ben"), []);
});

onEachDatabase("it ends by itself after half an hour, and the log says when", async (db) => {
  const token = await viewAsAda(db);
  deepEqual(await seen(db, token, monday + 30 * minute - 1), ["ada", "sam", "ada"]);
  const late = monday + 30 * minute;
  deepEqual(await seen(db, token, late), ["sam", "sam", undefined]);
  for (const now of [late + minute, late + 2 * minute]) await forgetViewing(db, token, now);
  deepEqual(await seen(db, token, late), ["sam", undefined, undefined]);
  deepEqual(await told(db), [began, endedAt(30 * minute)]);
});

onEachDatabase("one whose browser never asks again is told to have ended, too", async (db) => {
  await viewAsAda(db);
  for (const now of [monday + 2 * day, monday + 2 * day + 1]) {
    await cleanUp(db, { now, before: monday });
  }
  deepEqual(await told(db), [began, endedAt(30 * minute)]);
});

onEachDatabase("it ends when either of the two is deactivated, or the role is lost", async (db) => {
  const token = await viewAsAda(db);
  await deactivateUser(db, "lumen", "ada", monday);
  await reactivateUser(db, "lumen", "ada", monday);
  deepEqual(await seen(db, token, monday), ["sam", "sam", undefined]);
  await forgetViewing(db, token, monday);
  const again = await beginViewing(db, { token, by: "sam", as: "ben", now: monday });
  await setRoles(db, "sam", ["studio-operations"], monday);
  await setRoles(db, "sam", ["studio-admin"], monday);
  deepEqual(await seen(db, again, monday), ["sam", "sam", undefined]);
  await forgetViewing(db, again, monday);
  const last = await beginViewing(db, { token: again, by: "sam", as: "ben", now: monday });
  await deactivateUser(db, "studio", "sam", monday + 1);
  equal(await findSession(db, last, monday), null);
  deepEqual((await told(db)).at(-1), ["Sam Ortiz", "ended viewing as", "Ben Okoye", 1]);
});

onEachDatabase("signing out ends it and says so", async (db) => {
  const token = await viewAsAda(db);
  await deleteSession(db, token, monday + minute);
  deepEqual(await told(db), [began, endedAt(minute)]);
});

onEachDatabase(
  "nobody but a studio admin sees as others, nor as themselves, nor as who left, nor twice",
  async (db) => {
    await setStage(db);
    const [sams, bens] = [
      await createSession(db, "sam", monday),
      await createSession(db, "ben", monday),
    ];
    await deactivateUser(db, "lumen", "ada", monday);
    const refused = [
      { token: bens, by: "ben", as: "sam" },
      { token: bens, by: "sam", as: "ben" },
      { token: sams, by: "sam", as: "sam" },
      { token: sams, by: "sam", as: "ada" },
      { token: sams, by: "sam", as: "nobody" },
    ];
    for (const one of refused) await rejects(beginViewing(db, { ...one, now: monday }));
    const first = await beginViewing(db, { token: sams, by: "sam", as: "ben", now: monday });
    await rejects(beginViewing(db, { token: sams, by: "sam", as: "ben", now: monday }));
    await rejects(beginViewing(db, { token: first, by: "sam", as: "ben", now: monday }));
    ok(await findSession(db, first, monday));
    equal((await told(db)).length, 1);
  },
);
