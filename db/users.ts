import { sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import { parseAddress } from "../domain/addresses.ts";
import { Invalid, NotFound } from "../domain/errors.ts";
import { isZone, type MailTimes } from "../domain/schedule.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUsers, auditViewingsEnd, type By, byCommand } from "./audit.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";
import { grantDefaults } from "./defaults.ts";
import { ensureDigests, type Owner } from "./digests.ts";
import { guarded, mustKeepAdmin, mustManagePeople } from "./guards.ts";
import { givePreparations } from "./preparations.ts";
import { stopViewings } from "./viewing.ts";

export interface NewUser extends Partial<MailTimes> {
  id: string;
  accountId: string;
  email: string;
  name: string;
  roles: Role[];
  /** When the person said that the zone is right. */
  zoneConfirmedAt?: number | null;
}

/** Adds users together with the default notifications of their roles, from now on. */
export async function createUsers(db: Database, list: NewUser[], now: number): Promise<void> {
  await db.batch(joining(db, list, now, { refusing: true }));
}

/** The statements that add users with all that they need, except those whose address is taken; `refusing` lets such a one fail them all. */
export function joining(
  db: Database,
  list: NewUser[],
  now: number,
  { by = byCommand, refusing = false }: { by?: By; refusing?: boolean } = {},
) {
  const people = list.map((user) => ({
    digestHour: 8,
    digestWeekday: 1,
    pausedUntil: null,
    ...user,
    email: addressOf(user),
    zone: isZone(user.zone ?? "") ? user.zone! : "UTC",
  }));
  return [
    db.run(sql`
      INSERT INTO users (id, account_id, email, name, roles, zone, zone_confirmed_at, digest_hour,
        digest_weekday, quiet_from, quiet_until, created_at)
      SELECT value ->> 'id', value ->> 'accountId', value ->> 'email', value ->> 'name', value -> 'roles',
        value ->> 'zone', value ->> 'zoneConfirmedAt', value ->> 'digestHour',
        value ->> 'digestWeekday', value ->> 'quietFrom', value ->> 'quietUntil', ${now}
      FROM json_each(${JSON.stringify(people)}) WHERE true
      ${refusing ? sql`` : sql`ON CONFLICT (email) DO NOTHING`}`),
    grantDefaults(db, people, now),
    ...givePreparations(db, people, { by, now }),
    ensureDigests(db, people, now),
    db.run(sql`
      UPDATE accounts SET settings_version = settings_version + 1
      WHERE id IN (SELECT value ->> 'accountId' FROM json_each(${JSON.stringify(people)}))`),
  ] as const;
}

function addressOf({ id, email }: NewUser): string {
  const address = parseAddress(email);
  if (address) return address;
  const message = `Cannot add user "${id}": what stands for their address is none`;
  throw new Invalid([{ field: "email", message }]);
}

/** Whoever owns notifications and digests, found by id; throws NotFound. */
export async function findOwner(db: Database, userId: string): Promise<Owner> {
  const [found] = await db.all<OwnerRow>(sql`
    SELECT ${ownerColumns} FROM users WHERE id = ${userId}`);
  if (!found) throw new NotFound(`Cannot find user "${userId}": there is no such user`);
  return toOwner(found);
}

/** What a query must select for `toOwner`. */
export const ownerColumns = sql`
  id, roles, zone, digest_hour AS digestHour, digest_weekday AS digestWeekday,
  paused_until AS pausedUntil`;
export type OwnerRow = Omit<Owner, "roles"> & { roles: string };

/** An owner from a row of `ownerColumns`. */
export function toOwner<R extends OwnerRow>(row: R): Omit<R, "roles"> & Owner {
  return { ...row, roles: JSON.parse(row.roles) };
}

/** Ends all mail and every session of a colleague at once, what was queued included; doing it twice is harmless. Throws NotFound and Forbidden. */
export async function deactivateUser(
  db: Database,
  accountId: string,
  id: string,
  now: number,
  by: By = byCommand,
): Promise<void> {
  const [found] = await guarded(db.batch([
    findMember(db, accountId, id),
    mustManagePeople(db, by),
    ...leaving(db, { accountId, id }, { now, by }),
  ]));
  if (found.length === 0) throw new NotFound(`Cannot deactivate user "${id}": not in this account`);
}

/** The statements by which a colleague leaves. */
export function leaving(
  db: Database,
  { accountId, id }: { accountId: string; id: string },
  { now, by }: { now: number; by: By },
) {
  const member = colleague(accountId, id);
  return [
    mustKeepAdmin(db, accountId, { leaving: [id], by }),
    auditUsers(db, { at: now, by, deed: "deactivated" }, {
      which: sql`id = ${member} AND deactivated_at IS NULL`,
      before: sql`json_object('state', 'active')`,
      after: sql`json_object('state', 'deactivated')`,
    }),
    db.run(sql`
      UPDATE users SET deactivated_at = coalesce(deactivated_at, ${now}) WHERE id = ${member}`),
    auditViewingsEnd(db, sql`user_id = ${member}`, now),
    db.run(sql`DELETE FROM sessions WHERE user_id = ${member}`),
    stopViewings(db, sql`viewing_id = ${member}`, now),
    db.run(sql`DELETE FROM sign_in_links WHERE user_id = ${member}`),
    db.run(sql`DELETE FROM digests WHERE user_id = ${member}`),
    db.run(sql`
      UPDATE emails SET state = 'canceled', problem = 'the user was deactivated'
      WHERE user_id = ${member} AND state = 'queued'`),
    db.run(sql`
      DELETE FROM outgoing WHERE user_id = ${member} AND state = 'queued'
        AND recipient = (SELECT email FROM users WHERE id = ${member})`),
    bumpSettings(db, member),
  ] as const;
}

/** Lets a colleague sign in and get mail again, from now on; doing it twice is harmless. Throws NotFound and Forbidden. */
export async function reactivateUser(
  db: Database,
  accountId: string,
  id: string,
  now: number,
  by: By = byCommand,
): Promise<void> {
  const [member] = await findMember(db, accountId, id);
  if (!member) throw new NotFound(`Cannot reactivate user "${id}": not in this account`);
  const owner = await findOwner(db, id);
  await guarded(db.batch([mustManagePeople(db, by), ...returning(db, owner, { now, by })]));
}

/** The statements by which somebody returns. */
export function returning(db: Database, owner: Owner, { now, by }: { now: number; by: By }) {
  const { id } = owner;
  return [
    auditUsers(db, { at: now, by, deed: "reactivated" }, {
      which: sql`id = ${id} AND deactivated_at IS NOT NULL`,
      before: sql`json_object('state', 'deactivated')`,
      after: sql`json_object('state', 'active')`,
    }),
    db.run(sql`
      UPDATE notifications SET bookmark = ${endOfLog}
      WHERE user_id = ${id} AND (SELECT deactivated_at FROM users WHERE id = ${id}) IS NOT NULL`),
    // What was asked for meanwhile has a window that nobody looked into.
    db.run(sql`
      DELETE FROM digests
      WHERE user_id = ${id} AND (SELECT deactivated_at FROM users WHERE id = ${id}) IS NOT NULL`),
    db.run(sql`
      UPDATE users SET deactivated_at = NULL, behind = 0, paused_until = NULL, held_until = NULL
      WHERE id = ${id} AND deactivated_at IS NOT NULL`),
    forgetChanges(db, [id]),
    // Whoever returns is not paused any more.
    ensureDigests(db, [{ ...owner, pausedUntil: null }], now),
    bumpSettings(db, id),
  ] as const;
}

function findMember(db: Database, accountId: string, id: string) {
  return db.all(sql`SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId}`);
}

function colleague(accountId: string, id: string) {
  return sql`(SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId})`;
}

/** A person of an account, as its admins see them. */
export interface User {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  pausedUntil: number | null;
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
  signedInAt: number | null;
}

type UserRow = Omit<User, "roles"> & { roles: string };

/** The query for the people of an account, by name. */
export function usersOf(db: Database, accountId: string) {
  return db.all<UserRow>(sql`
    SELECT id, name, email, roles, paused_until AS pausedUntil, deactivated_at AS deactivatedAt,
      address_failed_at AS addressFailedAt, complained_at AS complainedAt,
      signed_in_at AS signedInAt
    FROM users WHERE account_id = ${accountId} ORDER BY name`);
}

/** A person from a row of `usersOf`. */
export function toUser(row: UserRow): User {
  return { ...row, roles: JSON.parse(row.roles) };
}

/** Somebody who can sign in, and where they work. */
export interface CastMember {
  id: string;
  name: string;
  roles: Role[];
  account: { id: string; name: string; profile: Profile };
}

/** The first people of the database who can sign in, by account: what the demo's sign-in page offers. */
export async function listCast(db: Database, limit: number): Promise<CastMember[]> {
  const rows = await db.all<
    { id: string; name: string; roles: string; account: string; label: string; profile: Profile }
  >(sql`
    SELECT u.id, u.name, u.roles, a.id AS account, a.name AS label, a.profile
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE u.deactivated_at IS NULL ORDER BY u.rowid LIMIT ${limit}`);
  return rows.map(({ id, name, roles, account, label, profile }) => ({
    id,
    name,
    roles: JSON.parse(roles),
    account: { id: account, name: label, profile },
  }));
}

/** Somebody who may still sign in and get mail. */
export interface ActiveUser {
  id: string;
  name: string;
  roles: Role[];
  pausedUntil: number | null;
  addressFailedAt: number | null;
  optOuts: OptOut[];
  account: { name: string; profile: Profile };
}

type ActiveRow =
  & Omit<ActiveUser, "roles" | "optOuts" | "account">
  & { roles: string; optOuts: string; account: string; profile: Profile };

/** Somebody who may still sign in and get mail, found by id, or null. */
export async function findActiveUser(db: Database, id: string): Promise<ActiveUser | null> {
  const [user] = await db.all<ActiveRow>(sql`
    SELECT u.id, u.name, roles, paused_until AS pausedUntil, address_failed_at AS addressFailedAt,
      opt_outs AS optOuts, a.name AS account, profile
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE u.id = ${id} AND deactivated_at IS NULL`);
  if (!user) return null;
  const { account: name, profile, ...rest } = user;
  const [roles, optOuts] = [JSON.parse(user.roles), JSON.parse(user.optOuts)];
  return { ...rest, roles, optOuts, account: { name, profile } };
}
