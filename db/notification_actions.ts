import { type SQL, sql } from "drizzle-orm";
import type { Deed } from "../domain/changes.ts";
import { Forbidden, NotFound } from "../domain/errors.ts";
import { type Made, makeChange, newChange } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";

// What is done to notifications as they are, one or several at once. Doing it twice is doing it once, and what was done
// can be undone by its change.

interface Action {
  deed: Deed;
  /** Which notifications it has anything to do for. */
  which: SQL;
  set: (now: number) => SQL;
}

const mute: Action = {
  deed: "muted",
  which: sql`(muted_at IS NULL OR muted_until IS NOT NULL)`,
  set: (now) => sql`muted_at = coalesce(muted_at, ${now}), muted_until = NULL`,
};

const unmute: Action = {
  deed: "unmuted",
  which: sql`muted_at IS NOT NULL`,
  set: () => sql`muted_at = NULL, muted_until = NULL, bookmark = ${endOfLog}`,
};

const remove: Action = {
  deed: "deleted",
  which: sql`kind = 'custom'`,
  set: (now) => sql`deleted_at = ${now}`,
};

/** Keeps notifications quiet until they are unmuted. */
export async function muteNotifications(
  db: Database,
  userId: string,
  ids: readonly number[],
  now: number,
): Promise<Made> {
  return await act(db, mute, { userId, ids, now });
}

/** Lets notifications speak again, from now on: what happened while they were muted stays untold. */
export async function unmuteNotifications(
  db: Database,
  userId: string,
  ids: readonly number[],
  now: number,
): Promise<Made> {
  return await act(db, unmute, { userId, ids, now });
}

/** Deletes the Custom ones among these notifications, and whatever they had pending. */
export async function deleteNotifications(
  db: Database,
  userId: string,
  ids: readonly number[],
  now: number,
): Promise<Made> {
  return await act(db, remove, { userId, ids, now });
}

function act(
  db: Database,
  { deed, which, set }: Action,
  { userId, ids, now }: { userId: string; ids: readonly number[]; now: number },
): Promise<Made> {
  return makeChange(db, newChange(userId, deed, now), { ids, which, set: set(now) });
}

/** Keeps one quiet; resolves to the change, where it was not long ago. Throws NotFound. */
export async function muteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<string | undefined> {
  const { change, found } = await muteNotifications(db, userId, [id], now);
  if (!found[0] || found[0].deleted) {
    throw new NotFound(`Cannot mute notification "${id}": it was deleted`);
  }
  return change;
}

/** Lets one speak again, from now on; resolves to the change, where it was not long ago. Throws NotFound. */
export async function unmuteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<string | undefined> {
  const { change, found } = await unmuteNotifications(db, userId, [id], now);
  if (!found[0] || found[0].deleted) {
    throw new NotFound(`Cannot unmute notification "${id}": it was deleted`);
  }
  return change;
}

/** Deletes a Custom one; resolves to the change, where it was not long ago. Throws NotFound and Forbidden. */
export async function deleteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<string | undefined> {
  const { change, found } = await deleteNotifications(db, userId, [id], now);
  if (!found[0]) {
    throw new NotFound(`Cannot delete notification "${id}": there is no such notification`);
  }
  if (found[0].kind === "default") {
    throw new Forbidden(
      `Cannot delete notification "${id}": it is a Default one and can only be muted`,
    );
  }
  return change;
}
