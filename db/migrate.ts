import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/libsql/migrator";
import type { Database } from "./client.ts";
import journal from "./migrations/meta/_journal.json" with { type: "json" };

export const migrationsFolder = new URL("./migrations", import.meta.url).pathname;

/** Brings the database to the newest schema, or to the last one of another folder; whole or not at all, and safe to do twice. */
export async function migrateDatabase(db: Database, folder = migrationsFolder): Promise<void> {
  // Readers and the writer of a file do not wait for each other; a server has its own ways and ignores this.
  if (db.$client.protocol === "file") await db.run(sql`PRAGMA journal_mode = WAL`);
  await migrate(db, { migrationsFolder: folder });
}

/** Whether every migration that this code knows was applied; throws when the database does not answer. */
export async function isMigrated(db: Database): Promise<boolean> {
  const tables = sql`SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'`;
  if ((await db.all(tables)).length === 0) return false;
  const [newest] = await db.all<{ at: number }>(
    sql`SELECT max(created_at) AS at FROM __drizzle_migrations`,
  );
  return Number(newest?.at ?? 0) >= journal.entries.at(-1)!.when;
}
