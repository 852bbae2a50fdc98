import { sql } from "drizzle-orm";
import { defaultNotifications, type Role, visibleTypes } from "../domain/catalogue.ts";
import { Conflict } from "../domain/errors.ts";
import { bumpSettings } from "./accounts.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog, inList, isConstraintError } from "./client.ts";
import { grantDefaults } from "./defaults.ts";
import { ensureDigests } from "./digests.ts";
import { findOwner } from "./users.ts";

/** Gives a user exactly these roles. What a lost role showed ends, even what was pending; what a new one shows begins now. */
export async function setRoles(
  db: Database,
  userId: string,
  roles: Role[],
  now: number,
): Promise<void> {
  const owner = await findOwner(db, userId);
  const gained = (of: (held: Role[]) => string[]) => {
    const before = of(owner.roles);
    return of(roles).filter((type) => !before.includes(type));
  };
  const custom = gained(visibleTypes);
  const defaults = gained((held) => [...defaultNotifications(held).keys()]);
  try {
    await db.batch([
      settleBookmarks(db, [userId]),
      // The NOT NULL constraint refuses the whole change when somebody else was faster.
      db.run(sql`
        UPDATE users
        SET roles = CASE WHEN roles = ${JSON.stringify(owner.roles)} THEN ${
        JSON.stringify(roles)
      } END
        WHERE id = ${userId}`),
      grantDefaults(db, [{ id: userId, roles }], now),
      db.run(sql`
        UPDATE notifications SET bookmark = ${endOfLog}
        WHERE user_id = ${userId}
          AND ((kind = 'custom' AND type IN ${inList(custom)})
            OR (kind = 'default' AND type IN ${inList(defaults)}))`),
      fallBehind(db, [userId]),
      forgetChanges(db, [userId]),
      ensureDigests(db, [owner], now),
      bumpSettings(db, userId),
    ]);
  } catch (error) {
    if (!isConstraintError(error)) throw error;
    throw new Conflict(`Cannot change the roles of user "${userId}": they were changed meanwhile`);
  }
}
