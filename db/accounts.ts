import { type SQL, sql } from "drizzle-orm";
import type { Account, AccountDetails, AccountStanding } from "../domain/accounts.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { adminRoles } from "../domain/people.ts";
import { auditAccount, type By } from "./audit.ts";
import { type Database, inList } from "./client.ts";
import { contains } from "./like.ts";
import { accounts } from "./schema.ts";

/** Adds the accounts that are not there yet. */
export async function createAccounts(db: Database, list: Account[], now: number): Promise<void> {
  await adding(db, list, now);
}

function adding(db: Database, list: Account[], now: number) {
  return db.run(sql`
    INSERT INTO accounts (id, name, profile, created_at, dispatched)
    SELECT value ->> 'id', value ->> 'name', value ->> 'profile', ${now},
      (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')
    FROM json_each(${JSON.stringify(list)}) WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Every account, or `most` of them, by profile and name. */
export async function listAccounts(db: Database, most = -1): Promise<Account[]> {
  return await db.select({ id: accounts.id, name: accounts.name, profile: accounts.profile })
    .from(accounts).orderBy(accounts.profile, accounts.name).limit(most);
}

/** An account by its id; throws NotFound. */
export async function findAccount(db: Database, id: string): Promise<Account> {
  const [found] = await db.all<Account>(sql`
    SELECT id, name, profile FROM accounts WHERE id = ${id}`);
  return found ?? missing(id);
}

function missing(id: string): never {
  throw new NotFound(`Cannot find account "${id}": there is none`);
}

/** Who does something, and when. */
interface Doing {
  by: By;
  now: number;
}

/** Adds an account; the same one twice is once. Throws Conflict where another one has that id. */
export async function addAccount(
  db: Database,
  account: Account,
  { by, now }: Doing,
): Promise<void> {
  const { id, name, profile } = account;
  const [, , [found]] = await db.batch([
    auditAccount(db, { id, name, isNew: true }, { at: now, by, deed: "created" }),
    adding(db, [account], now),
    db.all<Account>(sql`SELECT name, profile FROM accounts WHERE id = ${id}`),
  ]);
  if (found?.name === name && found.profile === profile) return;
  throw new Conflict(`Cannot add account "${id}": ${found?.name} has that id`);
}

/** Gives an account another name; events go on using its id. Throws NotFound. */
export async function renameAccount(
  db: Database,
  id: string,
  name: string,
  { by, now }: Doing,
): Promise<void> {
  const [, found] = await db.batch([
    auditAccount(db, { id, name, isNew: false }, { at: now, by, deed: "edited" }),
    db.all(sql`
      UPDATE accounts SET settings_version = settings_version + (name <> ${name}), name = ${name}
      WHERE id = ${id} RETURNING id`),
  ]);
  if (found.length === 0) throw new NotFound(`Cannot rename account "${id}": there is none`);
}

/** Which accounts are meant: those whose name, id or profile holds every word, after a name. */
export interface AccountQuery {
  words: readonly string[];
  since: number;
  offset: number;
  limit: number;
}

/** Accounts by name, with what they have and get. Figures are found for those alone that are listed. */
export async function searchAccounts(
  db: Database,
  { words, since, offset, limit }: AccountQuery,
): Promise<AccountStanding[]> {
  const text = sql`(name || ' ' || id || ' ' || profile)`;
  const which = sql.join([sql`true`, ...words.map((word) => contains(text, word))], sql` AND `);
  return await db.all<AccountStanding>(sql`
    SELECT ${standingOf(since)}
    FROM (SELECT * FROM accounts WHERE ${which} ORDER BY name COLLATE NOCASE, id
      LIMIT ${limit} OFFSET ${offset}) a`);
}

/** An account by its id, with what it has and gets; throws NotFound. */
export async function findAccountDetails(
  db: Database,
  id: string,
  since: number,
): Promise<AccountDetails> {
  const [found] = await db.all<AccountDetails>(sql`
    SELECT ${standingOf(since)},
      (SELECT count(*) FROM event_accounts WHERE account_id = a.id AND seq >= (
        SELECT seq FROM events WHERE received_at > ${since} ORDER BY received_at, seq LIMIT 1)
      ) AS events,
      (SELECT max(signed_in_at) FROM users WHERE account_id = a.id) AS signedInAt
    FROM accounts a WHERE id = ${id}`);
  return found ?? missing(id);
}

/** What a query over accounts `a` must select for their standing. */
function standingOf(since: number): SQL {
  const people = sql`FROM users WHERE account_id = a.id AND deactivated_at IS`;
  return sql`
    id, name, profile,
    (SELECT count(*) ${people} NULL) AS active,
    (SELECT count(*) ${people} NULL AND EXISTS (
      SELECT 1 FROM json_each(roles) WHERE value IN ${inList(adminRoles)})) AS admins,
    (SELECT count(*) ${people} NOT NULL) AS deactivated,
    (SELECT count(*) FROM users JOIN emails ON emails.user_id = users.id
      WHERE account_id = a.id AND sent_at > ${since}) AS emails`;
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
