import { listAccounts } from "../db/accounts.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { configOrExit } from "../environment.ts";
import { makeDataFolder } from "./data_folder.ts";
import { seed } from "./seed.ts";

// Gets the demo's database ready: there, migrated, and filled when it is empty. `main.ts demo` serves it.

const { database } = configOrExit(Deno.env.toObject(), "demo");
makeDataFolder(database.url);
const db = await openDatabase(database);
await migrateDatabase(db);
if ((await listAccounts(db)).length === 0) {
  await seed(db, { accounts: 0, now: Date.now(), report: (line) => console.log(line) });
}
db.$client.close();
