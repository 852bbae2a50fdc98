import { sql } from "drizzle-orm";
import { type Role, roles } from "../domain/catalogue.ts";
import { deadlineTypes, type Member } from "../domain/coverage.ts";
import { granted, type Notification } from "../domain/notifications.ts";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import { toUser, type User, usersOf } from "./users.ts";

/** Which role grants which notifications of deadline types, as the database reads it. */
const grants = JSON.stringify(
  (Object.keys(roles) as Role[]).flatMap((role) =>
    deadlineTypes.flatMap((type) =>
      (["default", "custom"] as const)
        .filter((kind) => granted([role])({ kind, type }))
        .map((kind) => ({ role, kind, type }))
    )
  ),
);

/** The query for the deadline types that a user's colleagues hear about. Of the studio's people each hears for itself: all of them. */
export function heardElsewhere(db: Database, userId: string, now: number) {
  return db.all<{ type: string }>(sql`
    SELECT critical.value AS type
    FROM users me JOIN accounts a ON a.id = me.account_id, json_each(${
    JSON.stringify(deadlineTypes)
  }) critical
    WHERE me.id = ${userId} AND (a.profile = 'studio' OR EXISTS (
      SELECT 1 FROM users u JOIN notifications n ON n.user_id = u.id
      WHERE u.account_id = me.account_id AND u.id <> me.id AND u.deactivated_at IS NULL
        AND u.address_failed_at IS NULL AND coalesce(u.paused_until, 0) <= ${now}
        AND n.type = critical.value AND n.deleted_at IS NULL AND n.muted_at IS NULL
        AND EXISTS (
          SELECT 1 FROM json_each(u.roles) held JOIN json_each(${grants}) allowed
          WHERE allowed.value ->> 'role' = held.value AND allowed.value ->> 'kind' = n.kind
            AND allowed.value ->> 'type' = n.type)))`);
}

/** The people of an account with what each has of the deadline types. One round trip. */
export async function loadMembers(db: Database, accountId: string): Promise<(User & Member)[]> {
  const [people, rows] = await db.batch([
    usersOf(db, accountId),
    allJson(
      db,
      ["user_id", "id", "kind", "type", "muted_at"],
      sql`
      SELECT n.* FROM users u JOIN notifications n ON n.user_id = u.id
      WHERE u.account_id = ${accountId} AND n.type IN ${
        inList(deadlineTypes)
      } AND n.deleted_at IS NULL`,
    ),
  ]);
  const owned = Map.groupBy(rowsOf<MemberTuple>(rows), ([userId]) => userId);
  return people.map(toUser).map((user) => ({
    ...user,
    notifications: (owned.get(user.id) ?? []).map(toHeld),
  }));
}

type MemberTuple = [string, number, Notification["kind"], string, number | null];

function toHeld([, id, kind, type, mutedAt]: MemberTuple): Member["notifications"][0] {
  return { id, kind, type, mutedAt };
}
