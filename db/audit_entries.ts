import { type SQL, sql } from "drizzle-orm";
import type { AuditEntry } from "../domain/audit.ts";
import { wordsOf } from "../domain/spelling.ts";
import type { Database } from "./client.ts";
import { contains } from "./like.ts";

type Row = Omit<AuditEntry, "before" | "after"> & { before: string | null; after: string | null };

/** The newest entries of an account, or of all where it is null, that hold every word of a query. */
export async function searchAudit(
  db: Database,
  accountId: string | null,
  { query, before, limit }: { query: string; before?: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const text =
    sql`(coalesce(actor.name, key.name, '') || ' ' || coalesce(u.name, '') || ' ' || coalesce(u.email, '')
    || ' ' || coalesce(accounts.name, '') || ' ' || deed || ' ' || via || ' ' || subject || ' ' || subject_id
    || ' ' || ${valuesOf(sql`a.before`)} || ' ' || ${valuesOf(sql`a.after`)})`;
  const words = wordsOf(query).map((word) => contains(text, word));
  const rows = await db.all<Row>(sql`
    SELECT a.id, at, accounts.name AS account, coalesce(actor.name, key.name) AS actor, via, deed, subject,
      subject_id AS subjectId, u.name AS person, a.before, a.after
    FROM audit a LEFT JOIN users actor ON actor.id = a.actor_id
    LEFT JOIN scim_keys key ON key.id = a.actor_id LEFT JOIN users u ON u.id = a.user_id
    LEFT JOIN accounts ON accounts.id = a.account_id
    WHERE ${accountId === null ? sql`true` : sql`a.account_id = ${accountId}`}
      AND a.id < ${before ?? Number.MAX_SAFE_INTEGER} AND ${
    sql.join([sql`true`, ...words], sql` AND `)
  }
    ORDER BY a.id DESC LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, before: stateIn(row.before), after: stateIn(row.after) }));
}

/** A state as text to be searched, without the names that would be found in every one. */
function valuesOf(state: SQL): SQL {
  return sql`coalesce(json_remove(${state}, '$.mutedAt', '$.mutedUntil'), '')`;
}

function stateIn(text: string | null): AuditEntry["before"] {
  return text === null ? null : JSON.parse(text);
}
