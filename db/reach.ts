import { type SQL, sql } from "drizzle-orm";
import type { Role } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import type { LogEntry } from "../domain/event_log.ts";
import type { Standing } from "../domain/why.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { entryQuery, foundEntry, isStudio } from "./explorer.ts";
import { standingQuery, type Telling, tellingQuery, toStandings, toTelling } from "./standings.ts";

/** Somebody who asks, or asked, for events of a type, and what an event met there. */
export interface Reached {
  id: string;
  name: string;
  account: string;
  roles: Role[];
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  pausedUntil: number | null;
  /** The notifications of its type, with their true bookmarks. */
  notifications: Standing[];
  /** The emails that tell it, or would have, the oldest first. */
  emails: Telling[];
}

export interface Reach {
  entry: LogEntry;
  /** What it says, as it is stored. */
  data: string;
  /** A page of those who ask for events of its type, by account and name. */
  people: Reached[];
  /** How many people stand before this page, and where the next one begins; null at the end. */
  skipped: number;
  next: number | null;
  /** How many others could see the event, and have no notification about its type. */
  others: number;
}

/** How many people a page looks at: each of their later emails may have to be opened. */
const pageSize = 50;

/** Whom an event reached, across all accounts, for somebody of the studio; throws NotFound. One round trip. */
export async function loadReach(
  db: Database,
  user: { id: string },
  { seq, skipped }: { seq: number; skipped: number },
): Promise<Reach> {
  const asking = sql`(
    SELECT u.id ${audienceOf(seq, user)} AND ${asks(seq)}
    ORDER BY a.name, u.name, u.id LIMIT ${pageSize} OFFSET ${skipped})`;
  const [found, [stored], people, notifications, emails] = await db.batch([
    entryQuery(db, user, seq),
    db.all<{ data: string; asking: number; others: number }>(sql`
      SELECT data, (SELECT count(*) ${audienceOf(seq, user)} AND ${asks(seq)}) AS asking,
        (SELECT count(*) ${audienceOf(seq, user)} AND NOT ${asks(seq)}
          AND u.deactivated_at IS NULL) AS others
      FROM events WHERE seq = ${seq} AND ${isStudio(user.id)}`),
    allJson(
      db,
      personColumns,
      sql`
      SELECT u.*, a.name AS account FROM users u JOIN accounts a ON a.id = u.account_id
      WHERE u.id IN ${asking} ORDER BY a.name, u.name, u.id`,
    ),
    standingQuery(db, asking, seq),
    tellingQuery(db, asking, seq),
  ]);
  const entry = foundEntry(found);
  if (!entry || !stored) throw new NotFound(`Cannot show event "${seq}": the log does not hold it`);
  const next = skipped + pageSize < stored.asking ? skipped + pageSize : null;
  const page = peopleOf(
    rowsOf<PersonTuple>(people),
    toStandings(notifications),
    emails.map(toTelling),
  );
  return { entry, data: stored.data, people: page, skipped, next, others: stored.others };
}

/** Everybody in whose log an event stands, as a FROM clause; nobody, unless the studio asks. */
function audienceOf(seq: number, user: { id: string }): SQL {
  return sql`
    FROM users u JOIN accounts a ON a.id = u.account_id
    WHERE ${isStudio(user.id)} AND (a.profile = 'studio'
      OR a.id IN (SELECT account_id FROM event_accounts WHERE seq = ${seq}))`;
}

/** Whether the user has a notification about events of its type, or had one that was deleted since. */
function asks(seq: number): SQL {
  return sql`EXISTS (
    SELECT 1 FROM notifications n
    WHERE n.user_id = u.id AND n.type = (SELECT type FROM events WHERE seq = ${seq}))`;
}

const personColumns = [
  ...["id", "name", "account", "json(roles)"],
  ...["deactivated_at", "address_failed_at", "paused_until"],
];
type PersonTuple = [
  string,
  string,
  string,
  Role[],
  number | null,
  number | null,
  number | null,
];

function peopleOf(
  rows: PersonTuple[],
  standings: ReturnType<typeof toStandings>,
  emails: Telling[],
): Reached[] {
  const byOwner = Map.groupBy(standings, ({ userId }) => userId);
  const byReader = Map.groupBy(emails, ({ userId }) => userId);
  return rows.map(([id, name, account, roles, deactivatedAt, addressFailedAt, pausedUntil]) => ({
    ...{ id, name, account, roles, deactivatedAt, addressFailedAt, pausedUntil },
    notifications: (byOwner.get(id) ?? []).map(({ standing }) => standing),
    emails: byReader.get(id) ?? [],
  }));
}
