import { openDatabase, unavailability } from "../db/client.ts";
import { refreshDefaults } from "../db/defaults.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { logText } from "../domain/errors.ts";
import { configOrExit } from "../environment.ts";

const { database } = configOrExit(Deno.env, "task");
const db = await openDatabase(database);
await migrateDatabase(db).catch((error) => {
  const problem = unavailability(error) ?? error;
  console.error(`Cannot migrate the database: ${logText(problem)}`);
  console.error("No migration is applied by half: mend the cause, then run it again.");
  Deno.exit(1);
});
await refreshDefaults(db, Date.now());
db.$client.close();
console.log("The database is at the newest schema.");
