import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { temporaryDatabase } from "../e2e/database.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { startSqld } from "../e2e/sqld.ts";
import { day, event, hour, monday, setStage, sweepOn } from "../e2e/stage.ts";
import { lease } from "../jobs/queue.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { backUp, tables } from "./backup.ts";
import { claimEmails } from "./claims.ts";
import { type Database, openDatabase } from "./client.ts";
import { pauseUser } from "./digests.ts";
import { appendEvents } from "./events.ts";
import { migrateDatabase } from "./migrate.ts";
import { snoozeNotification } from "./snoozes.ts";
import { cleanUp } from "./retention.ts";
import { restore } from "./restore.ts";
import * as schema from "./schema.ts";

async function backedUp(db: Database): Promise<string[]> {
  return await Array.fromAsync(backUp(db.$client));
}

async function* linesOf(lines: string[]) {
  yield* lines;
}

/** Everything in a database, row by row, in the order of the rows. */
async function contentOf(db: Database) {
  const all = [];
  for (const table of tables) {
    const { name } = getTableConfig(table);
    all.push([
      name,
      await db.all(sql.raw(`SELECT rowid AS place, * FROM "${name}" ORDER BY rowid`)),
    ]);
  }
  const sequences = await db.all(sql`
    SELECT name, seq FROM sqlite_sequence WHERE name IN ('events', 'notifications') ORDER BY name`);
  return [...all, sequences];
}

/** A life in which mail is owed in every way there is, at `monday + 10 * hour`. */
async function owingStage(db: Database): Promise<void> {
  const { ask, happen, waitUntil, sweepAt } = await setStage(db);
  await appendEvents(
    db,
    [event({ id: "old", subject: "SR-0", type: "material.received", data: {} })],
    monday - 30 * day,
  );
  await cleanUp(db, { now: monday, before: monday - day });
  await ask("ada", "daily");
  await ask("sam", "weekly");
  await ask("ben", "immediately");
  const snoozed = await ask("ada", "immediately", { type: "source-request.created" });
  await snoozeNotification(db, "ada", snoozed, { until: monday + 2 * day, now: monday });
  await pauseUser(db, "ben", monday + 3 * day, monday);
  await happen("SR-1");
  // Handed to a sender that died over them.
  await sweepAt(monday + 8 * hour, () => Promise.reject(new TemporaryFailure("not now")));
  equal((await claimEmails(db, { now: monday + 9 * hour, lease, limit: 9 })).length, 2);
  waitUntil(monday + 9 * hour);
  await happen("SR-2");
  await happen("SR-3", "source-request.created");
}

const later = [9.1, 10, 32, 56, 73, 80, 7 * 24 + 8.5].map((hours) => monday + hours * hour);

async function tellAll(db: Database) {
  const told = [];
  for (const at of later) {
    const emails = (await sweepOn(db, at)).told;
    // What is due at one instant comes in any order.
    told.push(emails.sort((a, b) => a.to < b.to ? -1 : 1));
  }
  return told;
}

onEachDatabase(
  "what is restored owes every email that was owed, whichever database it came from",
  async (db) => {
    await owingStage(db);
    const lines = await backedUp(db);
    const { db: onFile, close } = await temporaryDatabase();
    const server = await startSqld();
    const elsewhere = server ? [onFile, await openDatabase(server)] : [onFile];
    try {
      const original = await contentOf(db);
      const told = await tellAll(db);
      // By the sender's death, the snooze, the pause, the day and the week.
      deepEqual(told.flat().map(({ to, subjects }) => [to, subjects]).sort(), [
        ["ada", ["SR-1"]],
        ["ada", ["SR-2"]],
        ["ben", ["SR-1", "SR-2"]],
        ["sam", ["SR-1"]],
        ["sam", ["SR-2"]],
      ]);
      for (const other of elsewhere) {
        await migrateDatabase(other);
        await restore(other.$client, linesOf(lines));
        deepEqual(await contentOf(other), original);
        deepEqual(await tellAll(other), told);
        // The log goes on behind its end, not behind what retention left of it.
        await appendEvents(other, [
          event({ id: "n", subject: "SR-9", type: "material.received", data: {} }),
        ], monday);
        equal((await other.query.events.findMany()).at(-1)!.seq, 5);
      }
    } finally {
      elsewhere[1]?.$client.close();
      await server?.stop();
      await close();
    }
  },
);

