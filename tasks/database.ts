import { type Database, type DatabaseConfig, openDatabase } from "../db/client.ts";
import { isMigrated } from "../db/migrate.ts";
import { logText } from "../domain/errors.ts";

/** An open database at the newest schema; says what to do and exits with status 2 where it is not. */
export async function openMigratedOrExit(config: DatabaseConfig): Promise<Database> {
  const db = await openDatabase(config);
  const problem = await isMigrated(db).then(
    (migrated) =>
      migrated ? null : "The database is not at the newest schema: run deno task db:migrate.",
    (error) => `The database does not answer: ${logText(error)}`,
  );
  if (!problem) return db;
  console.error(problem);
  Deno.exit(2);
}
