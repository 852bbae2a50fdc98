import { sql } from "drizzle-orm";
import { Forbidden } from "../domain/errors.ts";
import { adminRoles } from "../domain/people.ts";
import type { By } from "./audit.ts";
import { type Database, inList, isConstraintError } from "./client.ts";

// What must hold when people are changed stands in the batch that changes them, whatever somebody else did a moment
// before: each of these statements refuses its whole batch by a NOT NULL constraint. Whoever runs the service may do anything.

/** The condition under which a row of `users` may manage people. */
const isActiveAdmin = sql`(users.deactivated_at IS NULL AND EXISTS (
  SELECT 1 FROM json_each(users.roles) role WHERE role.value IN ${inList(adminRoles)}))`;

/** The statement that refuses a batch of somebody who manages people no longer; it goes before the change. */
export function mustManagePeople(db: Database, { actor, via }: By) {
  return db.run(sql`
    UPDATE users SET name = CASE WHEN ${isActiveAdmin} THEN name END
    WHERE ${via === "page" ? 1 : 0} AND id = ${actor}`);
}

/** Who stops being an active admin by a change, and who becomes one: ids in a list. */
interface Succession {
  leaving: readonly string[];
  arriving?: readonly string[];
  by: By;
}

/** The statement that refuses a batch after which an account would have lost its last active admin; it goes before the change. */
export function mustKeepAdmin(
  db: Database,
  accountId: string,
  { leaving, arriving = [], by }: Succession,
) {
  const admins = sql`users WHERE account_id = ${accountId} AND ${isActiveAdmin} AND users.id`;
  return db.run(sql`
    UPDATE accounts SET name = CASE WHEN EXISTS (SELECT 1 FROM ${admins} NOT IN ${inList(leaving)})
      OR EXISTS (SELECT 1 FROM users WHERE deactivated_at IS NULL AND id IN ${inList(arriving)})
      THEN name END
    WHERE ${by.via === "command" ? 0 : 1} AND id = ${accountId}
      AND EXISTS (SELECT 1 FROM ${admins} IN ${inList(leaving)})`);
}

/** What the batch resolves to; throws what a guard that refused it has to say. */
export async function guarded<R>(batch: Promise<R>): Promise<R> {
  return await batch.catch((error) => {
    throw refusal(error);
  });
}

/** What a refused batch means, where a guard refused it; anything else as it is. */
export function refusal(error: unknown): unknown {
  if (isConstraintError(error, "users.name")) {
    return new Forbidden("You do not manage people any more: somebody changed that just now");
  }
  if (isConstraintError(error, "accounts.name")) {
    return new Forbidden(
      "This is the last admin of the account: nobody could manage its people any more. Make somebody else an admin first",
    );
  }
  return error;
}
