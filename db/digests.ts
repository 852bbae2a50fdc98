import { eq, sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import { quietEnd } from "../domain/quiet_hours.ts";
import {
  type DigestFrequency,
  type DigestTimes,
  type MailTimes,
  nextDigestAt,
} from "../domain/schedule.ts";
import { bumpSettings } from "./accounts.ts";
import { settleBookmarks } from "./bookmarks.ts";
import type { Database } from "./client.ts";
import { digests, users } from "./schema.ts";

export const digestFrequencies = [
  "hourly",
  "daily",
  "weekly",
] as const satisfies DigestFrequency[];

/** Whoever owns notifications and digests: every finder asks who. */
export interface Owner extends DigestTimes {
  id: string;
  roles: Role[];
  pausedUntil: number | null;
}

/** The statement that gives users the digests that their notifications need; those there already stay as they are. */
export function ensureDigests(db: Database, owners: Omit<Owner, "roles">[], now: number) {
  const due = owners.flatMap((owner) =>
    digestFrequencies.map((frequency) => ({
      user: owner.id,
      frequency,
      at: nextDigestAt(owner, frequency, { after: resumedAt(owner.pausedUntil, now), last: null }),
    }))
  );
  return db.run(sql`
    INSERT INTO digests (user_id, frequency, next_at)
    SELECT value ->> 'user', value ->> 'frequency', value ->> 'at' FROM json_each(${
    JSON.stringify(due)
  })
    WHERE EXISTS (
      SELECT 1 FROM notifications
      WHERE user_id = value ->> 'user' AND frequency = value ->> 'frequency' AND deleted_at IS NULL)
    ON CONFLICT DO NOTHING`);
}

/** The instant before which no digest may be due: a window at the very end of a pause is the first one again. */
function resumedAt(pausedUntil: number | null, now: number): number {
  return Math.max(now, (pausedUntil ?? 0) - 1);
}

/** Sets when a person's mail comes, in a zone that is confirmed by that; a window that was told already does not come again. */
export async function setMailTimes(
  db: Database,
  userId: string,
  times: MailTimes,
  now: number,
): Promise<void> {
  const { times: before, pausedUntil, due } = await loadDigests(db, userId);
  const { zone, digestHour, digestWeekday, quietFrom, quietUntil } = times;
  const heldUntil = quietEnd(times, now) ?? now;
  await db.batch([
    db.update(users).set({
      ...{ zone, digestHour, digestWeekday, quietFrom, quietUntil },
      zoneConfirmedAt: now,
      heldUntil: sql`CASE WHEN held_until IS NOT NULL THEN ${heldUntil} END`,
    }).where(eq(users.id, userId)),
    // What is due already is still due.
    moveDigests(
      db,
      userId,
      times,
      due.filter(({ nextAt }) => nextAt > now),
      resumedAt(pausedUntil, now),
    ),
    // What waits in the queue for the old end waits for the new one.
    db.run(sql`
      UPDATE emails SET send_at = ${heldUntil}
      WHERE user_id = ${userId} AND state = 'queued' AND send_at = ${quietEnd(before, now)}`),
    bumpSettings(db, userId),
  ]);
}

/** Holds all mail of a user back until an instant; the first email afterwards catches up. An instant that has passed ends a pause. */
export async function pauseUser(
  db: Database,
  userId: string,
  until: number,
  now: number,
): Promise<void> {
  const { times, due, pausedUntil: before } = await loadDigests(db, userId);
  const pausedUntil = Math.max(now, until);
  await db.batch([
    settleBookmarks(db, [userId]),
    db.update(users).set({ pausedUntil, behind: true }).where(eq(users.id, userId)),
    moveDigests(db, userId, times, due, resumedAt(pausedUntil, now)),
    // Neither what somebody may be handing over, nor what waits for another try: both ask again when their turn comes.
    db.run(sql`
      UPDATE emails SET send_at = ${pausedUntil}
      WHERE user_id = ${userId} AND state = 'queued' AND (attempts = 0 OR send_at = ${before})`),
    bumpSettings(db, userId),
  ]);
}

interface Due {
  frequency: DigestFrequency;
  nextAt: number;
  lastAt: number | null;
}

async function loadDigests(db: Database, userId: string) {
  const [[user], due] = await db.batch([
    db.select({
      zone: users.zone,
      digestHour: users.digestHour,
      digestWeekday: users.digestWeekday,
      quietFrom: users.quietFrom,
      quietUntil: users.quietUntil,
      pausedUntil: users.pausedUntil,
    }).from(users).where(eq(users.id, userId)),
    db.select({
      frequency: digests.frequency,
      nextAt: digests.nextAt,
      lastAt: digests.lastAt,
    }).from(digests).where(eq(digests.userId, userId)),
  ]);
  return { times: user!, pausedUntil: user!.pausedUntil, due };
}

function moveDigests(db: Database, userId: string, times: DigestTimes, due: Due[], after: number) {
  const moved = due.map(({ frequency, lastAt }) => ({
    frequency,
    at: nextDigestAt(times, frequency, { after, last: lastAt }),
  }));
  return db.run(sql`
    UPDATE digests SET next_at = moved.value ->> 'at'
    FROM json_each(${JSON.stringify(moved)}) moved
    WHERE user_id = ${userId} AND frequency = moved.value ->> 'frequency'`);
}
