import { type SQL, sql } from "drizzle-orm";
import { type Database, inList } from "./client.ts";

// Dispatching immediate mail does not write to every notification it looks at: it moves `accounts.dispatched`. A
// notification's true bookmark is therefore the higher of the two, unless its user is `behind`. These two statements
// carry that over into the bookmarks whenever a change would otherwise lose or repeat something: the first goes
// before the change, the second after it. What is snoozed keeps its bookmark until its end says where it goes on.

/** The true bookmark, of a notification beside its user and their account. */
export const trueBookmark = sql`
  CASE WHEN frequency = 'immediately' AND NOT behind THEN max(bookmark, dispatched) ELSE bookmark END`;

/** The statement that writes the account's `dispatched`, or what it was, into the immediate notifications of users. */
export function settleBookmarks(
  db: Database,
  userIds: readonly string[],
  dispatched: SQL | number = sql`dispatched`,
) {
  return db.run(sql`
    UPDATE notifications SET bookmark = max(bookmark, ${dispatched})
    FROM users JOIN accounts ON accounts.id = users.account_id
    WHERE users.id = notifications.user_id AND users.id IN ${inList(userIds)}
      AND frequency = 'immediately' AND NOT behind AND muted_until IS NULL`);
}

/** The statement that sets those users behind whose immediate notifications now still owe something. */
export function fallBehind(db: Database, userIds: readonly string[]) {
  return db.run(sql`
    UPDATE users SET behind = 1
    WHERE id IN ${inList(userIds)} AND EXISTS (
      SELECT 1 FROM notifications
      WHERE user_id = users.id AND frequency = 'immediately' AND deleted_at IS NULL AND muted_at IS NULL
        AND bookmark < (SELECT dispatched FROM accounts WHERE accounts.id = users.account_id))`);
}
