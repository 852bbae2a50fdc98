import { type SQL, sql } from "drizzle-orm";
import { parseAddress } from "../domain/addresses.ts";
import type { Role } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { ScimError } from "../domain/scim.ts";
import type { Condition } from "../domain/scim_filters.ts";
import { type DirectoryEntry, namesOf } from "../domain/scim_users.ts";
import type { Database } from "./client.ts";

// The people of an account as its directory has them.

/** Somebody of an account, with what the directory says of them. */
export interface ProvisionedUser {
  id: string;
  entry: DirectoryEntry;
  roles: Role[];
  createdAt: number;
}

interface Row {
  id: string;
  email: string;
  name: string;
  roles: string;
  active: 0 | 1;
  createdAt: number;
  userName: string | null;
  externalId: string | null;
  givenName: string | null;
  familyName: string | null;
}

/** Which of them are meant: those for whom all conditions hold, from a place in the list on. */
export interface Asked {
  conditions?: readonly Condition[];
  offset?: number;
  limit?: number;
}

/** The people of an account who are meant, in an order that stays, and how many they are. Throws ScimError. */
export async function listProvisioned(
  db: Database,
  accountId: string,
  { conditions = [], offset = 0, limit = 1 }: Asked,
): Promise<{ users: ProvisionedUser[]; total: number }> {
  const all = sql`
    users u LEFT JOIN directory_entries d ON d.user_id = u.id
    WHERE u.account_id = ${accountId} AND ${
    sql.join([sql`true`, ...conditions.map(holds)], sql` AND `)
  }`;
  const [[count], rows] = await db.batch([
    db.all<{ total: number }>(sql`SELECT count(*) AS total FROM ${all}`),
    db.all<Row>(sql`
      SELECT u.id, email, name, roles, deactivated_at IS NULL AS active, created_at AS createdAt,
        user_name AS userName, external_id AS externalId, given_name AS givenName,
        family_name AS familyName
      FROM ${all} ORDER BY u.rowid LIMIT ${limit} OFFSET ${offset}`),
  ]);
  return { users: rows.map(toProvisioned), total: count!.total };
}

/** Somebody of an account; throws NotFound. */
export async function findProvisioned(
  db: Database,
  accountId: string,
  id: string,
): Promise<ProvisionedUser> {
  const conditions = [{ attribute: "id", value: id }];
  const { users: [found] } = await listProvisioned(db, accountId, { conditions });
  if (!found) throw new NotFound(`Cannot find user "${id}": not in this account`);
  return found;
}

const comparisons = new Map<string, (value: Condition["value"]) => SQL>([
  ["id", (id) => sql`u.id = ${id}`],
  ["externalid", (id) => sql`external_id = ${id}`],
  [
    "username",
    (name) =>
      sql`(user_name = ${name} COLLATE NOCASE OR (user_name IS NULL AND email = ${
        parseAddress(String(name))
      }))`,
  ],
  ["emails", (address) => sql`email = ${parseAddress(String(address))}`],
  ["emails.value", (address) => sql`email = ${parseAddress(String(address))}`],
  [
    "active",
    (active) => sql`(deactivated_at IS NULL) = ${String(active).toLowerCase() === "true" ? 1 : 0}`,
  ],
]);

function holds({ attribute, value }: Condition): SQL {
  const comparison = comparisons.get(attribute);
  if (comparison) return comparison(value);
  throw new ScimError(
    `Users cannot be found by ${
      attribute.slice(0, 100)
    }: use id, userName, externalId, emails or active.`,
    "invalidFilter",
  );
}

function toProvisioned({ id, roles, createdAt, active, ...row }: Row): ProvisionedUser {
  const { email, name, userName, externalId } = row;
  const entry = { email, name, externalId, userName: userName ?? email, active: active === 1 };
  return { id, roles: JSON.parse(roles), createdAt, entry: { ...entry, ...namesOf(row) } };
}
