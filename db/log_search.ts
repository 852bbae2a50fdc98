import { type SQL, sql } from "drizzle-orm";
import { endOfLog } from "./client.ts";
import { beginsWith, contains } from "./like.ts";

/** Which part of the log is looked at; instants in milliseconds. */
export interface LogSearch {
  type?: string;
  /** The id of an account, or the beginning of its name. */
  account?: string;
  /** The beginning of a source. */
  source?: string;
  /** Part of a request, of a title's name or id, or the whole id of an event. */
  q?: string;
  from?: number;
  until?: number;
  before?: number;
}

/** How many events a search looks through at a time: a file is read while everybody waits. */
const reach = 20_000;

/** The part of the log that is asked for, for a query: from `bottom` to before `top`; `floor` is where it really ends. */
export function partOfLog(search: LogSearch) {
  const top = topOf(search);
  const floor = floorOf(search);
  const bottom = isSearch(search) ? sql`max(${floor}, ${top} - ${reach})` : floor;
  return { ...logFor(search), top, bottom, floor, holds: filtersOf(search) };
}

/** Whether events must be looked at one by one, instead of being found by an index. */
function isSearch({ type, source, q }: LogSearch): boolean {
  return Boolean(type || source || q);
}

/** The `seq` behind the last one that is looked at. */
function topOf({ before, until }: LogSearch): SQL {
  const newest = until === undefined ? endOfLog : sql`
    coalesce((SELECT seq FROM events WHERE received_at < ${until} ORDER BY received_at DESC LIMIT 1), 0)`;
  return before === undefined ? sql`${newest} + 1` : sql`min(${before}, ${newest} + 1)`;
}

/** The first `seq` that belongs to what is asked for. */
function floorOf({ from }: LogSearch): SQL {
  return from === undefined ? sql`coalesce((SELECT min(seq) FROM events), 1)` : sql`
    coalesce((SELECT seq FROM events WHERE received_at >= ${from} ORDER BY received_at LIMIT 1), ${endOfLog} + 1)`;
}

/** The log, or the part of it that concerns one account, as a FROM clause, and the column by which it is ordered. */
function logFor({ account }: LogSearch): { log: SQL; seq: SQL } {
  if (!account) return { log: sql`events`, seq: sql`events.seq` };
  const log = sql`
    event_accounts heard JOIN events ON events.seq = heard.seq AND heard.account_id = (
      SELECT id FROM accounts WHERE id = ${account} OR ${beginsWith(sql`name`, account)}
      ORDER BY id = ${account} DESC, name LIMIT 1)`;
  return { log, seq: sql`heard.seq` };
}

function filtersOf({ type, source, q }: LogSearch): SQL {
  const titled = (member: SQL) =>
    contains(sql`iif(json_valid(data), data ->> ${member}, NULL)`, q!);
  return sql.join([
    ...type ? [sql`AND events.type = ${type}`] : [],
    ...source ? [sql`AND ${beginsWith(sql`source`, source)}`] : [],
    ...q
      ? [sql`AND (events.id = ${q} OR ${contains(sql`subject`, q)}
        OR ${titled(sql`'$.title.name'`)} OR ${titled(sql`'$.title.id'`)})`]
      : [],
  ], sql` `);
}
