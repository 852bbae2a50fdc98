import { type SQL, sql } from "drizzle-orm";
import type { ShownNotification } from "../domain/notifications.ts";
import type { Hearing } from "../domain/coverage.ts";
import { boundedMap } from "./bounded_map.ts";
import { jsonRows, rowsOf } from "./client.ts";
import { hearingsBeside, toHearings } from "./coverage.ts";
import { shownColumns, type ShownTuple, toShown } from "./notification_rows.ts";

// The notifications of the users who came lately, and what their colleagues hear, kept in memory: they are read again
// only when `settings_version` moved.

interface Kept {
  version: number;
  /** As the database answered them: what only moved the version for somebody else is not parsed again. */
  rows: string;
  notifications: ShownNotification[];
  hearings: Hearing[];
}

/** What the database says of a user's notifications and of what colleagues hear. */
export interface OwnAnswer {
  version: number;
  /** Null where the version is the one that is known. */
  own: string | null;
  hearings: string | null;
}

/** How many notifications are kept in all, at about 2.5 KB each: most of it is the row that the panel made of one. */
const usual = 40_000;

/** A memory for the notifications of all users. The same array comes back for as long as nothing in it changed. */
export function rememberNotifications(most = usual) {
  const users = boundedMap<string, Kept>(most, ({ notifications }) => notifications.length + 1);

  /** The notifications of a user as they are now: columns beside the user's account, and what becomes of them. */
  function next(userId: string) {
    const known = users.get(userId);
    const columns = changedSince(userId, known?.version ?? -1);
    const take = (answer: OwnAnswer): Pick<Kept, "version" | "notifications" | "hearings"> => {
      const kept = merge(known, answer);
      users.set(userId, kept);
      return kept;
    };
    return { columns, take };
  }
  return { next };
}

function merge(known: Kept | undefined, { version, own, hearings }: OwnAnswer): Kept {
  if (known && own === null) return { ...known, version };
  const heard = toHearings(hearings ?? "[]");
  if (known && own === known.rows) return { ...known, version, hearings: heard };
  const rows = own ?? "[]";
  const notifications = rowsOf<ShownTuple>([{ rows }]).map(toShown);
  return { version, rows, notifications, hearings: heard };
}

function changedSince(userId: string, version: number): SQL {
  const own = sql`
    SELECT * FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL ORDER BY type, id`;
  return sql`settings_version AS version,
    CASE WHEN settings_version <> ${version} THEN (${jsonRows(shownColumns, own)}) END AS own,
    CASE WHEN settings_version <> ${version} THEN (${hearingsBeside(userId)}) END AS hearings`;
}
