import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { configOrExit } from "../environment.ts";
import { makeDataFolder } from "./data_folder.ts";

const { database } = configOrExit(Deno.env.toObject(), "task");
makeDataFolder(database.url);
const db = await openDatabase(database);
await migrateDatabase(db);
db.$client.close();
console.log("The database is at the newest schema.");
