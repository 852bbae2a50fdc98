import { type SQL, sql } from "drizzle-orm";
import type { Via } from "../domain/audit.ts";
import { type OptOut, optOutText } from "../domain/opt_outs.ts";
import { auditUsers } from "./audit.ts";
import type { Database } from "./client.ts";

// What people unsubscribed from as a whole is a list in their row. What undoes a change asks the change whether it was
// the one that wrote it.

/** The value for a change's record: the opt-out, where its person had not said so before. */
export function newOptOut(userId: string, optOut: OptOut | undefined): SQL {
  if (!optOut) return sql`NULL`;
  return sql`
    (SELECT CASE WHEN ${optOut} NOT IN (SELECT value FROM json_each(opt_outs)) THEN ${optOut} END
      FROM users WHERE id = ${userId})`;
}

/** Something that a person unsubscribes from, or hears of again; when, and by which way. */
interface Said {
  userId: string;
  optOut: OptOut;
  at: number;
  via: Via;
}

/** The statements that remember what a change unsubscribes from, if anything, and tell of it; once, however often. */
export function rememberOptOut(
  db: Database,
  { userId, optOut, at, via = "page" }: Pick<Said, "userId" | "at"> & Partial<Said>,
) {
  if (!optOut) return [];
  const isNew = sql`id = ${userId} AND ${optOut} NOT IN (SELECT value FROM json_each(opt_outs))`;
  return [
    auditOptOut(db, { userId, optOut, at, via }, { deed: "unsubscribed", which: isNew }),
    db.run(
      sql`UPDATE users SET opt_outs = json_insert(opt_outs, '$[#]', ${optOut}) WHERE ${isNew}`,
    ),
  ];
}

/** The statements that tell of what changes wrote that can be undone, and forget it. */
export function undoOptOut(
  db: Database,
  undoable: SQL,
  { userId, at, via }: Omit<Said, "optOut">,
) {
  const undone = sql`
    ${undoable} change WHERE users.id = change.user_id AND change.before ->> 'optOut' IS NOT NULL`;
  return [
    auditUsers(db, { at, by: { actor: userId, via }, deed: "subscribed again" }, {
      which: sql`id = ${userId} AND EXISTS (SELECT 1 FROM ${undone})`,
      before: sql`NULL`,
      after: sql`NULL`,
    }),
    db.run(sql`
      UPDATE users SET opt_outs = ${without(sql`change.before ->> 'optOut'`)} FROM ${undone}`),
  ] as const;
}

/** Ends an opt-out: what comes from now on speaks, what is muted stays muted. Ending it twice is harmless. */
export async function endOptOut(db: Database, said: Said): Promise<void> {
  const { userId, optOut } = said;
  const stands = sql`id = ${userId} AND ${optOut} IN (SELECT value FROM json_each(opt_outs))`;
  await db.batch([
    auditOptOut(db, said, { deed: "subscribed again", which: stands }),
    db.run(sql`UPDATE users SET opt_outs = ${without(sql`${optOut}`)} WHERE ${stands}`),
  ]);
}

function auditOptOut(
  db: Database,
  { userId, optOut, at, via }: Said,
  { deed, which }: { deed: "unsubscribed" | "subscribed again"; which: SQL },
) {
  const state = sql`json_object('state', ${optOutText(optOut)})`;
  const [before, after] = deed === "unsubscribed" ? [sql`NULL`, state] : [state, sql`NULL`];
  return auditUsers(db, { at, by: { actor: userId, via }, deed }, { which, before, after });
}

function without(optOut: SQL): SQL {
  return sql`(SELECT json_group_array(value) FROM json_each(users.opt_outs) WHERE value <> ${optOut})`;
}
