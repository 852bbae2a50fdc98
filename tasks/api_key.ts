import { createApiKey } from "../db/api_keys.ts";
import { configOrExit } from "../environment.ts";
import { openMigratedOrExit } from "./database.ts";

const [name, ...rest] = Deno.args;
if (!name?.trim() || rest.length > 0) {
  console.error('Name the upstream system that the key is for: deno task api-key "backlot"');
  Deno.exit(2);
}

const { database } = configOrExit(Deno.env.toObject(), "task");
const db = await openMigratedOrExit(database);
const key = await createApiKey(db, name.trim(), Date.now());
db.$client.close();
console.log(`The key of ${name.trim()}. It is shown only now:`);
console.log(key);
