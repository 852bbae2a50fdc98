import { type SQL, sql } from "drizzle-orm";
import { burstLength } from "../domain/bursts.ts";
import type { Role } from "../domain/catalogue.ts";
import type { Person } from "../domain/recipients.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { trueBookmark } from "./bookmarks.ts";
import { allJson, type Database, inList, isTooLongError, rowsOf } from "./client.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";

const personColumns = [
  "id",
  "json(roles)",
  "zone",
  "digest_hour",
  "digest_weekday",
  "quiet_from",
  "quiet_until",
  "behind",
  "paused_until",
  "held_until",
];
type PersonTuple = [
  string,
  Role[],
  string,
  number,
  number,
  number | null,
  number | null,
  0 | 1,
  number | null,
  number | null,
];

/** Everything about these people that composing at `now` needs to know; of what they were told, what could be told again now. */
export async function loadPeople(
  db: Database,
  userIds: readonly string[],
  now: number,
): Promise<Person[]> {
  try {
    return toPeople(await db.batch(peopleQueries(db, userIds, now, tellingAt(now))));
  } catch (error) {
    if (!isTooLongError(error) || userIds.length < 2) throw error;
    const middle = Math.ceil(userIds.length / 2);
    const first = await loadPeople(db, userIds.slice(0, middle), now);
    return [...first, ...await loadPeople(db, userIds.slice(middle), now)];
  }
}

/** The queries of `loadPeople`, for a batch that asks more than that, also of what is not due; `toPeople` reads their answers. */
export function peopleQueries(
  db: Database,
  userIds: readonly string[],
  now: number,
  telling = sql`1`,
) {
  const ids = inList(userIds);
  return [
    allJson(db, personColumns, sql`SELECT * FROM users WHERE id IN ${ids}`),
    allJson(
      db,
      ["user_id", ...notificationColumns],
      sql`
      SELECT * FROM notifications WHERE user_id IN ${ids} AND deleted_at IS NULL AND muted_at IS NULL
      ORDER BY id`,
    ),
    allJson(
      db,
      ["user_id", "frequency", "next_at"],
      sql`SELECT * FROM digests WHERE user_id IN ${ids}`,
    ),
    toldTo(db, ids, telling),
    allJson(
      db,
      ["user_id", "composed_at", "json_array_length(content, '$.items')"],
      sql`
      SELECT emails.* FROM json_each(${JSON.stringify(userIds)}) CROSS JOIN emails
      WHERE user_id = value AND composed_at > ${now - burstLength}
        AND frequency = 'immediately' AND state <> 'canceled'`,
    ),
  ] as const;
}

type Answer = { rows: string }[];
export type PeopleAnswers = readonly [Answer, Answer, Answer, Answer, Answer];

/** The people whom these answers are about. */
export function toPeople([people, notifications, due, told, tellings]: PeopleAnswers): Person[] {
  const found = new Map(rowsOf<PersonTuple>(people).map((row) => [row[0], toPerson(row)]));
  for (const [userId, ...row] of rowsOf<[string, ...NotificationTuple]>(notifications)) {
    found.get(userId)!.notifications.push(toNotification(row));
  }
  for (const [id, frequency, nextAt] of rowsOf<[string, DigestFrequency, number]>(due)) {
    found.get(id)!.digests.push({ frequency, nextAt });
  }
  for (const [id, seq] of rowsOf<[string, number]>(told)) found.get(id)!.told.add(seq);
  for (const [id, at, events] of rowsOf<[string, number, number]>(tellings)) {
    found.get(id)!.tellings.push({ at, events });
  }
  return [...found.values()];
}

/**
 * The condition that a notification may tell something at `now`: one at once, one whose digest is due, and any after a
 * pause. The bookmark of another may lie a week back, and every email since would be read for each that is composed.
 */
function tellingAt(now: number): SQL {
  return sql`(frequency = 'immediately' OR paused_until <= ${now} OR EXISTS (
    SELECT 1 FROM digests d
    WHERE d.user_id = n.user_id AND d.frequency = n.frequency AND d.next_at <= ${now}))`;
}

/** The query for what earlier emails told of what lies behind the bookmarks of these people's open notifications, as `user_id` and `seq`. */
export function toldTo(db: Database, ids: SQL, telling = sql`1`) {
  return allJson(
    db,
    ["user_id", "seq"],
    sql`
      SELECT emails.user_id, item.value ->> 'seq' AS seq
      FROM (
        SELECT user_id, min(${trueBookmark}) AS since
        FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
        WHERE user_id IN ${ids} AND deleted_at IS NULL AND muted_at IS NULL AND ${telling}
        GROUP BY user_id) waiting
      -- CROSS keeps this order: of all that was ever sent, only what lies behind the bookmark is read.
      CROSS JOIN emails ON emails.user_id = waiting.user_id AND last_seq > since AND state <> 'canceled'
      JOIN json_each(content, '$.items') item`,
  );
}

function toPerson(row: PersonTuple): Person {
  const [id, roles, zone, digestHour, digestWeekday, quietFrom, quietUntil, behind, ...held] = row;
  const [pausedUntil, heldUntil] = held;
  return {
    id,
    roles,
    zone,
    digestHour,
    digestWeekday,
    quietFrom,
    quietUntil,
    behind: behind === 1,
    pausedUntil,
    heldUntil,
    notifications: [],
    digests: [],
    told: new Set(),
    tellings: [],
  };
}
