import { parseArgs } from "node:util";
import { createApiKey, type NewApiKey, revokeApiKeys } from "../db/api_keys.ts";
import type { Database } from "../db/client.ts";
import { configOrExit } from "../environment.ts";
import { openMigratedOrExit } from "./database.ts";

const usage = `Name the upstream system that the key is for: deno task api-key "backlot"
  --sources /backlot/,/materials   it speaks for sources that begin so, and for no others
  --per-second 50                  it may make so many requests a second; 1000 if you say nothing
  --revoke                         no new key: every key of that name becomes useless`;

const options = {
  "sources": { type: "string" },
  "per-second": { type: "string" },
  "revoke": { type: "boolean" },
} as const;

const { name, revoke, ...scope } = argumentsOrExit();
const { database } = configOrExit(Deno.env, "task");
const db = await openMigratedOrExit(database);
await (revoke ? revokeAll(db, name) : create(db, { name, ...scope }));
db.$client.close();

async function create(db: Database, key: NewApiKey): Promise<void> {
  const secret = await createApiKey(db, key, Date.now());
  console.log(`The key of ${key.name}. It is shown only now:`);
  console.log(secret);
}

async function revokeAll(db: Database, name: string): Promise<void> {
  const count = await revokeApiKeys(db, name, Date.now());
  console.log(count === 1 ? `1 key of ${name} revoked.` : `${count} keys of ${name} revoked.`);
}

function argumentsOrExit(): NewApiKey & { revoke: boolean } {
  const { values, positionals } = parse();
  const name = positionals[0]?.trim();
  const perSecond = Number(values["per-second"] ?? 1_000);
  const isNumber = Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= 100_000;
  if (!name || positionals.length > 1 || !isNumber) exitWithUsage();
  const sources = values.sources?.split(",").map((source) => source.trim()).filter(Boolean);
  return { name, sources: sources?.length ? sources : null, perSecond, revoke: !!values.revoke };
}

function parse() {
  try {
    return parseArgs({ args: Deno.args, options, allowPositionals: true });
  } catch {
    return exitWithUsage();
  }
}

function exitWithUsage(): never {
  console.error(usage);
  Deno.exit(2);
}
