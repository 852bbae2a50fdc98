import assert from "node:assert/strict";
import { listAccounts } from "../db/accounts.ts";
import { searchAudit } from "../db/audit_entries.ts";
import { listCast } from "../db/cast.ts";
import { type Database, rowsOf } from "../db/client.ts";
import { type EventTuple, toEvent } from "../db/event_rows.ts";
import { eventsAfter } from "../db/log.ts";
import { loadNotifications } from "../db/panel.ts";
import { usersOf } from "../db/users.ts";
import { defaultNotifications } from "../domain/catalogue.ts";
import { Conflict } from "../domain/errors.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { cast } from "../demo/cast.ts";
import { seed } from "./seed.ts";

const now = Date.parse("2026-11-20T10:20:30Z");
const day = 86_400_000;
const studio = { id: "northlight-studio", profile: "studio" };
const people = cast.flatMap(({ users }) => users);

async function seeded(accounts: number, examine: (db: Database, url: string) => Promise<void>) {
  const { db, url, close } = await temporaryDatabase();
  try {
    await seed(db, { accounts, now });
    await examine(db, url);
  } finally {
    await close();
  }
}

async function logBehind(db: Database, after: number) {
  return rowsOf<EventTuple>(await eventsAfter(db, [{ account: studio, after }], 10_000)).map(
    toEvent,
  );
}

Deno.test("a seeded database holds the cast, its notifications and a month of events up to now", async () => {
  await seeded(cast.length, async (db) => {
    const accounts = await listAccounts(db);
    assert.deepEqual(accounts.map(({ id }) => id).sort(), cast.map(({ id }) => id).sort());
    const signIns = await listCast(db, 100);
    const active = people.filter(({ deactivated }) => !deactivated);
    assert.deepEqual(signIns.map(({ id }) => id), active.map(({ id }) => id));
    for (const user of people) {
      const { notifications } = await loadNotifications(db, user.id);
      const expected = defaultNotifications(user.roles).size + user.notifications.length;
      assert.equal(notifications.length, expected, user.id);
      const muted = notifications.filter(({ mutedAt }) => mutedAt !== null).length;
      const { mutedDefaults = [] } = user;
      const expectedMuted = user.notifications.filter((n) => n.muted).length;
      assert.equal(muted, expectedMuted + mutedDefaults.length);
    }
    const log = await logBehind(db, 0);
    assert.equal(log.length, 3_000);
    assert.ok(log.every(({ time }) => time < now && time >= now - 30 * day));
  });
});

Deno.test("only the last day's events are owed to the people of a seeded database", async () => {
  await seeded(cast.length, async (db) => {
    for (const { id } of people) {
      const { notifications } = await loadNotifications(db, id);
      for (const { bookmark } of notifications) {
        const owed = await logBehind(db, bookmark);
        assert.ok(owed.length > 30 && owed.length < 300, `${owed.length}`);
        assert.ok(owed.every(({ time }) => time >= now - day));
      }
    }
  });
});

Deno.test("somebody who left is seeded without digests and cannot be signed in as", async () => {
  await seeded(cast.length, async (db) => {
    const { nextDigests } = await loadNotifications(db, "piotr-zielinski");
    assert.equal(nextDigests.size, 0);
    const users = await usersOf(db, "tidewrack-pictures");
    assert.deepEqual(users.filter((user) => user.deactivatedAt).map(({ id }) => id), [
      "piotr-zielinski",
    ]);
  });
});

Deno.test("the cast has a past: last sign-ins, and an audit log in order that ends in how things are", async () => {
  await seeded(cast.length, async (db) => {
    const rows = await db.query.users.findMany();
    for (const { id, createdAt, signedInAt, deactivatedAt } of rows) {
      assert.ok(createdAt < now, id);
      const until = deactivatedAt ?? now;
      assert.ok(signedInAt === null || (createdAt < signedInAt && signedInAt < until), id);
    }
    const log = (await searchAudit(db, null, { query: "", limit: 100 })).reverse();
    assert.ok(log.length > 5 && log.every(({ actor }) => actor !== null));
    const instants = log.map(({ at }) => at);
    assert.deepEqual(instants, instants.toSorted((a, b) => a - b));
    for (const { after, subjectId } of log) {
      if (!after || !("roles" in after)) continue;
      assert.deepEqual(after.roles, rows.find(({ id }) => id === subjectId)!.roles);
    }
    const tidewrack = await searchAudit(db, "tidewrack-pictures", { query: "", limit: 9 });
    assert.deepEqual(tidewrack.map(({ actor, deed, person }) => [actor, deed, person]), [
      ["Desmond Achebe", "roles changed", "Ingrid Solheim"],
      ["Desmond Achebe", "deactivated", "Piotr Zieliński"],
    ]);
  });
});

Deno.test("further accounts bring people, and change nothing about the story of the cast", async () => {
  await seeded(12, async (db) => {
    assert.equal((await listAccounts(db)).length, 12);
    assert.ok((await listCast(db, 1_000)).length > people.length);
    assert.equal((await logBehind(db, 0)).length, 3_000);
  });
});

Deno.test("seed refuses a database that holds anything, with status 2 and the reason", async () => {
  await seeded(cast.length, async (db, url) => {
    await assert.rejects(seed(db, { accounts: cast.length, now }), Conflict);
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", new URL("seed.ts", import.meta.url).href],
      env: { TURSO_DATABASE_URL: url, SECRET_KEY: "x".repeat(32) },
    }).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /^Cannot seed this database: it is not empty/);
    assert.equal((await logBehind(db, 0)).length, 3_000);
  });
});
