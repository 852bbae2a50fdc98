import { type SQL, sql } from "drizzle-orm";
import type { Via } from "../domain/audit.ts";
import type { Frequency } from "../domain/catalogue.ts";
import type { Deed } from "../domain/changes.ts";
import { fingerprint } from "../domain/conditions.ts";
import { Forbidden, NotFound } from "../domain/errors.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import type { Stay } from "../domain/selection.ts";
import { type Made, makeChange, newChange } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";
import type { Owner } from "./digests.ts";
import { endSnoozes } from "./snoozes.ts";

// What is done to notifications as they are, one or several at once. Doing it twice is doing it once, and what was done
// can be undone by its change.

interface Action {
  deed: Deed;
  /** The condition under which a notification is not yet as it should become. */
  which: SQL;
  /** The columns as they become. */
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

/** Several notifications of one person, and when something is done to them. */
interface Several {
  ids: readonly number[];
  now: number;
  /** What was selected as well, and stays as it is. */
  stays?: Stay[];
  /** What the person unsubscribes from with it, so that what comes later is muted, too. */
  optOut?: OptOut;
  via?: Via;
}

/** Keeps notifications quiet until they are unmuted. */
export async function muteNotifications(db: Database, userId: string, several: Several) {
  return await act(db, mute, userId, several);
}

/** Lets notifications speak again, from now on: what happened while they were muted stays untold. */
export async function unmuteNotifications(db: Database, userId: string, several: Several) {
  // What is over is nothing to be unmuted: it has something to tell since then.
  await endSnoozes(db, several.now);
  return await act(db, unmute, userId, several);
}

/** Deletes the Custom ones among these notifications, and whatever they had pending. */
export async function deleteNotifications(db: Database, userId: string, several: Several) {
  return await act(db, remove, userId, several);
}

async function act(
  db: Database,
  { deed, which, set }: Action,
  userId: string,
  { ids, now, stays, optOut, via }: Several,
): Promise<Made> {
  const change = { ...newChange(userId, deed, now), stays, optOut, via };
  return await makeChange(db, change, { ids, which, set: set(now) });
}

/** Gives Custom notifications another frequency, those that are still as they were read. What they have not told yet follows. */
export async function rescheduleNotifications(
  db: Database,
  owner: Owner,
  { ids, doable, frequency, now, stays }: Several & {
    /** Those that can be had at the frequency. */
    doable: readonly ShownNotification[];
    frequency: Frequency;
  },
): Promise<Made> {
  const wanted = doable.map(({ id, version, type, conditions }) => ({
    id,
    version,
    print: fingerprint(type, frequency, conditions),
  }));
  // Asked once for all of them: once for each, a thousand times a thousand would take seconds.
  const possible = sql`(
    SELECT n.id FROM json_each(${JSON.stringify(wanted)}) JOIN notifications n
      ON n.id = value ->> 'id' AND n.version = value ->> 'version'
    WHERE NOT EXISTS (
      SELECT 1 FROM notifications twin
      WHERE twin.user_id = ${owner.id} AND twin.fingerprint = value ->> 'print'
        AND twin.kind = 'custom' AND twin.deleted_at IS NULL))`;
  const prints = JSON.stringify(Object.fromEntries(wanted.map(({ id, print }) => [id, print])));
  return await makeChange(db, { ...newChange(owner.id, "rescheduled", now), stays }, {
    ids,
    which: sql`kind = 'custom' AND id IN ${possible}`,
    set:
      sql`frequency = ${frequency}, fingerprint = ${prints} ->> ('$."' || id || '"'), version = version + 1`,
    owner,
  });
}

/** Keeps one quiet; resolves to the change, where it was not long ago. Throws NotFound. */
export async function muteNotification(
  db: Database,
  userId: string,
  id: number,
  now: number,
): Promise<string | undefined> {
  const { change, found } = await muteNotifications(db, userId, { ids: [id], now });
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
  const { change, found } = await unmuteNotifications(db, userId, { ids: [id], now });
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
  const { change, found } = await deleteNotifications(db, userId, { ids: [id], now });
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
