import { type SQL, sql } from "drizzle-orm";
import { Conflict } from "../domain/errors.ts";
import type { DirectoryEntry, newEntry } from "../domain/scim_users.ts";
import { bumpSettings } from "./accounts.ts";
import { auditUsers, type By } from "./audit.ts";
import { type Database, isConstraintError } from "./client.ts";
import { leaving, returning } from "./deactivation.ts";
import { refusal } from "./guards.ts";
import { findOwner } from "./owners.ts";
import { findProvisioned } from "./scim_users.ts";
import { joining } from "./users.ts";

// Whatever a directory does to people is done by the statements that the pages use, in one commit for each request, and
// only what differs is written.

/** Who provisions whose people, and when. */
export interface Provisioning {
  accountId: string;
  by: By;
  now: number;
}

/** Adds somebody with no role yet; resolves to their id. Throws Conflict where the address or a name of the directory is taken. */
export async function provisionUser(
  db: Database,
  { timezone, ...entry }: ReturnType<typeof newEntry>,
  { accountId, by, now }: Provisioning,
): Promise<string> {
  const id = crypto.randomUUID();
  const { email, name } = entry;
  const user = { id, accountId, email, name, roles: [], zone: timezone ?? "UTC" };
  await orTaken(db.batch([
    ...joining(db, [user], now, { refusing: true, by }),
    ...described(db, { id, accountId }, entry),
    auditUsers(db, { at: now, by, deed: "created" }, {
      which: sql`id = ${id}`,
      before: sql`NULL`,
      after: stateOf(entry),
    }),
    ...entry.active ? [] : leaving(db, { accountId, id }, { now, by }),
  ]));
  return id;
}

/** Makes of somebody what their directory says now, and nothing where it says nothing new. Throws NotFound, Conflict and Forbidden. */
export async function reviseUser(
  db: Database,
  id: string,
  change: (before: DirectoryEntry) => DirectoryEntry,
  { accountId, by, now }: Provisioning,
): Promise<void> {
  const { entry: before } = await findProvisioned(db, accountId, id);
  const after = change(before);
  const owner = after.active && !before.active ? await findOwner(db, id) : null;
  const statements = [
    ...renaming(db, id, { before, after, by, now }),
    ...described(db, { id, accountId }, differing(before, after)),
    ...owner ? returning(db, owner, { now, by }) : [],
    ...before.active && !after.active ? leaving(db, { accountId, id }, { now, by }) : [],
  ];
  const [first, ...others] = statements;
  if (first) await orTaken(db.batch([first, ...others]));
}

interface Renaming extends Omit<Provisioning, "accountId"> {
  before: DirectoryEntry;
  after: DirectoryEntry;
}

function renaming(db: Database, id: string, { before, after, by, now }: Renaming) {
  const { email, name } = differing(before, after);
  if (JSON.stringify(stated(before)) === JSON.stringify(stated(after))) return [];
  const told = auditUsers(db, { at: now, by, deed: "edited" }, {
    which: sql`id = ${id} AND NOT ${isStated(id, after)}`,
    before: stateOf(before),
    after: stateOf(after),
  });
  const named = db.run(
    sql`UPDATE users SET name = coalesce(${name ?? null}, name) WHERE id = ${id}`,
  );
  if (!email) return [told, named];
  return [
    told,
    named,
    // Another mailbox has failed nobody yet; links that lie in the old one open nothing any more.
    db.run(sql`
      UPDATE users SET email = ${email}, address_failed_at = NULL, complained_at = NULL
      WHERE id = ${id}`),
    db.run(sql`DELETE FROM sign_in_links WHERE user_id = ${id}`),
    bumpSettings(db, id),
  ];
}

/** The statements that note what a directory calls somebody; what is not said stays. */
function described(
  db: Database,
  { id, accountId }: { id: string; accountId: string },
  { userName, externalId, givenName, familyName }: Partial<DirectoryEntry>,
) {
  const columns = Object.entries({
    user_name: userName,
    external_id: externalId,
    given_name: givenName,
    family_name: familyName,
  }).filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql`${sql.identifier(column)} = ${value}`);
  if (columns.length === 0) return [];
  return [
    db.run(sql`
      INSERT INTO directory_entries (user_id, account_id) VALUES (${id}, ${accountId})
      ON CONFLICT DO NOTHING`),
    db.run(sql`
      UPDATE directory_entries SET ${sql.join(columns, sql`, `)} WHERE user_id = ${id}`),
  ];
}

function differing(before: DirectoryEntry, after: DirectoryEntry): Partial<DirectoryEntry> {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.fromEntries(Object.entries(after).filter(([name, each]) => was.get(name) !== each));
}

/** What the audit log keeps of an entry. */
function stated({ name, email, userName, externalId }: DirectoryEntry) {
  return { name, email, userName, externalId };
}

/** Whether that is what is stored: whoever asked for the same at the same instant told of it already. */
function isStated(id: string, { name, email, userName, externalId }: DirectoryEntry): SQL {
  return sql`EXISTS (
    SELECT 1 FROM users u LEFT JOIN directory_entries d ON d.user_id = u.id
    WHERE u.id = ${id} AND u.name = ${name} AND u.email = ${email} AND external_id IS ${externalId}
      AND coalesce(user_name, u.email) = ${userName})`;
}

function stateOf(entry: DirectoryEntry): SQL {
  return sql`${JSON.stringify(stated(entry))}`;
}

/** Waits for a batch that may be refused: by a guard, or because somebody else has the address or name already. */
async function orTaken(batch: Promise<unknown>): Promise<void> {
  try {
    await batch;
  } catch (error) {
    const taken = takenColumns.find(([column]) => isConstraintError(error, column));
    if (taken) throw new Conflict(`Cannot save this user: ${taken[1]}`);
    throw refusal(error);
  }
}

const takenColumns = [
  ["users.email", "the email address is another user's. Find that one by userName or emails"],
  ["directory_entries.external_id", "the externalId is another user's"],
  ["directory_entries.user_name", "the userName is another user's"],
] as const;
