import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/**
 * The id of the active user whom a provider vouches for, or null. The first time the verified address decides, and the
 * user is linked; from then on the provider's own name for them does, whatever becomes of the address. Nobody is linked
 * to two people of one provider, nor taken over by another of them who got the same address.
 */
export async function takeIdentity(
  db: Database,
  { issuer, subject, email }: { issuer: string; subject: string; email: string | null },
): Promise<string | null> {
  const known = sql`oidc_issuer = ${issuer} AND oidc_subject = ${subject}`;
  const [user] = await db.all<{ id: string }>(sql`
    UPDATE users SET oidc_issuer = ${issuer}, oidc_subject = ${subject}
    WHERE deactivated_at IS NULL AND (${known} OR (email = ${email} AND oidc_issuer IS NOT ${issuer}
      AND NOT EXISTS (SELECT 1 FROM users WHERE ${known})))
    RETURNING id`);
  return user?.id ?? null;
}
