import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { EmailContent } from "../domain/compose.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { type Database, isConstraintError } from "./client.ts";
import {
  accountsWithWork,
  loadDuePeople,
  loadListeners,
  loadSnapshots,
  type Snapshot,
  type Work,
} from "./composing.ts";
import { commitLooks, type Composition } from "./composition.ts";
import { deactivateUser } from "./deactivation.ts";
import { findOwner } from "./owners.ts";
import { loadPeople } from "./recipients.ts";
import { pauseUser } from "./digests.ts";
import { deleteNotification, muteNotification } from "./notification_actions.ts";
import { createNotification } from "./notifications.ts";

const nothing: Work = { dispatch: [], due: [] };

async function work(db: Database, now: number): Promise<Work> {
  const { dispatch, due } = await accountsWithWork(db, now);
  return { dispatch: dispatch.sort(), due: due.sort() };
}

async function snapshotOf(db: Database, accountId: string): Promise<Snapshot> {
  return (await loadSnapshots(db, [accountId]))[0]!;
}

onEachDatabase("an account is looked at while somebody in it is owed a look", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  deepEqual(await work(db, monday), nothing);
  const id = await ask("ada", "immediately");
  await happen("SR-1", undefined, { accounts: ["meridian-post"] });
  deepEqual(await work(db, monday), nothing);
  await happen("SR-2");
  deepEqual(await work(db, monday), { dispatch: ["lumen"], due: [] });
  await muteNotification(db, "ada", id, monday);
  deepEqual(await work(db, monday), nothing);

  await ask("sam", "immediately");
  await ask("ada", "daily");
  await happen("SR-3", undefined, { accounts: ["meridian-post"] });
  deepEqual(await work(db, monday + 8 * hour - 1), { dispatch: ["studio"], due: [] });
  deepEqual(await work(db, monday + 8 * hour), { dispatch: ["studio"], due: ["lumen"] });
  await sweepAt(monday + 8 * hour);
  deepEqual(await work(db, monday + 8 * hour), nothing);

  await ask("ben", "immediately");
  await pauseUser(db, "ben", monday + 2 * day, monday + 8 * hour);
  await happen("SR-4");
  deepEqual(await work(db, monday + day), { dispatch: ["studio"], due: [] });
  await deactivateUser(db, "studio", "sam", monday);
  await deactivateUser(db, "lumen", "ada", monday);
  deepEqual(await work(db, monday + 2 * day), { dispatch: [], due: ["lumen"] });
});

onEachDatabase("what is read of a person is all that composing asks", async (db) => {
  const { ask, happen, owner, sweepAt } = await setStage(db);
  const fast = await ask("ada", "immediately");
  const slow = await ask("ada", "weekly", {
    conditions: [{ field: "content_type", op: "any", values: ["branded"] }],
  });
  await muteNotification(db, "ada", await ask("ada", "hourly"), monday);
  await deleteNotification(db, "ada", await ask("ada", "daily"), monday);
  await happen("SR-1");
  await happen("SR-2", "source-request.accepted");
  await sweepAt(monday + minute);

  const [ada, ...others] = await loadPeople(db, ["ada"], monday + 2 * minute - 1);
  const { notifications, told, digests, tellings, ...person } = ada!;
  deepEqual(others, []);
  const unheld = { behind: false, quietFrom: null, quietUntil: null, heldUntil: null };
  deepEqual(person, { ...await owner("ada"), ...unheld });
  deepEqual(notifications.map(({ id, bookmark }) => [id, bookmark]), [[fast, 2], [slow, 0]]);
  deepEqual(notifications[1]!.conditions, [
    { field: "content_type", op: "any", values: ["branded"] },
  ]);
  deepEqual([...told], []);
  const [later] = await loadPeople(db, ["ada"], monday + 8 * day);
  deepEqual([...later!.told], [1], "now that the weekly digest is due, which asks for the same");
  deepEqual(tellings, [{ at: monday + minute, events: 1 }]);
  deepEqual(digests.map(({ frequency }) => frequency).sort(), ["daily", "hourly", "weekly"]);

  const { settingsVersion: _, turn: __, ...state } = await snapshotOf(db, "lumen");
  deepEqual(state, { id: "lumen", profile: "content", dispatched: 2, end: 2 });
  const listeners = await loadListeners(db, ["lumen", "studio"]);
  deepEqual([...listeners.keys()], ["lumen", "studio"]);
  deepEqual(listeners.get("lumen")!.map(({ id, userId, roles }) => [id, userId, roles]), [
    [fast, "ada", ["master-content-partner-operations"]],
  ]);
});

onEachDatabase("people come due in pages, once each", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "hourly");
  await ask("ada", "daily");
  await ask("ben", "daily");
  await ask("sam", "daily");
  const due = async (
    now: number,
    limit = 10,
  ) => [...(await loadDuePeople(db, ["lumen", "studio"], { now, limit })).userIds];
  deepEqual(await due(monday), []);
  deepEqual(await due(monday + hour), [["lumen", ["ada"]]]);
  deepEqual(await due(monday + day), [["lumen", ["ada", "ben"]], ["studio", ["sam"]]]);
  deepEqual(await due(monday + day, 1), [["lumen", ["ada"]]]);
  deepEqual(await due(monday + day, 2), [["lumen", ["ada", "ben"]]]);
});

