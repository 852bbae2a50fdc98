import { type SQL, sql } from "drizzle-orm";
import { recentDays } from "../domain/activity.ts";
import { boundedMap } from "./bounded_map.ts";
import { type Database, endOfLog, jsonRows } from "./client.ts";
import { eventColumns } from "./event_rows.ts";
import {
  extend,
  type KeptEvents,
  type Limits,
  nothingKept,
  type Page,
  type RecentEvents,
} from "./kept_events.ts";
import { type Audience, logOf, seqOf } from "./log.ts";

// What the accounts got in the recent days, kept in memory: a page then reads only what the log got since.

const day = 86_400_000;

const usual: Limits = {
  // A file is read synchronously, and must not keep others waiting.
  page: 2_000,
  // At 0.6 KB for each event this stays below 100 MB.
  most: 120_000,
};

export type RecentEventsMemory = ReturnType<typeof rememberEvents>;

/** A memory for the recent events of all accounts, at most `most` in all: of a larger account the newest. */
export function rememberEvents(db: Database, limits: Limits = usual) {
  const accounts = boundedMap<string, KeptEvents>(limits.most, ({ count }) => count + 1);

  /** What the log of an account got since: columns, to ask for alone or beside others, and what becomes of them. */
  function next(account: Audience, now: number) {
    const kept = accounts.get(account.id) ?? nothingKept();
    const columns = pageBehind(account, kept.upTo, { now, ...limits });
    const take = async (page: Page): Promise<RecentEvents> => {
      if (!extend(kept, page, limits)) await readOn(account, kept, now);
      accounts.set(account.id, kept);
      return kept;
    };
    accounts.set(account.id, kept);
    return { columns, take };
  }

  /** Reads up to the end of the log, once for all who wait. What was read stays when a later page fails. */
  function readOn(account: Audience, kept: KeptEvents, now: number): Promise<void> {
    const readPages = async () => {
      for (let isEnd = false; !isEnd;) {
        // A file answers without ever waiting, so the others would not get their turn.
        await new Promise((resolve) => setTimeout(resolve));
        const page = await read(pageBehind(account, kept.upTo, { now, ...limits }));
        isEnd = extend(kept, page, limits);
      }
    };
    return kept.reading ??= readPages().finally(() => kept.reading = null);
  }

  async function read(columns: SQL): Promise<Page> {
    const [page] = await db.all<Page>(sql`SELECT ${columns}`);
    return page!;
  }

  return {
    next,
    /** The recent events of an account. */
    async load(account: Audience, now: number): Promise<RecentEvents> {
      const { columns, take } = next(account, now);
      return await take(await read(columns));
    },
  };
}

/** The columns for the next page behind `after`; a negative one stands for the beginning of what is kept. */
function pageBehind(
  account: Audience,
  after: number,
  { now, page, most }: Limits & { now: number },
): SQL {
  // Whole days, so that not every page has something to drop.
  const since = (Math.floor(now / day) - recentDays) * day;
  const oldest =
    sql`(SELECT seq FROM events WHERE received_at >= ${since} ORDER BY received_at LIMIT 1)`;
  const behind = after < 0
    ? sql`(SELECT max(coalesce(${oldest} - 1, ${endOfLog}), ${oldestKept(account, most)}))`
    : sql`${after}`;
  const events = sql`
    SELECT events.seq, type, time, subject, data FROM ${logOf(account)}
    WHERE ${seqOf(account)} > ${behind} ORDER BY 1 LIMIT ${page}`;
  return sql`${oldest} AS oldest, ${behind} AS behind, ${endOfLog} AS "end",
    (${jsonRows(eventColumns, events)}) AS rows`;
}

/** The `seq` behind which an account has no more events than are kept. The studio sees all, and no gaps to speak of. */
function oldestKept(account: Audience, most: number) {
  return account.profile === "studio" ? sql`${endOfLog} - ${most}` : sql`coalesce((
    SELECT seq FROM event_accounts WHERE account_id = ${account.id} ORDER BY seq DESC LIMIT 1 OFFSET ${most}
  ), 0)`;
}
