import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryFile } from "./database.ts";
import { sqldBinary, startSqld } from "./sqld.ts";

/** What is done on a database; it may open another connection, as another process would. */
type Body = (db: Database, connect: () => Promise<Database>) => Promise<void>;

/** Registers a test twice: on an embedded file and on a real libSQL server, each empty and migrated. */
export function onEachDatabase(name: string, body: Body): void {
  onEachEmptyDatabase(name, async (db, connect) => {
    await migrateDatabase(db);
    await body(db, connect);
  });
}

/** The same before any migration. */
export function onEachEmptyDatabase(name: string, body: Body): void {
  Deno.test(`${name} (file)`, async () => {
    const { db, url, close } = await temporaryFile();
    try {
      await body(db, () => openDatabase({ url }));
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
        await body(db, () => openDatabase(server));
      } finally {
        db.$client.close();
        await server.stop();
      }
    },
  });
}
