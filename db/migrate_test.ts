import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { temporaryFolder } from "../e2e/command.ts";
import { onEachDatabase, onEachEmptyDatabase } from "../e2e/each_database.ts";
import { setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { type Database, openDatabase } from "./client.ts";
import { isMigrated, migrateDatabase, migrationsFolder } from "./migrate.ts";
import journal from "./migrations/meta/_journal.json" with { type: "json" };

onEachDatabase("migrating twice changes nothing", async (db) => {
  await setStage(db);
  const before = await stored(db);
  await migrateDatabase(db);
  deepEqual(await stored(db), before);
  equal(await isMigrated(db), true);
  await db.run(sql`UPDATE __drizzle_migrations SET created_at = 1`);
  equal(await isMigrated(db), false);
});

onEachDatabase(
  "a database that is ahead serves this version too, which leaves it as it is",
  async (db) => {
    const at = journal.entries.at(-1)!.when + 1;
    await db.run(
      sql`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('tomorrow', ${at})`,
    );
    const before = await stored(db);
    equal(await isMigrated(db), true);
    await migrateDatabase(db);
    deepEqual(await stored(db), before);
  },
);

Deno.test("an empty database is not migrated, and one that does not answer says so", async () => {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  try {
    const db = await openDatabase({ url: `file:${directory}/empty.db` });
    equal(await isMigrated(db), false);
    db.$client.close();
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}`;
    listener.close();
    await rejects(openDatabase({ url }).then(isMigrated));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

/** A folder with the first migrations alone, as they were when the newest of them was written. */
async function migrationsUpTo(count: number, path: string): Promise<string> {
  const entries = journal.entries.slice(0, count);
  const folder = `${path}/${count}`;
  await Deno.mkdir(`${folder}/meta`, { recursive: true });
  await Deno.writeTextFile(`${folder}/meta/_journal.json`, JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries) {
    await Deno.copyFile(`${migrationsFolder}/${tag}.sql`, `${folder}/${tag}.sql`);
  }
  return folder;
}

type Schema = Record<string, string[]>;

/** The columns of every table. */
async function schemaOf(db: Database): Promise<Schema> {
  const columns = await db.all<{ name: string; columns: string }>(sql`
    SELECT m.name, json_group_array(c.name) AS columns
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE '%~_~_%' ESCAPE '~' AND m.name NOT LIKE 'sqlite%'
    GROUP BY m.name`);
  return Object.fromEntries(columns.map((table) => [table.name, JSON.parse(table.columns)]));
}

/** Writes one row into each table as the version of that schema would: it names the columns that it knows. */
async function writeAs(db: Database, schema: Schema, value: number): Promise<void> {
  const inserts = Object.entries(schema).map(([table, columns]) =>
    db.run(sql`
      INSERT INTO ${sql.identifier(table)} (${sql.raw(columns.map(quoted).join(", "))})
      VALUES (${sql.raw(columns.map(() => value).join(", "))})`)
  );
  // Who belongs to whom is not the question here.
  await db.batch([db.run(sql`PRAGMA defer_foreign_keys = ON`), ...inserts]);
}

/** What these tables hold in these columns. */
async function readAs(db: Database, schema: Schema): Promise<unknown[]> {
  return await Promise.all(
    Object.entries(schema).map(([table, columns]) =>
      db.all(sql`SELECT ${sql.raw(columns.map(quoted).join(", "))} FROM ${sql.identifier(table)}`)
    ),
  );
}

function quoted(name: string): string {
  return `"${name}"`;
}

onEachEmptyDatabase(
  "each migration keeps what was there, and the version before it goes on reading and writing",
  async (db) => {
    await using scratch = await temporaryFolder();
    for (let count = 1; count < journal.entries.length; count += 1) {
      await migrateDatabase(db, await migrationsUpTo(count, scratch.path));
      const before = await schemaOf(db);
      await writeAs(db, before, 2 * count);
      const held = await readAs(db, before);
      await migrateDatabase(db, await migrationsUpTo(count + 1, scratch.path));
      deepEqual(await readAs(db, before), held, journal.entries[count]!.tag);
      await writeAs(db, before, 2 * count + 1);
    }
    equal(await isMigrated(db), true);
  },
);

onEachEmptyDatabase(
  "a migration that fails in the middle leaves nothing of itself, and can be repeated",
  async (db) => {
    await using scratch = await temporaryFolder();
    const [last] = journal.entries.slice(-1);
    const folder = await migrationsUpTo(journal.entries.length, scratch.path);
    await migrateDatabase(db, await migrationsUpTo(journal.entries.length - 1, scratch.path));
    const before = await schemaOf(db);
    const file = `${folder}/${last!.tag}.sql`;
    const text = await Deno.readTextFile(file);
    const torn = "CREATE TABLE torn (id);\n--> statement-breakpoint\nALTER TABLE nowhere ADD a;";
    await Deno.writeTextFile(file, torn);
    await rejects(migrateDatabase(db, folder));
    deepEqual([await schemaOf(db), await isMigrated(db)], [before, false]);
    await Deno.writeTextFile(file, text);
    await migrateDatabase(db, folder);
    equal(await isMigrated(db), true);
  },
);
