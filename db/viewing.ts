import { type SQL, sql } from "drizzle-orm";
import { type PastViewing, viewingLength } from "../domain/viewing.ts";
import { auditViewingBegins, auditViewingsEnd } from "./audit.ts";
import type { Database } from "./client.ts";
import { holdsRole, stillOpen } from "./sessions.ts";
import { hashToken, tokenFor } from "./tokens.ts";

// A session in which a studio admin sees everything as somebody else does. Beginning and ending it give the session
// another token, as signing in does. That token follows from the one before it, so that the second of two presses, which
// still comes with the old one, finds the session that the first one has just renewed.

/** For how long the old token finds it, in milliseconds. */
const pressedTwice = 10_000;

/** The token that a session has, and what its next one is made with. */
interface Renewal {
  token: string;
  secret: string;
  now: number;
}

/** Lets a studio admin's session see what an active user sees; resolves to its new token, or null where it may not. */
export async function beginViewing(
  db: Database,
  { token, secret, as, now }: Renewal & { as: string },
): Promise<string | null> {
  const renewed = tokenFor(`viewing ${token}`, secret);
  const which = sql`
    id = ${hashToken(token)} AND viewing_id IS NULL AND user_id <> ${as} AND ${stillOpen(now)}
      AND EXISTS (SELECT 1 FROM users own
        WHERE own.id = user_id AND ${holdsRole(sql`own.roles`, "studio-admin")})
      AND EXISTS (SELECT 1 FROM users seen WHERE seen.id = ${as} AND deactivated_at IS NULL)`;
  const [, , begun] = await db.batch([
    auditViewingBegins(db, { which, as }, now),
    db.run(sql`
      UPDATE sessions
      SET id = ${hashToken(renewed)}, viewing_id = ${as}, viewing_until = ${now + viewingLength}
      WHERE ${which}`),
    db.all(sql`
      SELECT id FROM sessions
      WHERE id = ${hashToken(renewed)} AND viewing_until > ${now + viewingLength - pressedTwice}`),
  ]);
  return begun.length > 0 ? renewed : null;
}

/** Somebody as whom was seen, and the account in which to find them. */
interface Seen {
  id: string;
  account: string;
}

/** Ends it; resolves to whom the session saw as and its new token, or null where it is long over. */
export async function endViewing(
  db: Database,
  { token, secret, now }: Renewal,
): Promise<{ token: string; as: Seen } | null> {
  const renewed = tokenFor(`viewed ${token}`, secret);
  const [[first], , , [second]] = await db.batch([
    db.all<Seen>(sql`
      SELECT seen.id, seen.account_id AS account
      FROM sessions JOIN users seen ON seen.id = viewing_id WHERE sessions.id = ${
      hashToken(token)
    }`),
    ...clear(db, token, { renewed, now }),
    db.all<Seen>(sql`
      SELECT seen.id, seen.account_id AS account
      FROM sessions JOIN audit ON actor_id = sessions.user_id JOIN users seen ON seen.id = audit.user_id
      WHERE sessions.id = ${hashToken(renewed)} AND deed = 'ended viewing as'
        AND at > ${now - pressedTwice}
      ORDER BY audit.id DESC LIMIT 1`),
  ]);
  const as = first ?? second;
  return as ? { token: renewed, as } : null;
}

/** Lets a session forget that it saw as somebody else, which is over; twice is once. */
export async function forgetViewing(db: Database, token: string, now: number): Promise<void> {
  await db.batch(clear(db, token, { renewed: token, now }));
}

function clear(db: Database, token: string, { renewed, now }: { renewed: string; now: number }) {
  const which = sql`id = ${hashToken(token)} AND viewing_id IS NOT NULL`;
  return [
    auditViewingsEnd(db, which, now),
    db.run(sql`
      UPDATE sessions SET id = ${hashToken(renewed)}, viewing_id = NULL, viewing_until = NULL
      WHERE ${which}`),
  ] as const;
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
