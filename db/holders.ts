import { sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { parseRoles } from "../domain/people.ts";
import { type Database, inList } from "./client.ts";
import { ownerColumns, type OwnerRow, toOwner } from "./owners.ts";
import { type Doing, type RoleAccount, type Step, writeRoles } from "./roles.ts";

/** Who shall hold a role: those whom it names, and what becomes of who holds it now. */
export interface WantedHolders extends Doing {
  /** Whoever may come to hold it. */
  named: readonly string[];
  holders: (held: ReadonlySet<string>) => ReadonlySet<string>;
}

/** How often a change is made anew that somebody else was faster than. */
const attempts = 5;

/** Gives a role of an account to some and takes it from others, all of them or none; twice is once. Throws NotFound and Forbidden. */
export async function changeHolders(
  db: Database,
  account: RoleAccount,
  role: Role,
  wanted: WantedHolders,
): Promise<void> {
  for (let attempt = 1;; attempt += 1) {
    try {
      const steps = await stepsTo(db, account, role, wanted);
      if (steps.length > 0) await writeRoles(db, account.id, steps, wanted);
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

/** Who of an account holds which role, by name. */
export async function listHolders(
  db: Database,
  accountId: string,
): Promise<Map<string, { id: string; name: string }[]>> {
  const rows = await db.all<{ role: string; id: string; name: string }>(sql`
    SELECT role.value AS role, users.id, name FROM users JOIN json_each(roles) role
    WHERE account_id = ${accountId} ORDER BY name`);
  return Map.groupBy(rows, ({ role }) => role);
}

async function stepsTo(
  db: Database,
  account: RoleAccount,
  role: Role,
  { named, holders }: WantedHolders,
): Promise<Step[]> {
  const rows = await db.all<OwnerRow>(sql`
    SELECT ${ownerColumns} FROM users WHERE account_id = ${account.id} AND (id IN ${inList(named)}
      OR EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ${role}))`);
  const people = new Map(rows.map((row) => [row.id, toOwner(row)]));
  const held = [...people.values()].filter(({ roles }) => roles.includes(role));
  const wanted = holders(new Set(held.map(({ id }) => id)));
  const stranger = [...wanted].find((id) => !people.has(id));
  if (stranger !== undefined) {
    throw new NotFound(`Cannot give a role to user "${stranger}": not in this account`);
  }
  return [...people.values()]
    .filter(({ id, roles }) => wanted.has(id) !== roles.includes(role))
    .map((owner) => {
      const others = owner.roles.filter((each) => each !== role);
      const roles = wanted.has(owner.id) ? [...others, role] : others;
      return { owner, roles: parseRoles(roles, account.profile) };
    });
}
