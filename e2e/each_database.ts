import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryDatabase } from "./database.ts";
import { sqldBinary, startSqld } from "./sqld.ts";

/** Registers a test twice: on an embedded file and on a real libSQL server, each empty and migrated. */
export function onEachDatabase(name: string, body: (db: Database) => Promise<void>): void {
  Deno.test(`${name} (file)`, async () => {
    const { db, close } = await temporaryDatabase();
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
        await migrateDatabase(db);
        await body(db);
      } finally {
        db.$client.close();
        await server.stop();
      }
    },
  });
}
