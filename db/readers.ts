import { sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import type { Notification } from "../domain/notifications.ts";
import type { QuietHours } from "../domain/quiet_hours.ts";
import { trueBookmark } from "./bookmarks.ts";
import type { ClaimedEmail } from "./claims.ts";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import { type EventTuple, wholeEvents } from "./event_rows.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";
import { eventsNumbered, rowsInTurn } from "./numbered_events.ts";

/** Who an email goes to, as of now. */
export interface Reader extends QuietHours {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  pausedUntil: number | null;
  addressFailedAt: number | null;
  deactivatedAt: number | null;
  account: { id: string; name: string };
  /** The version of the account's settings by which all of this is so. */
  settings: number;
  /** Those not deleted and not muted. */
  notifications: Notification[];
}

const readerColumns = [
  "id",
  "name",
  "email",
  "zone",
  "quiet_from",
  "quiet_until",
  "json(roles)",
  "paused_until",
  "address_failed_at",
  "deactivated_at",
  "account_id",
  "account_name",
  "settings_version",
];
type ReaderTuple = [
  string,
  string,
  string,
  string,
  number | null,
  number | null,
  Role[],
  number | null,
  number | null,
  number | null,
  string,
  string,
  number,
];

/** Everything that sending these emails asks again: their readers by user id, and the events by `seq` that can be told. One round trip, and one more for every 2,000 events. */
export async function loadForSending(
  db: Database,
  claimed: readonly ClaimedEmail[],
  setAside?: (seq: number, flaw: string) => void,
): Promise<{ readers: Map<string, Reader>; events: Map<number, Event> }> {
  const users = inList([...new Set(claimed.map(({ userId }) => userId))]);
  const seqs = new Set(claimed.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
  const [firstEvents, ...moreEvents] = eventsNumbered(db, [...seqs]);
  const [people, notifications, events] = await db.batch([
    allJson(
      db,
      readerColumns,
      sql`
      SELECT u.*, a.name AS account_name, a.settings_version FROM users u JOIN accounts a ON a.id = u.account_id
      WHERE u.id IN ${users}`,
    ),
    allJson(
      db,
      ["user_id", ...notificationColumns],
      sql`
      SELECT n.id, kind, type, conditions, frequency, muted_at, muted_until, version, user_id,
        ${trueBookmark}
          AS bookmark
      FROM notifications n JOIN users u ON u.id = n.user_id JOIN accounts a ON a.id = u.account_id
      WHERE user_id IN ${users} AND deleted_at IS NULL AND muted_at IS NULL`,
    ),
    firstEvents!,
  ]);
  const readers = new Map(rowsOf<ReaderTuple>(people).map((row) => [row[0], toReader(row)]));
  for (const [userId, ...row] of rowsOf<[string, ...NotificationTuple]>(notifications)) {
    readers.get(userId)!.notifications.push(toNotification(row));
  }
  const rows = [...rowsOf<EventTuple>(events), ...await rowsInTurn(moreEvents)];
  const bySeq = wholeEvents(rows, setAside).map((event) => [event.seq, event] as const);
  return { readers, events: new Map(bySeq) };
}

function toReader(row: ReaderTuple): Reader {
  const [id, name, email, zone, quietFrom, quietUntil, roles, ...rest] = row;
  const [pausedUntil, addressFailedAt, deactivatedAt, accountId, accountName, settings] = rest;
  return {
    id,
    name,
    email,
    zone,
    quietFrom,
    quietUntil,
    roles,
    pausedUntil,
    addressFailedAt,
    deactivatedAt,
    account: { id: accountId, name: accountName },
    settings,
    notifications: [],
  };
}
