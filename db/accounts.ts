import { type SQL, sql } from "drizzle-orm";
import type { Profile } from "../domain/catalogue.ts";
import { type Database, inList } from "./client.ts";
import { accounts } from "./schema.ts";

export interface NewAccount {
  id: string;
  name: string;
  profile: Profile;
}

/** Adds the accounts that are not there yet. */
export async function createAccounts(db: Database, list: NewAccount[], now: number): Promise<void> {
  await db.run(sql`
    INSERT INTO accounts (id, name, profile, created_at, dispatched)
    SELECT value ->> 'id', value ->> 'name', value ->> 'profile', ${now},
      (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')
    FROM json_each(${JSON.stringify(list)}) WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Every account, by profile and name. */
export async function listAccounts(db: Database): Promise<NewAccount[]> {
  return await db.select({ id: accounts.id, name: accounts.name, profile: accounts.profile })
    .from(accounts).orderBy(accounts.profile, accounts.name);
}

/** The statement by which whatever was compiled or composed for the user's account becomes stale. */
export function bumpSettings(db: Database, userId: string | SQL) {
  return db.run(sql`
    UPDATE accounts SET settings_version = settings_version + 1
    WHERE id = (SELECT account_id FROM users WHERE id = ${userId})`);
}

/** The same for the accounts of several users. */
export function bumpSettingsOf(db: Database, userIds: readonly string[]) {
  return db.run(sql`
    UPDATE accounts SET settings_version = settings_version + 1
    WHERE id IN (SELECT account_id FROM users WHERE id IN ${inList(userIds)})`);
}
