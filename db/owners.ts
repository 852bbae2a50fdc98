import { sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import type { Database } from "./client.ts";
import type { Owner } from "./digests.ts";

/** Whoever owns notifications and digests, found by id; throws NotFound. */
export async function findOwner(db: Database, userId: string): Promise<Owner> {
  const [found] = await db.all<OwnerRow>(sql`
    SELECT ${ownerColumns} FROM users WHERE id = ${userId}`);
  if (!found) throw new NotFound(`Cannot find user "${userId}": there is no such user`);
  return toOwner(found);
}

/** What a query must select for `toOwner`. */
export const ownerColumns = sql`
  id, roles, zone, digest_hour AS digestHour, digest_weekday AS digestWeekday,
  paused_until AS pausedUntil`;
export type OwnerRow = Omit<Owner, "roles"> & { roles: string };

/** An owner from a row of `ownerColumns`. */
export function toOwner<R extends OwnerRow>(row: R): Omit<R, "roles"> & Owner {
  return { ...row, roles: JSON.parse(row.roles) };
}
