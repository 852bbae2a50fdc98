import { type SQL, sql } from "drizzle-orm";
import {
  defaultNotifications,
  eventTypeIds,
  frequencyOrder,
  type Role,
  roleIds,
  visibleTypes,
} from "../domain/catalogue.ts";
import { coversOptOut, optOuts } from "../domain/opt_outs.ts";
import type { Preparation } from "../domain/preparations.ts";
import { auditGiven, auditPreparations, type By } from "./audit.ts";
import { type Database, endOfLog, inList, justInserted } from "./client.ts";

/** The query for what the admins of an account prepared, oldest first. */
export function preparationsOf(db: Database, accountId: string, which = sql`true`) {
  return db.all<PreparationRow>(sql`
    SELECT id, role, type, conditions, frequency FROM prepared
    WHERE account_id = ${accountId} AND ${which} ORDER BY id`);
}

type PreparationRow = Omit<Preparation, "conditions"> & { conditions: string };

/** A preparation from a row of `preparationsOf`. */
export function toPreparation(row: PreparationRow): Preparation {
  return { ...row, conditions: JSON.parse(row.conditions) };
}

/** The condition that a person never held the role of a preparation. */
export function neverHeldBy(userId: SQL): SQL {
  return sql`role NOT IN (SELECT role FROM held_roles WHERE user_id = ${userId})`;
}

/** What the admins of an account prepared, by role. */
export async function loadPreparations(
  db: Database,
  accountId: string,
): Promise<Map<Role, Preparation[]>> {
  const list = (await preparationsOf(db, accountId)).map(toPreparation);
  return Map.groupBy(list, ({ role }) => role);
}

/** A Custom notification that can be prepared for a role, and whose it is. */
export interface Candidate extends Omit<Preparation, "role"> {
  owner: string;
}

/** The Custom notifications of an account's active people that a role shows and that are not prepared for it yet. */
export async function listCandidates(
  db: Database,
  accountId: string,
  role: Role,
): Promise<Candidate[]> {
  const rows = await db.all<Omit<Candidate, "conditions"> & { conditions: string }>(sql`
    SELECT min(n.id) AS id, u.name AS owner, type, conditions, frequency ${
    preparable(accountId, role)
  }
    GROUP BY fingerprint ORDER BY u.name, type, n.id`);
  return rows.map((row) => ({ ...row, conditions: JSON.parse(row.conditions) }));
}

function preparable(accountId: string, role: Role): SQL {
  return sql`
    FROM notifications n JOIN users u ON u.id = n.user_id
    WHERE u.account_id = ${accountId} AND u.deactivated_at IS NULL AND kind = 'custom'
      AND deleted_at IS NULL AND type IN ${inList(visibleTypes([role]))}
      AND fingerprint NOT IN (
        SELECT fingerprint FROM prepared WHERE account_id = ${accountId} AND role = ${role})`;
}

/** What an admin wants to be given with a role, and what not any more. */
interface Wish {
  account: { id: string };
  by: By;
  now: number;
}

/** Prepares copies of notifications of the account for a role; resolves to how many there are now that were not. Twice is once. */
export async function prepareNotifications(
  db: Database,
  role: Role,
  ids: readonly number[],
  { account, by, now }: Wish,
): Promise<number> {
  const [prepared] = await db.batch([
    db.all(sql`
      INSERT INTO prepared (account_id, role, type, conditions, frequency, fingerprint, created_at)
      SELECT ${account.id}, ${role}, type, conditions, frequency, fingerprint, ${now}
      ${preparable(account.id, role)} AND n.id IN ${inList(ids)}
      GROUP BY fingerprint RETURNING id`),
    auditPreparations(db, justInserted(), { at: now, by, deed: "prepared" }),
  ]);
  return prepared.length;
}

/** Takes back what was prepared; who has it keeps it. Doing it twice, or to another account's, is harmless. */
export async function dropPreparation(
  db: Database,
  id: number,
  { account, by, now }: Wish,
): Promise<void> {
  const which = sql`id = ${id} AND account_id = ${account.id}`;
  await db.batch([
    auditPreparations(db, which, { at: now, by, deed: "no longer prepared" }),
    db.run(sql`DELETE FROM prepared WHERE ${which}`),
  ]);
}

/** The statements that give people what is prepared for roles that they get, each role's the first time, and once. They go behind the roles and the Default notifications. */
export function givePreparations(
  db: Database,
  people: readonly { id: string; roles: readonly Role[] }[],
  { by, now }: { by: By; now: number },
) {
  const list = JSON.stringify(people.map(({ id, roles }) => ({ id, roles })));
  return [
    db.run(sql`
      INSERT INTO notifications
        (user_id, kind, type, conditions, frequency, fingerprint, bookmark, muted_at, created_at)
      SELECT u.id, 'custom', p.type, p.conditions, p.frequency, p.fingerprint, ${endOfLog},
        CASE WHEN EXISTS (SELECT 1 FROM json_each(u.opt_outs)
          WHERE value || ' ' || p.type || ' ' || p.frequency IN ${inList(silenced)})
        THEN ${now} END, ${now}
      FROM json_each(${list}) person JOIN json_each(person.value, '$.roles') held
      JOIN users u ON u.id = person.value ->> 'id'
      JOIN prepared p ON p.account_id = u.account_id AND p.role = held.value
      WHERE NOT EXISTS (SELECT 1 FROM held_roles WHERE user_id = u.id AND role = p.role)
        AND p.role || ' ' || p.type IN ${inList(shown)} AND NOT EXISTS (${twin})
      GROUP BY u.id, p.fingerprint`),
    auditGiven(db, { at: now, by, deed: "given" }),
    db.run(sql`
      INSERT INTO held_roles (user_id, role)
      SELECT users.id, held.value
      FROM json_each(${list}) person JOIN json_each(person.value, '$.roles') held
      JOIN users ON users.id = person.value ->> 'id'
      WHERE true ON CONFLICT DO NOTHING`),
  ] as const;
}

/** Which types each role shows, and which come with it. */
const [shown, standard] = [
  roleIds.flatMap((role) => visibleTypes([role]).map((type) => `${role} ${type}`)),
  roleIds.flatMap((role) =>
    [...defaultNotifications([role]).keys()].map((type) => `${role} ${type}`)
  ),
];

/** What each opt-out keeps quiet. */
const silenced = optOuts.flatMap((optOut) =>
  eventTypeIds.flatMap((type) =>
    frequencyOrder.filter((frequency) => coversOptOut(optOut, { type, frequency }))
      .map((frequency) => `${optOut} ${type} ${frequency}`)
  )
);

/** What a person has that asks the same as a preparation; a Default one only while a role grants it. */
const twin = sql`
  SELECT 1 FROM notifications twin
  WHERE twin.user_id = u.id AND twin.fingerprint = p.fingerprint AND twin.deleted_at IS NULL
    AND (twin.kind = 'custom' OR EXISTS (SELECT 1 FROM json_each(u.roles)
      WHERE value || ' ' || twin.type IN ${inList(standard)}))`;
