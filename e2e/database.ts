import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";

/** An empty, migrated database in a file of its own; `close` removes it. */
export async function temporaryDatabase(): Promise<
  { db: Database; url: string; close: () => Promise<void> }
> {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  const url = `file:${directory}/test.db`;
  const db = await openDatabase({ url });
  await migrateDatabase(db);
  return {
    db,
    url,
    close: async () => {
      db.$client.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}
