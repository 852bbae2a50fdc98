import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, minute, monday, setStage } from "../e2e/stage.ts";
import { searchAudit } from "./audit_entries.ts";
import type { Database } from "./client.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { cleanUp } from "./retention.ts";
import { setRoles } from "./roles.ts";
import { createSession, deleteSession, findSession } from "./sessions.ts";
import { beginViewing, endViewing, forgetViewing, listViewings } from "./viewing.ts";

const secret = "the secret of these tests, long enough";

/** Sam of the studio signs in and sees what Ada sees; resolves to the token. */
async function viewAsAda(db: Database): Promise<string> {
  await setStage(db);
  return await view(db, await createSession(db, "sam", monday));
}

async function view(db: Database, token: string, as = "ada"): Promise<string> {
  return (await beginViewing(db, { token, secret, as, now: monday }))!;
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
  const token = await view(db, own);
  notEqual(token, own);
  equal(await findSession(db, own, monday), null);
  deepEqual(await seen(db, token, monday), ["ada", "sam", "ada"]);
  equal((await findSession(db, token, monday, { own: true }))?.id, "sam");
  deepEqual(await told(db), [began]);
  deepEqual(await listViewings(db, "ada"), [{ by: "Sam Ortiz", began: monday, ended: null }]);

  const ended = (await endViewing(db, { token, secret, now: monday + minute }))!;
  deepEqual(ended.as, { id: "ada", account: "lumen" });
  equal(await endViewing(db, { token: ended.token, secret, now: monday + minute }), null);
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
  const again = await view(db, token, "ben");
  await setRoles(db, "sam", ["studio-operations"], monday);
  await setRoles(db, "sam", ["studio-admin"], monday);
  deepEqual(await seen(db, again, monday), ["sam", "sam", undefined]);
  await forgetViewing(db, again, monday);
  const last = await view(db, again, "ben");
  await deactivateUser(db, "studio", "sam", monday + 1);
  equal(await findSession(db, last, monday), null);
  deepEqual((await told(db)).at(-1), ["Sam Ortiz", "ended viewing as", "Ben Okoye", 1]);
});

onEachDatabase("whoever presses twice at once finds one viewing, and one end of it", async (db) => {
  await setStage(db);
  const own = await createSession(db, "sam", monday);
  const press = (now: number) => beginViewing(db, { token: own, secret, as: "ada", now });
  const [token, ...others] = await Promise.all([1, 2, 3].map(() => press(monday)));
  deepEqual(others, [token, token]);
  deepEqual(await seen(db, token!, monday), ["ada", "sam", "ada"]);
  equal(await press(monday + minute), null);
  deepEqual(await told(db), [began]);

  const end = (now: number) => endViewing(db, { token: token!, secret, now });
  const [first, second] = await Promise.all([1, 2].map(() => end(monday + minute)));
  deepEqual(first!.as, { id: "ada", account: "lumen" });
  deepEqual(second, first);
  deepEqual(await seen(db, first!.token, monday), ["sam", undefined, undefined]);
  equal(await end(monday + 2 * minute), null);
  equal((await told(db)).length, 2);
});

onEachDatabase("the button still leads back when the time was up before", async (db) => {
  const token = await viewAsAda(db);
  const ended = await endViewing(db, { token, secret, now: monday + 40 * minute });
  deepEqual(ended?.as, { id: "ada", account: "lumen" });
  deepEqual(await seen(db, ended!.token, monday), ["sam", undefined, undefined]);
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
      { token: bens, as: "sam" },
      { token: sams, as: "sam" },
      { token: sams, as: "ada" },
      { token: sams, as: "nobody" },
    ];
    for (const one of refused) equal(await beginViewing(db, { ...one, secret, now: monday }), null);
    const first = await view(db, sams, "ben");
    equal(await beginViewing(db, { token: first, secret, as: "ben", now: monday }), null);
    ok(await findSession(db, first, monday));
    equal((await told(db)).length, 1);
  },
);
