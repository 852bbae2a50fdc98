import { sql } from "drizzle-orm";
import type { SupportContext } from "../domain/support.ts";
import type { Database } from "./client.ts";

/** How many emails go with a request. */
const mostEmails = 5;

/** What a user got last, and what for; the newest emails first. One round trip. */
export async function loadSupportContext(
  db: Database,
  userId: string,
): Promise<Pick<SupportContext, "emails" | "notifications">> {
  const [emails, notifications] = await db.batch([
    db.all<SupportContext["emails"][0]>(sql`
      SELECT id, frequency, coalesce(delivery, state) AS state, composed_at AS composedAt
      FROM emails WHERE user_id = ${userId} ORDER BY composed_at DESC LIMIT ${mostEmails}`),
    db.all<SupportContext["notifications"][0]>(sql`
      SELECT kind, type, frequency, muted_at AS mutedAt FROM notifications
      WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY id`),
  ]);
  return { emails, notifications };
}
