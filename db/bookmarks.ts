import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

// Dispatching immediate mail does not write to every notification it looks at: it moves `accounts.dispatched`. A
// notification's true bookmark is therefore the higher of the two, unless its user is `behind`. These two statements
// carry that over into the bookmarks whenever a change would otherwise lose or repeat something: the first goes
// before the change, the second after it.

/** The statement that writes the account's `dispatched` into the immediate notifications of a user. */
export function settleBookmarks(db: Database, userId: string) {
  return db.run(sql`
    UPDATE notifications SET bookmark = max(bookmark, ${dispatchedFor(userId)})
    WHERE user_id = ${userId} AND frequency = 'immediately'
      AND NOT (SELECT behind FROM users WHERE id = ${userId})`);
}

/** The statement that sets a user behind whose immediate notifications now still owe something. */
export function fallBehind(db: Database, userId: string) {
  return db.run(sql`
    UPDATE users SET behind = 1
    WHERE id = ${userId} AND EXISTS (
      SELECT 1 FROM notifications
      WHERE user_id = ${userId} AND frequency = 'immediately'
        AND deleted_at IS NULL AND muted_at IS NULL AND bookmark < ${dispatchedFor(userId)})`);
}

function dispatchedFor(userId: string) {
  return sql`(SELECT dispatched FROM accounts WHERE id = (SELECT account_id FROM users WHERE id = ${userId}))`;
}
