import { type Database, type DatabaseConfig, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { isBuilt } from "./place.ts";
import { startSqld } from "./sqld.ts";

export interface Temporary extends DatabaseConfig {
  db: Database;
  /** Removes it. */
  close: () => Promise<void>;
}

/** An empty, migrated database that nobody else has: a file, or a libSQL server where the artefact is tested. */
export async function temporaryDatabase(): Promise<Temporary> {
  const temporary = isBuilt ? await temporaryServer() : await temporaryFile();
  await migrateDatabase(temporary.db);
  return temporary;
}

/** A file before any migration. */
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

async function temporaryServer(): Promise<Temporary> {
  const { url, authToken, stop } = (await startSqld())!;
  const db = await openDatabase({ url, authToken });
  return {
    ...{ db, url, authToken },
    close: async () => {
      db.$client.close();
      await stop();
    },
  };
}
