import { sql } from "drizzle-orm";
import { parseAddress } from "../domain/addresses.ts";
import type { Profile, Role } from "../domain/catalogue.ts";
import { Invalid } from "../domain/errors.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import { isZone, type MailTimes } from "../domain/schedule.ts";
import { type By, byCommand } from "./audit.ts";
import type { Database } from "./client.ts";
import { grantDefaults } from "./defaults.ts";
import { ensureDigests } from "./digests.ts";
import { givePreparations } from "./preparations.ts";

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