const content: EmailContent = {
  reasons: [{ id: 1, sentence: "Source Delivered, daily" }],
  items: [{ seq: 1, reasons: [0] }],
};

/** What a look at Ada's daily digest would write, from what is stored now. */
async function lookAtAda(db: Database): Promise<Composition> {
  const account = await snapshotOf(db, "lumen");
  const email = { id: crypto.randomUUID(), userId: "ada", content, lastSeq: 1 };
  return {
    ...{ account, upTo: 1, dispatched: true, now: monday },
    emails: [{ ...email, frequency: "daily", window: monday + 8 * hour }],
    bookmarks: [{ userId: "ada", frequency: "daily" }],
    digests: [
      { userId: "ada", frequency: "daily", window: monday + 8 * hour, next: monday + 32 * hour },
    ],
    caughtUp: [{ userId: "ada", resumed: true }],
    held: [],
  };
}

onEachDatabase("a look is written whole, and once", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "daily");
  await ask("ben", "daily");
  await happen("SR-1");
  await pauseUser(db, "ada", monday, monday);
  const look = await lookAtAda(db);
  await commitLooks(db, [look]);
  await rejects(commitLooks(db, [look]), isConstraintError);

  const [email] = await db.query.emails.findMany();
  deepEqual([email!.state, email!.sendAt, email!.content], ["queued", monday, content]);
  const [ada] = await loadPeople(db, ["ada"], monday + hour);
  deepEqual([ada!.behind, ada!.pausedUntil, [...ada!.told]], [false, null, []]);
  deepEqual(ada!.digests, [{ frequency: "daily", nextAt: monday + 32 * hour }]);
  const bookmarks = await db.query.notifications.findMany({ orderBy: (n) => n.id });
  deepEqual(bookmarks.map(({ bookmark }) => bookmark), [1, 0]);
  const account = await snapshotOf(db, "lumen");
  equal(account.dispatched, 1);
  equal(account.turn, look.account.turn + 1);
});

onEachDatabase(
  "a look at what has changed since is refused, and nothing of it stays",
  async (db) => {
    const { ask, happen } = await setStage(db);
    const id = await ask("ada", "daily");
    await happen("SR-1");
    const changes = [
      () => muteNotification(db, "ada", id, monday),
      () => ask("ben", "weekly"),
      () => deactivateUser(db, "lumen", "ben", monday),
      async () => await commitLooks(db, [{ ...await lookAtAda(db), emails: [] }]),
    ];
    for (const change of changes) {
      const look = await lookAtAda(db);
      await change();
      const before = await stored(db);
      await rejects(commitLooks(db, [look]), isConstraintError);
      deepEqual(await stored(db), before);
    }
    // Two looks at one window, by a clock that runs backwards or a turn that was lost: the second has no place.
    await commitLooks(db, [await lookAtAda(db)]);
    const before = await stored(db);
    await rejects(commitLooks(db, [await lookAtAda(db)]), isConstraintError);
    deepEqual(await stored(db), before);
  },
);

onEachDatabase("of two looks at once one is written", async (db) => {
  const { happen } = await setStage(db);
  await createNotification(
    db,
    await findOwner(db, "ada"),
    { type: "source-request.delivered", conditions: [], frequency: "daily" },
    monday,
  );
  await happen("SR-1");
  const looks = [await lookAtAda(db), await lookAtAda(db)];
  const results = await Promise.allSettled(looks.map((look) => commitLooks(db, [look])));
  deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  equal((await db.query.emails.findMany()).length, 1);
});

onEachDatabase("more listeners than an answer holds are read in parts, each once", async (db) => {
  await setStage(db);
  const count = 21_000;
  await db.run(sql`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
    SELECT 'sam', 'custom', 'source-request.delivered', ${`[${
    " ".repeat(150)
  }]`}, 'immediately', i, 0, 0 FROM n`);
  const listeners = (await loadListeners(db, ["lumen", "studio"])).get("studio")!;
  equal(new Set(listeners.map(({ id }) => id)).size, count);
  equal(listeners.length, count);
});

onEachDatabase(
  "people and emails that are more than an answer holds are read and written all the same",
  async (db) => {
    await setStage(db);
    const count = 1_500;
    await db.run(sql`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= ${count})
    INSERT INTO users (id, account_id, email, name, roles, created_at)
    SELECT 'u' || i, 'lumen', 'u' || i, 'U', ${`["${"x".repeat(4_000)}"]`}, 0 FROM n`);
    const ids = Array.from({ length: count }, (_, index) => `u${index + 1}`);
    const people = await loadPeople(db, ids, monday);
    deepEqual(new Set(people.map(({ id }) => id)), new Set(ids));

    const [account] = await loadSnapshots(db, ["lumen"]);
    const items = Array.from({ length: 200 }, (_, seq) => ({ seq, reasons: [0] }));
    const email = { frequency: "daily" as const, window: 1, lastSeq: 199 };
    const emails = ids.map((userId) => ({
      ...{ ...email, id: userId, userId },
      content: { reasons: [{ id: 1, sentence: "s".repeat(200) }], items },
    }));
    const none = { bookmarks: [], digests: [], caughtUp: [], held: [] };
    await commitLooks(db, [
      { account: account!, emails, ...none, upTo: 200, dispatched: false, now: monday },
    ]);
    equal((await db.query.emails.findMany({ columns: { id: true } })).length, count);
  },
);
