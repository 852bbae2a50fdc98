import { openDatabase } from "../db/client.ts";
import { refreshDefaults } from "../db/defaults.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { configOrExit } from "../environment.ts";

const { database } = configOrExit(Deno.env, "task");
const db = await openDatabase(database);
await migrateDatabase(db);
await refreshDefaults(db, Date.now());
db.$client.close();
console.log("The database is at the newest schema.");
