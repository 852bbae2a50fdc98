import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { apiKeys } from "./schema.ts";
import { hashToken, newToken } from "./tokens.ts";

/** A new key for an upstream system; it can be seen only now, because its hash is all that is stored. */
export async function createApiKey(db: Database, name: string, now: number): Promise<string> {
  const key = `cb_${newToken()}`;
  await db.insert(apiKeys).values({ id: await hashToken(key), name, createdAt: now });
  return key;
}

/** The name of a key that is known and not revoked, or null. */
export async function findApiKey(db: Database, key: string): Promise<string | null> {
  const [found] = await db.select({ name: apiKeys.name }).from(apiKeys)
    .where(and(eq(apiKeys.id, await hashToken(key)), isNull(apiKeys.revokedAt)));
  return found?.name ?? null;
}

/** Makes every key of that name useless, at once; resolves to how many there were. */
export async function revokeApiKeys(db: Database, name: string, now: number): Promise<number> {
  const revoked = await db.all(sql`
    UPDATE api_keys SET revoked_at = ${now} WHERE name = ${name} AND revoked_at IS NULL RETURNING id`);
  return revoked.length;
}
