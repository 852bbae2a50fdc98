import { sql } from "drizzle-orm";
import { parseAddress } from "../domain/addresses.ts";
import type { Database } from "./client.ts";
import { hashToken, newToken } from "./tokens.ts";

/** How long an emailed sign-in link works, in milliseconds. */
export const linkLength = 15 * 60_000;

/** How many links one person is sent while the first of them works: more would only fill a mailbox. */
const mostLinks = 10;

/**
 * A sign-in link's secret and its reader, or null when nobody active has that address, or too many were asked for. One
 * statement whatever the answer: how long it takes tells nobody which.
 */
export async function createSignInLink(
  db: Database,
  email: string,
  { browser, now }: { browser: string; now: number },
): Promise<{ token: string; name: string; email: string } | null> {
  const token = newToken();
  const [reader] = await db.all<{ name: string; email: string }>(sql`
    INSERT INTO sign_in_links (id, user_id, browser, created_at, expires_at)
    SELECT ${hashToken(token)}, id, ${hashToken(browser)}, ${now}, ${now + linkLength} FROM users
    WHERE email = ${parseAddress(email)} AND deactivated_at IS NULL AND ${mostLinks} > (
      SELECT count(*) FROM sign_in_links WHERE user_id = users.id AND expires_at > ${now})
    RETURNING (SELECT name FROM users WHERE id = user_id) AS name,
      (SELECT email FROM users WHERE id = user_id) AS email`);
  return reader ? { token, ...reader } : null;
}

/** Uses up a link; resolves to the user's id, or null when it is unknown, used, too old, or from another browser. */
export async function takeSignInLink(
  db: Database,
  token: string,
  { browser, now }: { browser: string; now: number },
): Promise<string | null> {
  const [taken] = await db.all<{ user_id: string }>(sql`
    UPDATE sign_in_links SET used_at = ${now}
    WHERE id = ${hashToken(token)} AND browser = ${hashToken(browser)}
      AND used_at IS NULL AND expires_at > ${now}
      AND (SELECT deactivated_at FROM users WHERE users.id = user_id) IS NULL
    RETURNING user_id`);
  return taken?.user_id ?? null;
}
