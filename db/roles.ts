import { type SQL, sql } from "drizzle-orm";
import {
  defaultNotifications,
  type Profile,
  type Role,
  visibleTypes,
} from "../domain/catalogue.ts";
import { Conflict, Forbidden, NotFound } from "../domain/errors.ts";
import {
  adminRoles,
  areSameRoles,
  mayManagePeople,
  mayViewAs,
  parseRoles,
} from "../domain/people.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUsers, type By, byCommand } from "./audit.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog, inList, isConstraintError } from "./client.ts";
import { grantDefaults } from "./defaults.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { findOwner, ownerColumns, type OwnerRow, toOwner } from "./users.ts";
import { stopViewings } from "./viewing.ts";

/** Roles as an admin of an account wants them. */
export interface WantedRoles {
  roles: readonly string[];
  /** What the admin saw before. */
  held: readonly string[];
  by: By;
  now: number;
}

/**
 * Gives a colleague exactly these roles; twice is once. Throws NotFound, Invalid for what the account may not hold,
 * Conflict where they were changed meanwhile, Forbidden where nobody would manage people any more.
 */
export async function changeRoles(
  db: Database,
  account: { id: string; profile: Profile },
  id: string,
  { roles: asked, held, by, now }: WantedRoles,
): Promise<void> {
  const { hasOtherAdmin, ...owner } = await findColleague(db, account.id, id);
  const roles = parseRoles(asked, account.profile);
  if (areSameRoles(owner.roles, roles)) return;
  if (!areSameRoles(owner.roles, held)) throw changedMeanwhile(id);
  if (mayManagePeople(roles) || !mayManagePeople(owner.roles)) {
    return await writeRoles(db, owner, roles, { by, now });
  }
  if (!hasOtherAdmin) {
    throw new Forbidden(
      "This is the last admin of the account: nobody could manage its people any more. Make somebody else an admin first",
    );
  }
  const condition = sql`EXISTS (${otherAdmins(account.id, id)})`;
  await writeRoles(db, owner, roles, { by, now, condition });
}

async function findColleague(db: Database, accountId: string, id: string) {
  const [found] = await db.all<OwnerRow & { hasOtherAdmin: 0 | 1 }>(sql`
    SELECT ${ownerColumns}, EXISTS (${otherAdmins(accountId, id)}) AS hasOtherAdmin
    FROM users WHERE id = ${id} AND account_id = ${accountId}`);
  if (!found) {
    throw new NotFound(`Cannot change the roles of user "${id}": not in this account`);
  }
  return toOwner(found);
}

/** The query for the active admins of an account beside one. */
function otherAdmins(accountId: string, id: string): SQL {
  return sql`
    SELECT 1 FROM users other, json_each(other.roles) role
    WHERE other.account_id = ${accountId} AND other.id <> ${id} AND other.deactivated_at IS NULL
      AND role.value IN ${inList(adminRoles)}`;
}

/** Gives a user exactly these roles. What a lost role showed ends, even what was pending; what a new one shows begins now. */
export async function setRoles(
  db: Database,
  userId: string,
  roles: Role[],
  now: number,
): Promise<void> {
  await writeRoles(db, await findOwner(db, userId), roles, { by: byCommand, now });
}

async function writeRoles(
  db: Database,
  owner: Owner,
  roles: Role[],
  { by, now, condition = sql`true` }: { by: By; now: number; condition?: SQL },
): Promise<void> {
  const { id } = owner;
  const gained = (of: (held: Role[]) => string[]) => {
    const before = of(owner.roles);
    return of(roles).filter((type) => !before.includes(type));
  };
  const custom = gained(visibleTypes);
  const defaults = gained((held) => [...defaultNotifications(held).keys()]);
  const [was, becomes] = [owner.roles, roles].map((list) => JSON.stringify(list));
  try {
    await db.batch([
      settleBookmarks(db, [id]),
      auditUsers(db, { at: now, by, deed: "roles changed" }, {
        which: sql`id = ${id} AND roles <> ${becomes}`,
        before: sql`json_object('roles', json(roles))`,
        after: sql`json_object('roles', json(${becomes}))`,
      }),
      // The NOT NULL constraint refuses the whole change when somebody else was faster.
      db.run(sql`
        UPDATE users SET roles = CASE WHEN roles = ${was} AND ${condition} THEN ${becomes} END
        WHERE id = ${id}`),
      grantDefaults(db, [{ id, roles }], now),
      db.run(sql`
        UPDATE notifications SET bookmark = ${endOfLog}
        WHERE user_id = ${id}
          AND ((kind = 'custom' AND type IN ${inList(custom)})
            OR (kind = 'default' AND type IN ${inList(defaults)}))`),
      fallBehind(db, [id]),
      forgetChanges(db, [id]),
      ensureDigests(db, [owner], now),
      bumpSettings(db, id),
      ...mayViewAs(roles) ? [] : [stopViewings(db, sql`user_id = ${id}`, now)],
    ]);
  } catch (error) {
    if (!isConstraintError(error)) throw error;
    throw changedMeanwhile(id);
  }
}

function changedMeanwhile(id: string): Conflict {
  return new Conflict(
    `Cannot change the roles of user "${id}": they were changed meanwhile. Look at them again`,
  );
}
