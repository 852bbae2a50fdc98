import { type SQL, sql } from "drizzle-orm";
import type { OptOut } from "../domain/opt_outs.ts";
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

/** The statement that remembers an opt-out; once, however often. */
export function rememberOptOut(db: Database, userId: string, optOut: OptOut) {
  return db.run(sql`
    UPDATE users SET opt_outs = json_insert(opt_outs, '$[#]', ${optOut})
    WHERE id = ${userId} AND ${optOut} NOT IN (SELECT value FROM json_each(opt_outs))`);
}

/** The statement that forgets what changes wrote that can be undone. */
export function undoOptOut(db: Database, undoable: SQL) {
  return db.run(sql`
    UPDATE users SET opt_outs = ${without(sql`change.before ->> 'optOut'`)}
    FROM ${undoable} change
    WHERE users.id = change.user_id AND change.before ->> 'optOut' IS NOT NULL`);
}

/** Ends an opt-out: what comes from now on speaks, what is muted stays muted. Ending it twice is harmless. */
export async function endOptOut(db: Database, userId: string, optOut: OptOut): Promise<void> {
  await db.run(sql`UPDATE users SET opt_outs = ${without(sql`${optOut}`)} WHERE id = ${userId}`);
}

function without(optOut: SQL): SQL {
  return sql`(SELECT json_group_array(value) FROM json_each(users.opt_outs) WHERE value <> ${optOut})`;
}
