import { listAccounts } from "../db/accounts.ts";
import { openDatabase } from "../db/client.ts";
import { refreshDefaults } from "../db/defaults.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { configOrExit } from "../environment.ts";
import { seed } from "./seed.ts";

// Gets the demo's database ready: there, migrated, and filled when it is empty. `main.ts demo` serves it.

const { database } = configOrExit(Deno.env, "demo");
const db = await openDatabase(database);
await migrateDatabase(db);
await refreshDefaults(db, Date.now());
if ((await listAccounts(db)).length === 0) {
  await seed(db, { accounts: 0, now: Date.now(), report: (line) => console.log(line) });
}
db.$client.close();
