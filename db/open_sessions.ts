import { type SQL, sql } from "drizzle-orm";
import { auditViewingsEnd } from "./audit.ts";
import type { Database } from "./client.ts";
import { stillOpen } from "./sessions.ts";
import { hashToken } from "./tokens.ts";

/** A session as its person sees it. Its id is a hash, from which nobody finds the token. */
export interface OpenSession {
  id: string;
  createdAt: number;
  seenAt: number;
  userAgent: string | null;
  /** Whether it is the one that asks. */
  isThis: boolean;
}

/** The open sessions of a user: the one that asks first, then those used last. */
export async function listSessions(
  db: Database,
  userId: string,
  { token, now }: { token: string; now: number },
): Promise<OpenSession[]> {
  const own = hashToken(token);
  const rows = await db.all<Omit<OpenSession, "isThis">>(sql`
    SELECT id, created_at AS createdAt, coalesce(seen_at, created_at) AS seenAt,
      user_agent AS userAgent
    FROM sessions WHERE user_id = ${userId} AND ${stillOpen(now)}
    ORDER BY id = ${own} DESC, seenAt DESC, createdAt DESC`);
  return rows.map((row) => ({ ...row, isThis: row.id === own }));
}

/** Ends one of a user's sessions by its id; harmless when it has ended already. */
export async function endSession(
  db: Database,
  userId: string,
  { id, now }: { id: string; now: number },
): Promise<void> {
  await endThose(db, sql`user_id = ${userId} AND id = ${id}`, now);
}

/** Ends all of a user's sessions but the one that asks. */
export async function endOtherSessions(
  db: Database,
  userId: string,
  { token, now }: { token: string; now: number },
): Promise<void> {
  await endThose(db, sql`user_id = ${userId} AND id <> ${hashToken(token)}`, now);
}

async function endThose(db: Database, which: SQL, now: number): Promise<void> {
  await db.batch([
    auditViewingsEnd(db, which, now),
    db.run(sql`DELETE FROM sessions WHERE ${which}`),
  ]);
}
