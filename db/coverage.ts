import { type SQL, sql } from "drizzle-orm";
import { deadlineTypes, type Hearing } from "../domain/coverage.ts";
import type { Member } from "../domain/gaps.ts";
import type { Notification } from "../domain/notifications.ts";
import { allJson, type Database, inList, jsonRows, rowsOf } from "./client.ts";
import { toUser, type User, usersOf } from "./users.ts";

/** The query, as one JSON text, for what a user's colleagues have of these types. It moves with `settings_version` alone. */
export function hearingsBeside(userId: string, types: readonly string[] = deadlineTypes): SQL {
  return jsonRows(
    ["json(roles)", "kind", "type", "flows_from"],
    sql`
      SELECT u.roles, n.kind, n.type, min(coalesce(u.paused_until, 0)) AS flows_from
      FROM users me JOIN users u ON u.account_id = me.account_id AND u.id <> me.id
      JOIN notifications n ON n.user_id = u.id
      WHERE me.id = ${userId} AND u.deactivated_at IS NULL AND u.address_failed_at IS NULL
        AND n.type IN ${inList(types)} AND n.deleted_at IS NULL AND n.muted_at IS NULL
      GROUP BY u.roles, n.kind, n.type`,
  );
}

type HearingTuple = [Hearing["roles"], Hearing["kind"], string, number];

/** What colleagues have, from the JSON text of `hearingsBeside`. */
export function toHearings(rows: string): Hearing[] {
  return rowsOf<HearingTuple>([{ rows }]).map(([roles, kind, type, flowsFrom]) => ({
    roles,
    kind,
    type,
    flowsFrom,
  }));
}

/** What a user's colleagues have of the deadline types. */
export async function loadHearings(db: Database, userId: string): Promise<Hearing[]> {
  const [answer] = await db.all<{ rows: string }>(hearingsBeside(userId));
  return toHearings(answer!.rows);
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

function toHeld([, id, kind, type, mutedAt]: MemberTuple): Member["notifications"][number] {
  return { id, kind, type, mutedAt };
}
