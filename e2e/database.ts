import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";

interface Temporary {
  db: Database;
  url: string;
  /** Removes it. */
  close: () => Promise<void>;
}

/** An empty, migrated database in a file of its own. */
export async function temporaryDatabase(): Promise<Temporary> {
  const temporary = await temporaryFile();
  await migrateDatabase(temporary.db);
  return temporary;
}

/** The same before any migration. */
export async function temporaryFile(): Promise<Temporary> {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  const url = `file:${directory}/test.db`;
  const db = await openDatabase({ url });
  return {
    db,
    url,
    close: async () => {
      db.$client.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}
