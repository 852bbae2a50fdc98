import { sql } from "drizzle-orm";
import type { Profile } from "../domain/catalogue.ts";
import { Conflict } from "../domain/errors.ts";
import { auditKey, type By, byCommand } from "./audit.ts";
import type { Database } from "./client.ts";
import { ifRevoked, noteUse } from "./keys.ts";
import { scimKeys } from "./schema.ts";
import { hashToken, newToken } from "./tokens.ts";

/** A key by which a directory provisions the people of one account. */
export interface ScimKey {
  /** The SHA-256 of the key. */
  id: string;
  name: string;
  account: { id: string; profile: Profile };
  /** How many requests a second it may go on making. */
  perSecond: number;
}

export type NewScimKey = Pick<ScimKey, "name"> & Partial<Pick<ScimKey, "perSecond">> & {
  accountId: string;
  /** The secret in it, where the same key may be asked for twice. */
  token?: string;
};

/** A new key for a directory; it can be seen only now, because its hash is all that is stored. Throws Conflict where it is asked for again after it was revoked. */
export async function createScimKey(
  db: Database,
  input: NewScimKey,
  now: number,
  by: By = byCommand,
): Promise<string> {
  const { token = newToken(), ...values } = input;
  const { name, accountId } = values;
  const key = `scim_${token}`;
  const id = hashToken(key);
  const isNew = sql`NOT EXISTS (SELECT 1 FROM scim_keys WHERE id = ${id})`;
  const told = { at: now, by, deed: "created" } as const;
  const [, , [revoked]] = await db.batch([
    auditKey(db, { subject: "SCIM key", name, accountId }, told, isNew),
    db.insert(scimKeys).values({ id, ...values, createdAt: now }).onConflictDoNothing(),
    ifRevoked(db, "SCIM key", id),
  ]);
  if (revoked) throw new Conflict(`Cannot show the key "${name}" again: it was revoked`);
  return key;
}

/** A key that is known and not revoked, or null. */
export async function findScimKey(
  db: Database,
  key: string,
  now: number,
): Promise<ScimKey | null> {
  const [found] = await db.all<Row>(sql`
    SELECT k.id, k.name, per_second AS perSecond, last_used_at AS lastUsedAt, a.id AS accountId, profile
    FROM scim_keys k JOIN accounts a ON a.id = k.account_id
    WHERE k.id = ${hashToken(key)} AND revoked_at IS NULL`);
  if (!found) return null;
  await noteUse(db, "SCIM key", found, now);
  const { id, name, perSecond, accountId, profile } = found;
  return { id, name, perSecond, account: { id: accountId, profile } };
}

interface Row extends Omit<ScimKey, "account"> {
  accountId: string;
  profile: Profile;
  lastUsedAt: number | null;
}
