import { sql } from "drizzle-orm";
import { Conflict } from "../domain/errors.ts";
import { auditKey, type By, byCommand } from "./audit.ts";
import type { Database } from "./client.ts";
import { ifRevoked, noteUse } from "./keys.ts";
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

export type NewApiKey = Pick<ApiKey, "name"> & Partial<Pick<ApiKey, "sources" | "perSecond">> & {
  /** The secret in it, where the same key may be asked for twice. */
  token?: string;
};

/** A new key for an upstream system; it can be seen only now, because its hash is all that is stored. Throws Conflict where it is asked for again after it was revoked. */
export async function createApiKey(
  db: Database,
  input: NewApiKey,
  now: number,
  by: By = byCommand,
): Promise<string> {
  const { token = newToken(), ...values } = input;
  const key = `cb_${token}`;
  const id = hashToken(key);
  const isNew = sql`NOT EXISTS (SELECT 1 FROM api_keys WHERE id = ${id})`;
  const [, , [revoked]] = await db.batch([
    auditKey(db, { subject: "api key", name: input.name }, { at: now, by, deed: "created" }, isNew),
    db.insert(apiKeys).values({ id, ...values, createdAt: now }).onConflictDoNothing(),
    ifRevoked(db, "api key", id),
  ]);
  if (revoked) throw new Conflict(`Cannot show the key "${input.name}" again: it was revoked`);
  return key;
}

/** A key that is known and not revoked, or null. */
export async function findApiKey(db: Database, key: string, now: number): Promise<ApiKey | null> {
  const id = hashToken(key);
  const [found] = await db.all<Row>(sql`
    SELECT id, name, sources, per_second AS perSecond, last_used_at AS lastUsedAt FROM api_keys
    WHERE id = ${id} AND revoked_at IS NULL`);
  if (!found) return null;
  const { sources, lastUsedAt, ...rest } = found;
  await noteUse(db, "api key", { id, lastUsedAt }, now);
  return { ...rest, sources: sources === null ? null : JSON.parse(sources) };
}

type Row = Omit<ApiKey, "sources"> & { sources: string | null; lastUsedAt: number | null };

/** Makes every key of that name useless; resolves to how many there were. */
export async function revokeApiKeys(db: Database, name: string, now: number): Promise<number> {
  const inUse = sql`name = ${name} AND revoked_at IS NULL`;
  const [, revoked] = await db.batch([
    auditKey(
      db,
      { subject: "api key", name },
      { at: now, by: byCommand, deed: "revoked" },
      sql`EXISTS (SELECT 1 FROM api_keys WHERE ${inUse})`,
    ),
    db.all(sql`UPDATE api_keys SET revoked_at = ${now} WHERE ${inUse} RETURNING id`),
  ]);
  return revoked.length;
}
