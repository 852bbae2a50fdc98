import { sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import type { Database } from "./client.ts";

/** Somebody who can sign in, and where they work. */
export interface CastMember {
  id: string;
  name: string;
  roles: Role[];
  account: { id: string; name: string; profile: Profile };
}

/** The first people of the database who can sign in, by account: what the demo's sign-in page offers. */
export async function listCast(db: Database, limit: number): Promise<CastMember[]> {
  const rows = await db.all<
    { id: string; name: string; roles: string; account: string; label: string; profile: Profile }
  >(sql`
    SELECT u.id, u.name, u.roles, a.id AS account, a.name AS label, a.profile
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE u.deactivated_at IS NULL ORDER BY u.rowid LIMIT ${limit}`);
  return rows.map(({ id, name, roles, account, label, profile }) => ({
    id,
    name,
    roles: JSON.parse(roles),
    account: { id: account, name: label, profile },
  }));
}
