import { sql } from "drizzle-orm";
import { defaultNotifications, type Role } from "../domain/catalogue.ts";
import { fingerprint } from "../domain/conditions.ts";
import { coversOptOut, optOuts } from "../domain/opt_outs.ts";
import { bumpSettingsOf } from "./accounts.ts";
import { fallBehind, settleBookmarks } from "./bookmarks.ts";
import { forgetChanges } from "./changes.ts";
import { type Database, endOfLog } from "./client.ts";
import { ensureDigests, type Owner } from "./digests.ts";

/** The statement that brings the default notifications of users in line with their roles; a mute stays, and so does what they unsubscribed from. */
export function grantDefaults(db: Database, people: { id: string; roles: Role[] }[], now: number) {
  const sets = [...new Set(people.map(({ roles }) => JSON.stringify(roles)))];
  const defaults = sets.map((roles) => defaultsOf(JSON.parse(roles)));
  const list = people.map(({ id, roles }) => ({ id, set: sets.indexOf(JSON.stringify(roles)) }));
  return db.run(sql`
    INSERT INTO notifications
      (user_id, kind, type, conditions, frequency, fingerprint, bookmark, muted_at, created_at)
    SELECT users.id, 'default', d.value ->> 'type', '[]', d.value ->> 'frequency',
      d.value ->> 'fingerprint', ${endOfLog}, CASE WHEN EXISTS (
        SELECT 1 FROM json_each(opt_outs) JOIN json_each(d.value, '$.optOuts') covering USING (value)
      ) THEN ${now} END, ${now}
    FROM json_each(${JSON.stringify(list)}) person
    JOIN users ON users.id = person.value ->> 'id'
    JOIN json_each(${JSON.stringify(defaults)}, '$[' || (person.value ->> 'set') || ']') d
    WHERE true
    ON CONFLICT (user_id, type) WHERE kind = 'default' DO UPDATE
      SET frequency = excluded.frequency, fingerprint = excluded.fingerprint,
        muted_until = CASE WHEN excluded.muted_at IS NULL THEN muted_until END,
        muted_at = coalesce(muted_at, excluded.muted_at)
      WHERE frequency <> excluded.frequency`);
}

function defaultsOf(roles: Role[]) {
  return [...defaultNotifications(roles)].map(([type, frequency]) => ({
    type,
    frequency,
    fingerprint: fingerprint(type, frequency, []),
    optOuts: optOuts.filter((optOut) => coversOptOut(optOut, { type, frequency })),
  }));
}

/** How many people one step of `refreshDefaults` takes. */
const step = 1_000;

/** Brings everybody's default notifications in line with the catalogue, which may have changed since they were granted. */
export async function refreshDefaults(db: Database, now: number): Promise<void> {
  for (let after = "";;) {
    const rows = await db.all<Omit<Owner, "roles"> & { roles: string }>(sql`
      SELECT id, roles, zone, digest_hour AS digestHour, digest_weekday AS digestWeekday,
        paused_until AS pausedUntil
      FROM users WHERE deactivated_at IS NULL AND id > ${after} ORDER BY id LIMIT ${step}`);
    const people = rows.map((row): Owner => ({ ...row, roles: JSON.parse(row.roles) }));
    const ids = people.map(({ id }) => id);
    await db.batch([
      settleBookmarks(db, ids),
      grantDefaults(db, people, now),
      fallBehind(db, ids),
      forgetChanges(db, ids),
      ensureDigests(db, people, now),
      bumpSettingsOf(db, ids),
    ]);
    if (people.length < step) return;
    after = ids.at(-1)!;
  }
}
