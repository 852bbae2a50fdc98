import { sql } from "drizzle-orm";
import { allJson, type Database, inList, rowsOf } from "./client.ts";

const hour = 3_600_000;
/** What is older than this was either told or is of no use to anybody. */
const day = 24 * hour;

export interface Overdue {
  /** The emails that should have been delivered and of which the studio was not told, the oldest first. */
  ids: string[];
  /** Whom to tell: the studio's admins who get mail. */
  admins: { id: string; email: string }[];
}

/** What should have been delivered and was not; nothing where the studio was told of others within the hour. One round trip. */
export async function findOverdue(db: Database, now: number): Promise<Overdue> {
  const lately = sql`deliver_by BETWEEN ${now - day} AND ${now}`;
  const [overdue, admins] = await db.batch([
    allJson(
      db,
      ["id"],
      sql`
      SELECT id FROM emails
      WHERE ${lately} AND overdue_told_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM emails WHERE ${lately} AND overdue_told_at > ${now - hour})
      ORDER BY deliver_by, id LIMIT 10000`,
    ),
    allJson(
      db,
      ["id", "email"],
      sql`
      SELECT u.id, u.email FROM accounts a JOIN users u ON u.account_id = a.id
      WHERE a.profile = 'studio' AND u.deactivated_at IS NULL AND u.address_failed_at IS NULL
        AND EXISTS (SELECT 1 FROM json_each(u.roles) WHERE value = 'studio-admin')`,
    ),
  ]);
  return {
    ids: rowsOf<[string]>(overdue).map(([id]) => id),
    admins: rowsOf<[string, string]>(admins).map(([id, email]) => ({ id, email })),
  };
}

/** Notes that the studio was told of these emails. */
export async function markOverdueTold(db: Database, ids: readonly string[], now: number) {
  await db.run(sql`UPDATE emails SET overdue_told_at = ${now} WHERE id IN ${inList(ids)}`);
}
