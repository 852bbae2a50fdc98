import { type SQL, sql } from "drizzle-orm";
import type { Profile, Role } from "../domain/catalogue.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import type { MailTimes } from "../domain/schedule.ts";
import type { Database } from "./client.ts";
import { hashToken, newToken } from "./tokens.ts";

const day = 86_400_000;
/** How long a session lasts, in milliseconds. */
export const sessionLength = 30 * day;

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
}

/** Opens a session; resolves to the token for the cookie. */
export async function createSession(db: Database, userId: string, now: number): Promise<string> {
  const token = newToken();
  await db.run(sql`
    INSERT INTO sessions (id, user_id, created_at, expires_at)
    VALUES (${hashToken(token)}, ${userId}, ${now}, ${now + sessionLength})`);
  return token;
}

/** The user behind a session's token, or null when it is unknown, revoked or expired, or the user was deactivated. */
export async function findSession(
  db: Database,
  token: string,
  now: number,
): Promise<CurrentUser | null> {
  const [answer] = await db.all<UserAnswer>(sql`SELECT ${userBehind(hashToken(token), now)}`);
  return toCurrentUser(answer);
}

/** The column for the user behind a session. One text costs less than its columns. */
export function userBehind(session: string, now: number): SQL {
  return sql`(
    SELECT json_object(
      'id', u.id, 'name', u.name, 'email', u.email, 'roles', json(u.roles), 'zone', u.zone,
      'zoneConfirmedAt', u.zone_confirmed_at, 'digestHour', u.digest_hour,
      'digestWeekday', u.digest_weekday, 'quietFrom', u.quiet_from, 'quietUntil', u.quiet_until,
      'pausedUntil', u.paused_until, 'addressFailedAt', u.address_failed_at,
      'complainedAt', u.complained_at, 'optOuts', json(u.opt_outs),
      'account', json_object('id', a.id, 'name', a.name, 'profile', a.profile))
    FROM sessions s JOIN users u ON u.id = s.user_id JOIN accounts a ON a.id = u.account_id
    WHERE s.id = ${session} AND s.expires_at > ${now} AND u.deactivated_at IS NULL) AS user`;
}

/** What that column holds. */
export interface UserAnswer {
  user: string | null;
}

/** The user who was found, if any. */
export function toCurrentUser(answer: UserAnswer | undefined): CurrentUser | null {
  return answer?.user ? JSON.parse(answer.user) : null;
}

/** Ends one session; harmless when it has ended already. */
export async function deleteSession(db: Database, token: string): Promise<void> {
  await db.run(sql`DELETE FROM sessions WHERE id = ${hashToken(token)}`);
}
