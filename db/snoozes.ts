import { sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { makeChange, newChange } from "./changes.ts";
import { type Database, endOfLog, inList } from "./client.ts";

/** Keeps a notification quiet until an instant; resolves to the change, where it was not long ago. Throws NotFound. */
export async function snoozeNotification(
  db: Database,
  userId: string,
  id: number,
  { until, now }: { until: number; now: number },
): Promise<string | undefined> {
  const { change, found } = await makeChange(db, newChange(userId, "snoozed", now), {
    ids: [id],
    which: sql`muted_until IS NOT ${until}`,
    set: sql`muted_at = coalesce(muted_at, ${now}), muted_until = ${until}`,
  });
  if (!found[0] || found[0].deleted) {
    throw new NotFound(`Cannot snooze notification "${id}": it was deleted`);
  }
  return change;
}

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
      WHERE muted_until = ended AND user_id IN ${inList(userIds)}`),
    fallBehind(db, userIds),
    db.run(sql`
      UPDATE accounts SET settings_version = settings_version + 1
      WHERE id IN (SELECT account_id FROM users WHERE id IN ${inList(userIds)})`),
  ]);
}
