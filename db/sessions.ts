import { type SQL, sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import type { MailTimes } from "../domain/schedule.ts";
import type { Viewing } from "../domain/viewing.ts";
import { auditViewingsEnd } from "./audit.ts";
import type { Database } from "./client.ts";
import { hashToken, newToken } from "./tokens.ts";

const day = 86_400_000;
/** How long a session lasts at most, in milliseconds, and how long unused. */
export const sessionLength = 30 * day;
export const idleLength = 7 * day;
/** How much time must pass before it is noted again that a session is in use, in milliseconds. */
export const noteEvery = 3_600_000;

/** Who is asking. */
export interface CurrentUser extends MailTimes {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  /** Null while the zone is only a guess. */
  zoneConfirmedAt: number | null;
  pausedUntil: number | null;
  optOuts: OptOut[];
  addressFailedAt: number | null;
  complainedAt: number | null;
  account: { id: string; name: string; profile: Profile };
  /** When it was last noted that the session by which they ask is in use. */
  seenAt: number;
  /** Somebody of the studio who sees what this user sees, or did until now. */
  viewing: Viewing | null;
}

/** How a session comes about. */
export interface Arrival {
  userAgent?: string | undefined;
  singleSignOn?: boolean;
  /** The token of the session that the browser had until now: it ends. */
  replaced?: string | undefined;
}

/** What is kept of what a browser calls itself, in characters. */
const longestUserAgent = 400;

/** Opens a session; resolves to the token for the cookie. */
export async function createSession(
  db: Database,
  userId: string,
  now: number,
  { userAgent, singleSignOn = false, replaced }: Arrival = {},
): Promise<string> {
  const token = newToken();
  const earlier = sql`id = ${hashToken(replaced ?? "")}`;
  await db.batch([
    auditViewingsEnd(db, earlier, now),
    db.run(sql`DELETE FROM sessions WHERE ${earlier}`),
    db.run(sql`
      INSERT INTO sessions (id, user_id, created_at, expires_at, user_agent, single_sign_on)
      VALUES (${hashToken(token)}, ${userId}, ${now}, ${now + sessionLength},
        ${userAgent?.slice(0, longestUserAgent) ?? null}, ${singleSignOn ? 1 : 0})`),
    db.run(sql`UPDATE users SET signed_in_at = ${now} WHERE id = ${userId}`),
  ]);
  return token;
}

/** The condition under which a session counts. */
export function stillOpen(now: number): SQL {
  return sql`(expires_at > ${now} AND coalesce(seen_at, created_at) > ${now - idleLength})`;
}

/**
 * The user behind a session's token, or null when it is unknown, revoked or expired, or the user was deactivated. Whoever
 * views as somebody else is taken for that one, unless their `own` user is asked for.
 */
export async function findSession(
  db: Database,
  token: string,
  now: number,
  { own = false } = {},
): Promise<CurrentUser | null> {
  const [answer] = await db.all<UserAnswer>(sql`
    SELECT (
      SELECT ${userJson}, 'viewing', CASE WHEN s.viewing_id IS NOT NULL THEN json_object(
        'by', json_object('id', owner.id, 'name', owner.name),
        'as', CASE WHEN seen.id IS NOT NULL THEN json_object('id', seen.id, 'name', seen.name,
          'account', (SELECT name FROM accounts WHERE id = seen.account_id)) END,
        'until', s.viewing_until) END)
      FROM (SELECT * FROM sessions WHERE id = ${hashToken(token)} AND ${stillOpen(now)}) s
      JOIN users owner ON owner.id = s.user_id
      LEFT JOIN users seen ON seen.id = s.viewing_id AND s.viewing_until > ${now}
        AND seen.deactivated_at IS NULL AND ${holdsRole(sql`owner.roles`, "studio-admin")}
      JOIN users u ON u.id = ${own ? sql`owner.id` : sql`coalesce(seen.id, owner.id)`}
      JOIN accounts a ON a.id = u.account_id
      WHERE owner.deactivated_at IS NULL) AS user`);
  return toCurrentUser(answer);
}

/** The beginning of a user as JSON, to be ended by what they view as. One text costs less than its columns. */
const userJson = sql`json_object(
  'id', u.id, 'name', u.name, 'email', u.email, 'roles', json(u.roles), 'zone', u.zone,
  'zoneConfirmedAt', u.zone_confirmed_at, 'digestHour', u.digest_hour,
  'digestWeekday', u.digest_weekday, 'quietFrom', u.quiet_from, 'quietUntil', u.quiet_until,
  'pausedUntil', u.paused_until, 'addressFailedAt', u.address_failed_at,
  'complainedAt', u.complained_at, 'optOuts', json(u.opt_outs),
  'account', json_object('id', a.id, 'name', a.name, 'profile', a.profile),
  'seenAt', coalesce(s.seen_at, s.created_at)`;

/** The column for the user behind a session that views as nobody else: of one that does, `findSession` tells, which asks more. */
export function userBehind(session: string, now: number): SQL {
  return sql`(
    SELECT ${userJson}, 'viewing', NULL)
    FROM (
      SELECT * FROM sessions
      WHERE id = ${session} AND viewing_id IS NULL AND ${stillOpen(now)}) s
    JOIN users u ON u.id = s.user_id JOIN accounts a ON a.id = u.account_id
    WHERE u.deactivated_at IS NULL) AS user`;
}

/** The condition that a list of roles holds one. */
export function holdsRole(held: SQL, role: Role): SQL {
  return sql`EXISTS (SELECT 1 FROM json_each(${held}) WHERE value = ${role})`;
}

/** What that column holds. */
export interface UserAnswer {
  user: string | null;
}

/** The user who was found, if any. */
export function toCurrentUser(answer: UserAnswer | undefined): CurrentUser | null {
  return answer?.user ? JSON.parse(answer.user) : null;
}

/** Notes that a session is in use. */
export async function noteSession(db: Database, token: string, now: number): Promise<void> {
  await db.run(sql`
    UPDATE sessions SET seen_at = ${now}
    WHERE id = ${hashToken(token)} AND coalesce(seen_at, created_at) < ${now}`);
}

/** Ends one session, harmless when it has ended already; resolves to whether single sign-on had opened it. */
export async function deleteSession(db: Database, token: string, now: number): Promise<boolean> {
  const which = sql`id = ${hashToken(token)}`;
  const [, [ended]] = await db.batch([
    auditViewingsEnd(db, which, now),
    db.all<{ single_sign_on: number }>(sql`
      DELETE FROM sessions WHERE ${which} RETURNING single_sign_on`),
  ]);
  return ended?.single_sign_on === 1;
}
