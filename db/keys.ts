import { sql } from "drizzle-orm";
import type { KeySubject } from "../domain/audit.ts";
import type { ListedKey } from "../domain/keys.ts";
import { auditKey, type By } from "./audit.ts";
import type { Database } from "./client.ts";

// What keys of upstream systems and of directories have in common: hashed, named, used, revoked.

/** The tables of keys, by whose keys they are. */
const tables = { "api key": sql`api_keys`, "SCIM key": sql`scim_keys` };

type KeyRow = Omit<ListedKey, "sources" | "account"> & {
  sources: string | null;
  accountId: string | null;
  accountName: string;
};

/** How many revoked keys are still listed. */
const mostRevoked = 50;

/** Every key in use, by name, then those that were revoked last. */
export async function listKeys(db: Database): Promise<ListedKey[]> {
  const rows = await db.all<KeyRow>(sql`
    SELECT * FROM (
      SELECT id, 'api key' AS kind, name, NULL AS accountId, NULL AS accountName, sources, per_second AS perSecond,
        created_at AS createdAt, last_used_at AS lastUsedAt, revoked_at AS revokedAt FROM api_keys
      UNION ALL
      SELECT k.id, 'SCIM key', k.name, a.id, a.name, NULL, k.per_second, k.created_at, k.last_used_at,
        k.revoked_at
      FROM scim_keys k JOIN accounts a ON a.id = k.account_id)
    ORDER BY revokedAt IS NOT NULL, revokedAt DESC, name COLLATE NOCASE, createdAt`);
  const gone = rows.findIndex(({ revokedAt }) => revokedAt !== null);
  return rows.slice(0, gone < 0 ? undefined : gone + mostRevoked)
    .map(toKey);
}

function toKey({ sources, accountId, accountName, ...row }: KeyRow): ListedKey {
  return {
    ...row,
    sources: sources === null ? null : JSON.parse(sources),
    account: accountId === null ? null : { id: accountId, name: accountName },
  };
}

/** Makes one key useless; harmless for one that is revoked already, or that never was. */
export async function revokeKey(db: Database, id: string, now: number, by: By): Promise<void> {
  const key = (await listKeys(db)).find((each) => each.id === id);
  if (!key || key.revokedAt !== null) return;
  const table = tables[key.kind];
  const isInUse = sql`id = ${id} AND revoked_at IS NULL`;
  await db.batch([
    auditKey(
      db,
      { subject: key.kind, name: key.name, accountId: key.account?.id ?? null },
      { at: now, by, deed: "revoked" },
      sql`EXISTS (SELECT 1 FROM ${table} WHERE ${isInUse})`,
    ),
    db.run(sql`UPDATE ${table} SET revoked_at = ${now} WHERE ${isInUse}`),
  ]);
}

/** The query that finds a key if it was revoked. */
export function ifRevoked(db: Database, kind: KeySubject, id: string) {
  return db.all(sql`SELECT id FROM ${tables[kind]} WHERE id = ${id} AND revoked_at IS NOT NULL`);
}

/** How exactly the last use of a key is known, in milliseconds: not every request is worth a write. */
const useGrain = 60_000;

/** Notes that a key is in use. */
export async function noteUse(
  db: Database,
  kind: KeySubject,
  { id, lastUsedAt }: { id: string; lastUsedAt: number | null },
  now: number,
): Promise<void> {
  if (now - (lastUsedAt ?? 0) < useGrain) return;
  await db.run(sql`UPDATE ${tables[kind]} SET last_used_at = ${now} WHERE id = ${id}`);
}

/** How long a key that was found is believed without asking again, in milliseconds. */
export const keyMemory = 5_000;

/** Finds keys, remembering each for a few seconds: a busy system costs no question a request. */
export function openKeyring<K>(
  find: (key: string, now: number) => Promise<K | null>,
): (key: string, now: number) => Promise<K | null> {
  const known = new Map<string, { found: K; at: number }>();
  return async (key, now) => {
    const remembered = known.get(key);
    if (remembered && now - remembered.at < keyMemory) return remembered.found;
    const found = await find(key, now);
    if (found) known.set(key, { found, at: now });
    else known.delete(key);
    return found;
  };
}
