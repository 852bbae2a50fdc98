import { sql } from "drizzle-orm";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { type Database, endOfLog, inList } from "./client.ts";

/**
 * Lets the notifications speak again whose snooze is over. They tell what was received from its end on, also where this
 * comes late; doing it twice, or two at once, is harmless.
 */
export async function endSnoozes(db: Database, now: number): Promise<void> {
  const over = await db.all<{ id: string }>(sql`
    SELECT DISTINCT user_id AS id FROM notifications WHERE muted_until <= ${now}`);
  if (over.length === 0) return;
  const userIds = over.map(({ id }) => id);
  await db.batch([
    settleBookmarks(db, userIds),
    // The first event since then may have a later one before it in the log: clocks differ.
    db.run(sql`
      UPDATE notifications
      SET muted_at = NULL, muted_until = NULL, bookmark = max(bookmark, coalesce(next - 1, ${endOfLog}))
      FROM (
        SELECT ended, (SELECT min(seq) FROM events WHERE received_at >= ended) AS next
        FROM (SELECT DISTINCT muted_until AS ended FROM notifications WHERE muted_until <= ${now}))
      WHERE muted_until = ended`),
    fallBehind(db, userIds),
    db.run(sql`
      UPDATE accounts SET settings_version = settings_version + 1
      WHERE id IN (SELECT account_id FROM users WHERE id IN ${inList(userIds)})`),
  ]);
}
