import { type SQL, sql } from "drizzle-orm";
import { NotFound } from "../domain/errors.ts";
import { type PastViewing, viewingLength } from "../domain/viewing.ts";
import { auditUsers, auditViewingsEnd, byPage } from "./audit.ts";
import type { Database } from "./client.ts";
import { holdsRole, stillOpen } from "./sessions.ts";
import { hashToken, newToken } from "./tokens.ts";

// A session in which a studio admin sees everything as somebody else does. Beginning and ending it give the session
// another token, as signing in does.

/** Lets a studio admin's session see what an active user sees; resolves to its new token. Throws NotFound. */
export async function beginViewing(
  db: Database,
  { token, by, as, now }: { token: string; by: string; as: string; now: number },
): Promise<string> {
  const renewed = newToken();
  const session = sql`
    id = ${hashToken(token)} AND user_id = ${by} AND viewing_id IS NULL AND ${stillOpen(now)}
      AND EXISTS (SELECT 1 FROM users own
        WHERE own.id = user_id AND ${holdsRole(sql`own.roles`, "studio-admin")})`;
  const person = sql`id = ${as} AND id <> ${by} AND deactivated_at IS NULL`;
  const [, begun] = await db.batch([
    auditUsers(db, { at: now, by: byPage(by), deed: "began viewing as" }, {
      which: sql`${person} AND EXISTS (SELECT 1 FROM sessions WHERE ${session})`,
      before: sql`NULL`,
      after: sql`NULL`,
    }),
    db.all(sql`
      UPDATE sessions
      SET id = ${hashToken(renewed)}, viewing_id = ${as}, viewing_until = ${now + viewingLength}
      WHERE ${session} AND EXISTS (SELECT 1 FROM users WHERE ${person}) RETURNING user_id`),
  ]);
  if (begun.length > 0) return renewed;
  throw new NotFound(`Cannot see what user "${as}" sees: there is no such active user`);
}

/** Somebody as whom was seen, and the account in which to find them. */
interface Seen {
  id: string;
  account: string;
}

/** Ends it; resolves to whom the session saw as and its new token, or null where it is over already. */
export async function endViewing(
  db: Database,
  token: string,
  now: number,
): Promise<{ token: string; as: Seen } | null> {
  const renewed = newToken();
  const as = await clear(db, token, { renewed, now });
  return as === undefined ? null : { token: renewed, as };
}

/** Lets a session forget that it saw as somebody else, which is over; twice is once. */
export async function forgetViewing(db: Database, token: string, now: number): Promise<void> {
  await clear(db, token, { renewed: token, now });
}

async function clear(
  db: Database,
  token: string,
  { renewed, now }: { renewed: string; now: number },
): Promise<Seen | undefined> {
  const which = sql`id = ${hashToken(token)} AND viewing_id IS NOT NULL`;
  const [[found]] = await db.batch([
    db.all<Seen>(sql`
      SELECT id, account_id AS account FROM users
      WHERE id = (SELECT viewing_id FROM sessions WHERE ${which})`),
    auditViewingsEnd(db, which, now),
    db.run(sql`
      UPDATE sessions SET id = ${hashToken(renewed)}, viewing_id = NULL, viewing_until = NULL
      WHERE ${which}`),
  ]);
  return found;
}

/** The statement that ends those sessions' viewings for which `which` holds; their browsers are told when they ask next. */
export function stopViewings(db: Database, which: SQL, now: number) {
  return db.run(sql`
    UPDATE sessions SET viewing_until = ${now}
    WHERE viewing_id IS NOT NULL AND viewing_until > ${now} AND ${which}`);
}

/** How many a person is told of. */
const mostTold = 20;

/** Who of the studio saw what a user sees, the newest first. */
export async function listViewings(db: Database, userId: string): Promise<PastViewing[]> {
  return await db.all<PastViewing>(sql`
    SELECT actor.name AS by, told.at AS began, ended
    FROM (
      SELECT *, lead(at) OVER (PARTITION BY actor_id ORDER BY id) AS ended
      FROM audit
      WHERE user_id = ${userId} AND deed IN ('began viewing as', 'ended viewing as')) told
    JOIN users actor ON actor.id = told.actor_id
    WHERE deed = 'began viewing as' ORDER BY told.id DESC LIMIT ${mostTold}`);
}
