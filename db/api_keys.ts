import { sql } from "drizzle-orm";
import { auditApiKey, byCommand } from "./audit.ts";
import type { Database } from "./client.ts";
import { apiKeys } from "./schema.ts";
import { hashToken, newToken } from "./tokens.ts";

/** A key of an upstream system, as far as it may be known. */
export interface ApiKey {
  /** The SHA-256 of the key. */
  id: string;
  name: string;
  /** The beginnings of the sources for which it may speak; null for all. */
  sources: string[] | null;
  /** How many requests a second it may go on making. */
  perSecond: number;
}

export type NewApiKey = Pick<ApiKey, "name"> & Partial<Pick<ApiKey, "sources" | "perSecond">>;

/** A new key for an upstream system; it can be seen only now, because its hash is all that is stored. */
export async function createApiKey(db: Database, input: NewApiKey, now: number): Promise<string> {
  const key = `cb_${newToken()}`;
  await db.batch([
    db.insert(apiKeys).values({ id: hashToken(key), ...input, createdAt: now }),
    auditApiKey(db, input.name, { at: now, by: byCommand, deed: "created" }),
  ]);
  return key;
}

/** How exactly the last use of a key is known, in milliseconds: not every request is worth a write. */
const useGrain = 60_000;

/** A key that is known and not revoked, or null. */
export async function findApiKey(db: Database, key: string, now: number): Promise<ApiKey | null> {
  const id = hashToken(key);
  const [found] = await db.all<Row>(sql`
    SELECT id, name, sources, per_second AS perSecond, last_used_at AS lastUsedAt FROM api_keys
    WHERE id = ${id} AND revoked_at IS NULL`);
  if (!found) return null;
  const { sources, lastUsedAt, ...rest } = found;
  if (now - (lastUsedAt ?? 0) >= useGrain) {
    await db.run(sql`UPDATE api_keys SET last_used_at = ${now} WHERE id = ${id}`);
  }
  return { ...rest, sources: sources === null ? null : JSON.parse(sources) };
}

type Row = Omit<ApiKey, "sources"> & { sources: string | null; lastUsedAt: number | null };

/** Makes every key of that name useless; resolves to how many there were. */
export async function revokeApiKeys(db: Database, name: string, now: number): Promise<number> {
  const inUse = sql`name = ${name} AND revoked_at IS NULL`;
  const [, revoked] = await db.batch([
    auditApiKey(
      db,
      name,
      { at: now, by: byCommand, deed: "revoked" },
      sql`EXISTS (SELECT 1 FROM api_keys WHERE ${inUse})`,
    ),
    db.all(sql`UPDATE api_keys SET revoked_at = ${now} WHERE ${inUse} RETURNING id`),
  ]);
  return revoked.length;
}

/** How long a key that was found is believed without asking again, in milliseconds. */
export const keyMemory = 5_000;

/** Finds keys as `findApiKey` does, remembering each for a few seconds: a busy upstream system costs no question a request. */
export function openKeyring(db: Database): (key: string, now: number) => Promise<ApiKey | null> {
  const known = new Map<string, { found: ApiKey; at: number }>();
  return async (key, now) => {
    const remembered = known.get(key);
    if (remembered && now - remembered.at < keyMemory) return remembered.found;
    const found = await findApiKey(db, key, now);
    if (found) known.set(key, { found, at: now });
    else known.delete(key);
    return found;
  };
}
