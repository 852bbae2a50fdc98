import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, minute, monday, setStage } from "../e2e/stage.ts";
import { deactivateUser } from "./deactivation.ts";
import { loadLog, type LogPage } from "./explorer.ts";
import { loadReach } from "./reach.ts";

const sam = { id: "sam" };
const subjects = ({ entries }: LogPage) => entries.map(({ event }) => event.subject);

onEachDatabase(
  "the log is found by account, source, words and time, for the studio alone",
  async (db) => {
    const { happen, waitUntil } = await setStage(db);
    await happen("SR-1", "material.received", { title: { id: "7", name: "100 % Fjord" } });
    waitUntil(monday + day);
    await happen("SR-2");
    await happen("SR-3");
    await db.run(sql`DELETE FROM event_accounts WHERE seq = 2 AND account_id = 'lumen'`);
    const found = async (search: Parameters<typeof loadLog>[2]) =>
      subjects(await loadLog(db, sam, search));
    deepEqual(await found({}), ["SR-3", "SR-2", "SR-1"]);
    deepEqual(await found({ account: "Lumen Pic" }), ["SR-3", "SR-1"]);
    deepEqual(await found({ account: "lumen", type: "material.received" }), ["SR-1"]);
    deepEqual(await found({ source: "/test" }), ["SR-3", "SR-2", "SR-1"]);
    deepEqual(await found({ source: "test" }), []);
    deepEqual(await found({ q: "0 % f" }), ["SR-1"]);
    deepEqual(await found({ q: "0 _ f" }), []);
    deepEqual(await found({ q: "SR-2" }), ["SR-2"]);
    deepEqual(await found({ from: monday + 1 }), ["SR-3", "SR-2"]);
    deepEqual(await found({ until: monday + day }), ["SR-1"]);
    deepEqual(await found({ from: monday + 1, until: monday + day }), []);
    deepEqual(await found({ before: 3 }), ["SR-2", "SR-1"]);
    const [newest] = (await loadLog(db, sam, { q: "SR-2" })).entries;
    deepEqual([newest!.accounts, newest!.source, newest!.flaw], [
      ["Meridian Post"],
      "/tests",
      null,
    ]);
    deepEqual(await loadLog(db, { id: "ada" }, {}), { entries: [], older: null, stopped: false });
    await deactivateUser(db, "studio", "sam", monday);
    deepEqual(await found({}), []);
  },
);

onEachDatabase("an event knows whom it reached, page by page, for the studio alone", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "immediately");
  await ask("ben", "daily", { conditions: [{ field: "language", op: "any", values: ["ko"] }] });
  await ask("sam", "daily", { type: "material.received" });
  await happen("SR-1");
  await sweepAt(monday + minute);
  const { people, others, next, data } = await loadReach(db, sam, { seq: 1, skipped: 0 });
  deepEqual(
    people.map(({ id, account, emails, notifications }) => [
      ...[
        id,
        account,
        emails.map(({ state }) => state),
        notifications.map(({ bookmark }) => bookmark),
      ],
    ]),
    [["ada", "Lumen Pictures", ["sent"], [1]], ["ben", "Lumen Pictures", [], [0]]],
  );
  deepEqual([others, next, data], [1, null, "{}"]);
  deepEqual((await loadReach(db, sam, { seq: 1, skipped: 1 })).people.map(({ id }) => id), ["ben"]);
  await rejects(loadReach(db, { id: "ada" }, { seq: 1, skipped: 0 }), NotFound);
  await rejects(loadReach(db, sam, { seq: 2, skipped: 0 }), NotFound);
});

onEachDatabase("more people than a page holds are reached on the next", async (db) => {
  const { happen } = await setStage(db);
  await db.run(sql`
    WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 159)
    INSERT INTO users (id, account_id, email, name, roles, created_at)
    SELECT 'u' || i, 'lumen', 'u' || i, 'U ' || i, '[]', 0 FROM n`);
  await db.run(sql`
    INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
    SELECT id, 'custom', 'source-request.delivered', '[]', 'daily', id, 0, 0 FROM users WHERE id LIKE 'u%'`);
  await happen("SR-1");
  const first = await loadReach(db, sam, { seq: 1, skipped: 0 });
  deepEqual([first.people.length, first.people[0]!.id, first.next], [50, "u100", 50]);
  const second = await loadReach(db, sam, { seq: 1, skipped: 50 });
  deepEqual([second.people.length, second.people[0]!.id, second.next], [10, "u150", null]);
  equal(second.people[0]!.notifications.length, 1);
});
