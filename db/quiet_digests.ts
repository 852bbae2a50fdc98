import { sql } from "drizzle-orm";
import type { DigestFrequency, DigestTimes } from "../domain/schedule.ts";
import { allJson, type Database, endOfLog, rowsOf } from "./client.ts";

// Most digests that are due at a full hour hold nothing, because nothing happened. They pass to their next window all
// together, without a look at each account.

/** A due digest that holds nothing: its account got no event since the notifications of its frequency were read. */
export interface QuietDigest extends DigestTimes {
  userId: string;
  frequency: DigestFrequency;
  /** The window that is due. */
  window: number;
}

type QuietTuple = [string, DigestFrequency, number, string, number, number];

/** The due digests of all accounts that hold nothing. */
export async function findQuietDigests(db: Database, now: number): Promise<QuietDigest[]> {
  const columns = ["user_id", "frequency", "next_at", "zone", "digest_hour", "digest_weekday"];
  const rows = await allJson(
    db,
    columns,
    sql`
    SELECT * FROM (
      SELECT d.user_id, d.frequency, d.next_at, u.zone, u.digest_hour, u.digest_weekday,
        CASE a.profile WHEN 'studio' THEN ${endOfLog} ELSE coalesce(
          (SELECT max(seq) FROM event_accounts WHERE account_id = a.id), 0) END AS newest,
        (SELECT min(bookmark) FROM notifications n
          WHERE n.user_id = d.user_id AND n.frequency = d.frequency
            AND deleted_at IS NULL AND muted_at IS NULL) AS oldest
      FROM digests d JOIN users u ON u.id = d.user_id JOIN accounts a ON a.id = u.account_id
      WHERE d.next_at <= ${now} AND u.deactivated_at IS NULL AND u.behind = 0)
    WHERE newest <= coalesce(oldest, newest)`,
  );
  return rowsOf<QuietTuple>(rows).map((
    [userId, frequency, window, zone, digestHour, digestWeekday],
  ) => ({ userId, frequency, window, zone, digestHour, digestWeekday }));
}

/** Moves digests on to their next windows, unless somebody else did meanwhile; those for which nobody has a notification go. */
export async function passDigests(
  db: Database,
  digests: (Pick<QuietDigest, "userId" | "frequency" | "window"> & { next: number })[],
): Promise<void> {
  await db.batch(passing(db, JSON.stringify(digests)));
}

/** The statements that do so, for a JSON list of digests; they also end every composition. */
export function passing(db: Database, digests: string) {
  return [
    db.run(sql`
      UPDATE digests SET last_at = moved.value ->> 'window', next_at = moved.value ->> 'next'
      FROM json_each(${digests}) moved
      WHERE user_id = moved.value ->> 'userId' AND frequency = moved.value ->> 'frequency'
        AND next_at = moved.value ->> 'window'`),
    db.run(sql`
      DELETE FROM digests
      WHERE user_id IN (SELECT value ->> 'userId' FROM json_each(${digests}))
        AND NOT EXISTS (
          SELECT 1 FROM notifications n
          WHERE n.user_id = digests.user_id AND n.frequency = digests.frequency AND deleted_at IS NULL)`),
  ] as const;
}