onEachDatabase(
  "a backup is of one instant, and the intake goes on while it is made",
  async (db) => {
    await setStage(db);
    const batch = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `${from + index}`)
        .map((id) => event({ id, subject: `SR-${id}`, type: "material.received", data: {} }));
    await appendEvents(db, batch(0, 900), monday);
    const lines: string[] = [];
    let appended = 900;
    // On a file, whoever backs up is another process with a connection of its own.
    const { rows: [main] } = await db.$client.execute("PRAGMA database_list");
    const reader = main?.file ? await openDatabase({ url: `file:${main.file}` }) : db;
    for await (const line of backUp(reader.$client)) {
      lines.push(line);
      const outcomes = await appendEvents(db, batch(appended, 10), monday);
      deepEqual(new Set(outcomes), new Set(["accepted"]));
      appended += 10;
    }
    if (reader !== db) reader.$client.close();
    const { db: copy, close } = await temporaryDatabase();
    try {
      await restore(copy.$client, linesOf(lines));
      equal((await copy.query.events.findMany()).length, 900);
      equal((await copy.query.eventAccounts.findMany()).length, 1_800);
      ok(appended > 950);
    } finally {
      await close();
    }
  },
);

onEachDatabase("large rows are backed up a few at a time", async (db) => {
  await setStage(db);
  for (let id = 0; id < 8; id++) {
    const data = { x: "é".repeat(400_000) };
    await appendEvents(db, [
      event({ id: `${id}`, subject: `SR-${id}`, type: "material.received", data }),
    ], monday);
  }
  const lines = await backedUp(db);
  ok(Math.max(...lines.map((line) => line.length)) < 1_500_000);
  const { db: copy, close } = await temporaryDatabase();
  try {
    await restore(copy.$client, linesOf(lines));
    deepEqual(await contentOf(copy), await contentOf(db));
  } finally {
    await close();
  }
});

Deno.test("every table is backed up, those that others refer to first", () => {
  const all = Object.values(schema).filter((each) => each instanceof SQLiteTable)
    .filter((each) => each !== schema.runs);
  deepEqual(new Set(tables), new Set(all));
  for (const [index, table] of tables.entries()) {
    for (const { reference } of getTableConfig(table).foreignKeys) {
      ok(tables.slice(0, index).includes(reference().foreignTable as SQLiteTable));
    }
  }
});

Deno.test("nothing is restored over what is there, from half a backup, or from another one's", async () => {
  const { db, close } = await temporaryDatabase();
  const { db: copy, close: closeCopy } = await temporaryDatabase();
  const refused = async (lines: string[], problem: RegExp) =>
    await rejects(restore(copy.$client, linesOf(lines)), problem);
  try {
    await setStage(db);
    const lines = await backedUp(db);
    const [head, accounts] = lines;
    await refused([], /breaks off/);
    await refused(lines.slice(1), /does not begin as a backup does/);
    await refused([head!, "{"], /a line of it is not of a backup/);
    await refused([head!, '{"secrets":[]}'], /a line of it is not of a backup/);
    await refused(
      [head!, accounts!.replace('"name"', '"fame"')],
      /"accounts\.fame": the backup is of a newer/,
    );
    await refused(
      [head!, accounts!.replace('"accounts"', '"sqlite_master"')],
      /of a newer Callboard/,
    );
    await refused(lines.slice(0, -1), /breaks off/);
    deepEqual(await copy.query.users.findMany(), []);
    // Three accounts, three people, and the role that each of them has held.
    equal(await restore(copy.$client, linesOf(lines)), 9);
    await refused(lines, /it is not empty/);
  } finally {
    await close();
    await closeCopy();
  }
});
