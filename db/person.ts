import { sql } from "drizzle-orm";
import { eventTypeIds } from "../domain/catalogue.ts";
import type { Hearing } from "../domain/coverage.ts";
import type { EmailStanding } from "../domain/email_states.ts";
import { NotFound } from "../domain/errors.ts";
import type { Amount } from "../domain/noise.ts";
import type { Subject } from "../domain/what_if.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { hearingsBeside, toHearings } from "./coverage.ts";
import {
  notificationColumns,
  type NotificationTuple,
  toNotification,
} from "./notification_rows.ts";
import { neverHeldBy, preparationsOf, toPreparation } from "./preparations.ts";

/** An email that did not arrive. */
export interface Undelivered {
  id: string;
  composedAt: number;
  state: EmailStanding;
}

/** A person as the admins of the account see them. Instants are milliseconds since the epoch. */
export interface Person extends Subject {
  id: string;
  name: string;
  email: string;
  zoneConfirmedAt: number | null;
  complainedAt: number | null;
  signedInAt: number | null;
  createdAt: number;
  /** What was sent since an instant. */
  mail: Amount;
  /** The newest that did not arrive since then, and how many there are. */
  undelivered: { count: number; latest: Undelivered[] };
  /** What the colleagues have, of every type. */
  hearings: Hearing[];
}

/** How many emails that did not arrive are named. */
const mostNamed = 5;

/** Somebody of an account, and what mail they got since an instant; one round trip. Throws NotFound. */
export async function loadPerson(
  db: Database,
  accountId: string,
  id: string,
  since: number,
): Promise<Person> {
  const member = sql`(SELECT id FROM users WHERE id = ${id} AND account_id = ${accountId})`;
  const lost = sql`
    emails WHERE user_id = ${member} AND composed_at > ${since}
      AND (state = 'failed' OR delivery IN ('refused', 'complained'))`;
  const [[found], notifications, [mail], [count], latest, [hearings], preparations] = await db
    .batch([
      db.all<PersonRow>(sql`
      SELECT id, name, email, roles, zone, zone_confirmed_at AS zoneConfirmedAt,
        digest_hour AS digestHour, digest_weekday AS digestWeekday, quiet_from AS quietFrom,
        quiet_until AS quietUntil, paused_until AS pausedUntil, opt_outs AS optOuts,
        address_failed_at AS addressFailedAt, complained_at AS complainedAt,
        deactivated_at AS deactivatedAt, signed_in_at AS signedInAt, created_at AS createdAt
      FROM users WHERE id = ${member}`),
      allJson(
        db,
        notificationColumns,
        sql`
      SELECT * FROM notifications WHERE user_id = ${member} AND deleted_at IS NULL ORDER BY type, id`,
      ),
      db.all<Amount>(sql`
      SELECT count(*) AS emails, coalesce(sum(json_array_length(content, '$.items')), 0) AS events
      FROM emails WHERE user_id = ${member} AND sent_at > ${since}`),
      db.all<{ count: number }>(sql`SELECT count(*) AS count FROM ${lost}`),
      db.all<Undelivered>(sql`
      SELECT id, composed_at AS composedAt, coalesce(delivery, state) AS state FROM ${lost}
      ORDER BY composed_at DESC LIMIT ${mostNamed}`),
      db.all<{ rows: string }>(hearingsBeside(id, eventTypeIds)),
      preparationsOf(db, accountId, neverHeldBy(member)),
    ]);
  if (!found) throw new NotFound(`Cannot find user "${id}": not in this account`);
  return {
    ...found,
    roles: JSON.parse(found.roles),
    optOuts: JSON.parse(found.optOuts),
    notifications: rowsOf<NotificationTuple>(notifications).map(toNotification),
    mail: mail!,
    undelivered: { count: count!.count, latest },
    hearings: toHearings(hearings!.rows),
    preparations: preparations.map(toPreparation),
  };
}

type PersonRow =
  & Omit<
    Person,
    "roles" | "optOuts" | "notifications" | "mail" | "undelivered" | "hearings" | "preparations"
  >
  & { roles: string; optOuts: string };
