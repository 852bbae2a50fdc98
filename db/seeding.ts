import { sql } from "drizzle-orm";
import type { AuditDeed, AuditState } from "../domain/audit.ts";
import { fingerprint } from "../domain/conditions.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { bumpSettingsOf } from "./accounts.ts";
import { type Database, endOfLog } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";

export interface SeededNotification extends NotificationInput {
  userId: string;
  muted?: boolean;
}

/** Adds many Custom notifications at once, bookmarked at the end of the log; those that exist already stay. */
export async function seedNotifications(
  db: Database,
  owners: Omit<Owner, "roles">[],
  list: SeededNotification[],
  now: number,
): Promise<void> {
  const rows = list.map((n) => ({
    ...n,
    fingerprint: fingerprint(n.type, n.frequency, n.conditions),
    mutedAt: n.muted ? now : null,
  }));
  await db.batch([
    db.run(sql`
      INSERT INTO notifications
        (user_id, kind, type, conditions, frequency, fingerprint, bookmark, muted_at, created_at)
      SELECT value ->> 'userId', 'custom', value ->> 'type', value -> 'conditions', value ->> 'frequency',
        value ->> 'fingerprint', ${endOfLog}, value ->> 'mutedAt', ${now}
      FROM json_each(${JSON.stringify(rows)}) asked
      WHERE NOT EXISTS (
        SELECT 1 FROM notifications n
        WHERE n.user_id = asked.value ->> 'userId' AND n.fingerprint = asked.value ->> 'fingerprint'
          AND deleted_at IS NULL)
      ON CONFLICT DO NOTHING`),
    ensureDigests(db, owners, now),
    bumpSettingsOf(db, owners.map(({ id }) => id)),
  ]);
}

/** Mutes Default notifications, each named by its owner and its event type. */
export async function seedMutes(
  db: Database,
  list: { userId: string; type: string }[],
  now: number,
): Promise<void> {
  await db.batch([
    db.run(sql`
      UPDATE notifications SET muted_at = ${now}
      FROM json_each(${JSON.stringify(list)}) muted
      WHERE kind = 'default' AND user_id = muted.value ->> 'userId'
        AND notifications.type = muted.value ->> 'type'`),
    bumpSettingsOf(db, list.map(({ userId }) => userId)),
  ]);
}

/** When somebody came and was last there, in milliseconds since the epoch. */
export interface SeededPresence {
  id: string;
  joinedAt: number;
  signedInAt: number | null;
}

/** Something that one person did to another at an instant. */
export interface SeededDeed {
  at: number;
  by: string;
  deed: AuditDeed;
  whom: string;
  before?: AuditState;
  after?: AuditState;
}

/** Gives people a past, and tells the audit log what they did in it, the oldest first. */
export async function seedPast(
  db: Database,
  presences: readonly SeededPresence[],
  deeds: readonly SeededDeed[],
): Promise<void> {
  await db.batch([
    db.run(sql`
      UPDATE users SET created_at = value ->> 'joinedAt', signed_in_at = value ->> 'signedInAt'
      FROM json_each(${JSON.stringify(presences)}) WHERE users.id = value ->> 'id'`),
    db.run(sql`
      INSERT INTO audit
        (at, account_id, actor_id, via, deed, subject, subject_id, user_id, before, after)
      SELECT told.value ->> 'at', account_id, told.value ->> 'by', 'page', told.value ->> 'deed',
        'user', users.id, users.id, told.value -> 'before', told.value -> 'after'
      FROM json_each(${JSON.stringify(deeds)}) told JOIN users ON users.id = told.value ->> 'whom'
      ORDER BY told.key`),
  ]);
}
