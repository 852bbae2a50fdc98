import { sql } from "drizzle-orm";
import { defaultNotifications, type Role } from "../domain/catalogue.ts";
import { fingerprint } from "../domain/conditions.ts";
import { type Database, endOfLog } from "./client.ts";

/** The statement that brings the default notifications of users in line with their roles; a mute stays. */
export function grantDefaults(db: Database, people: { id: string; roles: Role[] }[], now: number) {
  const sets = [...new Set(people.map(({ roles }) => JSON.stringify(roles)))];
  const defaults = sets.map((roles) => defaultsOf(JSON.parse(roles)));
  const list = people.map(({ id, roles }) => ({ id, set: sets.indexOf(JSON.stringify(roles)) }));
  return db.run(sql`
    INSERT INTO notifications (user_id, kind, type, conditions, frequency, fingerprint, bookmark, created_at)
    SELECT person.value ->> 'id', 'default', d.value ->> 'type', '[]', d.value ->> 'frequency',
      d.value ->> 'fingerprint', ${endOfLog}, ${now}
    FROM json_each(${JSON.stringify(list)}) person,
      json_each(${JSON.stringify(defaults)}, '$[' || (person.value ->> 'set') || ']') d
    WHERE true
    ON CONFLICT (user_id, type) WHERE kind = 'default' DO UPDATE
      SET frequency = excluded.frequency, fingerprint = excluded.fingerprint
      WHERE frequency <> excluded.frequency`);
}

function defaultsOf(roles: Role[]) {
  return [...defaultNotifications(roles)].map(([type, frequency]) => ({
    type,
    frequency,
    fingerprint: fingerprint(type, frequency, []),
  }));
}
