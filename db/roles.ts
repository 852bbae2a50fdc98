import { sql } from "drizzle-orm";
import {
  defaultNotifications,
  type Profile,
  type Role,
  visibleTypes,
} from "../domain/catalogue.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { areSameRoles, mayManagePeople, mayViewAs, parseRoles } from "../domain/people.ts";
import { bumpSettingsOf } from "./accounts.ts";
import { auditUsers, type By, byCommand } from "./audit.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog, inList, isConstraintError } from "./client.ts";
import { grantDefaults } from "./defaults.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { mustKeepAdmin, mustManagePeople, refusal } from "./guards.ts";
import { findOwner, ownerColumns, type OwnerRow, toOwner } from "./owners.ts";
import { givePreparations } from "./preparations.ts";
import { stopViewings } from "./viewing.ts";

/** An account, as far as it decides about roles. */
export interface RoleAccount {
  id: string;
  profile: Profile;
}

/** Who changes roles, and when. */
export interface Doing {
  by: By;
  now: number;
}

/** Roles as an admin of an account wants them. */
export interface WantedRoles extends Doing {
  roles: readonly string[];
  /** What the admin saw before. */
  held: readonly string[];
}

/**
 * Gives a colleague exactly these roles; twice is once. Throws NotFound, Invalid for what the account may not hold,
 * Conflict where they were changed meanwhile, Forbidden where nobody would manage people any more.
 */
export async function changeRoles(
  db: Database,
  account: RoleAccount,
  id: string,
  { roles: asked, held, by, now }: WantedRoles,
): Promise<void> {
  const owner = await findColleague(db, account.id, id);
  const roles = parseRoles(asked, account.profile);
  if (areSameRoles(owner.roles, roles)) return;
  if (!areSameRoles(owner.roles, held)) throw changedMeanwhile([id]);
  await writeRoles(db, account.id, [{ owner, roles }], { by, now });
}

async function findColleague(db: Database, accountId: string, id: string): Promise<Owner> {
  const [found] = await db.all<OwnerRow>(sql`
    SELECT ${ownerColumns} FROM users WHERE id = ${id} AND account_id = ${accountId}`);
  if (!found) {
    throw new NotFound(`Cannot change the roles of user "${id}": not in this account`);
  }
  return toOwner(found);
}

/** Gives a user exactly these roles. What a lost role showed ends, even what was pending; what a new one shows begins now. */
export async function setRoles(
  db: Database,
  userId: string,
  roles: Role[],
  now: number,
): Promise<void> {
  const owner = await findOwner(db, userId);
  await writeRoles(db, "", [{ owner, roles }], { by: byCommand, now });
}

/** Somebody, and the roles that they get. */
export interface Step {
  owner: Owner;
  roles: Role[];
}

export async function writeRoles(
  db: Database,
  accountId: string,
  steps: Step[],
  { by, now }: Doing,
): Promise<void> {
  const admins = (of: (step: Step) => Role[], others: (step: Step) => Role[]) =>
    steps.filter((step) => mayManagePeople(of(step)) && !mayManagePeople(others(step)))
      .map(({ owner }) => owner.id);
  const [held, wanted] = [({ owner }: Step) => owner.roles, ({ roles }: Step) => roles];
  const succession = { leaving: admins(held, wanted), arriving: admins(wanted, held), by };
  const alike = Map.groupBy(steps, ({ owner, roles }) => `${owner.roles} ${roles}`);
  try {
    await db.batch([
      mustManagePeople(db, by),
      mustKeepAdmin(db, accountId, succession),
      ...[...alike.values()].flatMap((group) => becoming(db, group, { by, now })),
    ]);
  } catch (error) {
    if (!isConstraintError(error, "users.roles")) throw refusal(error);
    throw changedMeanwhile(steps.map(({ owner }) => owner.id));
  }
}

/** The statements that give people, who all hold the same roles, the same other ones. */
function becoming(db: Database, group: Step[], { by, now }: Doing) {
  const { owner, roles } = group[0]!;
  const owners = group.map((step) => step.owner);
  const ids = owners.map(({ id }) => id);
  const gained = (of: (held: Role[]) => string[]) => {
    const before = of(owner.roles);
    return of(roles).filter((type) => !before.includes(type));
  };
  const newRoles = roles.filter((role) => !owner.roles.includes(role));
  const custom = gained(visibleTypes);
  const defaults = gained((held) => [...defaultNotifications(held).keys()]);
  const [was, becomes] = [owner.roles, roles].map((list) => JSON.stringify(list));
  return [
    settleBookmarks(db, ids),
    auditUsers(db, { at: now, by, deed: "roles changed" }, {
      which: sql`id IN ${inList(ids)} AND roles <> ${becomes}`,
      before: sql`json_object('roles', json(roles))`,
      after: sql`json_object('roles', json(${becomes}))`,
    }),
    // The NOT NULL constraint refuses the whole change when somebody else was faster.
    db.run(sql`
      UPDATE users SET roles = CASE WHEN roles = ${was} THEN ${becomes} END
      WHERE id IN ${inList(ids)}`),
    grantDefaults(db, ids.map((id) => ({ id, roles })), now),
    ...givePreparations(db, ids.map((id) => ({ id, roles: newRoles })), { by, now }),
    db.run(sql`
      UPDATE notifications SET bookmark = ${endOfLog}
      WHERE user_id IN ${inList(ids)}
        AND ((kind = 'custom' AND type IN ${inList(custom)})
          OR (kind = 'default' AND type IN ${inList(defaults)}))`),
    fallBehind(db, ids),
    forgetChanges(db, ids),
    ensureDigests(db, owners, now),
    bumpSettingsOf(db, ids),
    ...mayViewAs(roles) ? [] : [stopViewings(db, sql`user_id IN ${inList(ids)}`, now)],
  ];
}

function changedMeanwhile(ids: string[]): Conflict {
  const whose = ids.map((id) => `user "${id}"`).join(", ");
  return new Conflict(
    `Cannot change the roles of ${whose}: they were changed meanwhile. Look at them again`,
  );
}
