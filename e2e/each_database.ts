import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryFile } from "./database.ts";
import { sqldBinary, startSqld } from "./sqld.ts";

/** Registers a test twice: on an embedded file and on a real libSQL server, each empty and migrated. */
export function onEachDatabase(name: string, body: (db: Database) => Promise<void>): void {
  onEachEmptyDatabase(name, async (db) => {
    await migrateDatabase(db);
    await body(db);
  });
}

/** The same before any migration. */
export function onEachEmptyDatabase(name: string, body: (db: Database) => Promise<void>): void {
  Deno.test(`${name} (file)`, async () => {
    const { db, close } = await temporaryFile();
    try {
      await body(db);
    } finally {
      await close();
    }
  });
  Deno.test({
    name: `${name} (libSQL server)`,
    ignore: sqldBinary() === null,
    fn: async () => {
      const server = (await startSqld())!;
      const db = await openDatabase(server);
      try {
        await body(db);
      } finally {
        db.$client.close();
        await server.stop();
      }
    },
  });
}
