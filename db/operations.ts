import { type SQL, sql } from "drizzle-orm";
import { overdue as overdueProblem, takenBack } from "../domain/email_states.ts";
import { Conflict } from "../domain/errors.ts";
import type { Run } from "../domain/runs.ts";
import type { Trouble, Troubled } from "../domain/troubles.ts";
import { auditEmail, type By, byCommand } from "./audit.ts";
import type { Database } from "./client.ts";
import { runsQuery } from "./runs.ts";

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** How the service is doing. Instants are milliseconds since the epoch. */
export interface Operations {
  runs: Run[];
  /** The emails that are composed and not sent. */
  queue: {
    waiting: number;
    /** Those that could go now, and when the oldest of them was composed. */
    due: number;
    oldest: number | null;
  };
  /** When the mail provider took the last email, and what it does not take, since when. */
  provider: { lastTook: number | null; failing: number; since: number | null };
  /** The emails about deadlines that are not known to be delivered in time, and when the first should have been. */
  overdue: { emails: number; oldest: number | null };
  /** Digests whose window has come and that are not composed. */
  late: { digests: number; oldest: number | null };
  /** Why emails wait or did not arrive in the last seven days, the most frequent first. */
  problems: Trouble[];
  /** How many emails were sent and events received in each of the last 24 hours, the oldest first. */
  sent: number[];
  received: number[];
  /** The newest emails that wait for something or did not arrive. */
  troubled: Troubled[];
}

/** How many emails in trouble are listed. */
const mostListed = 50;

/** How the service is doing, for the studio. One round trip. */
export async function loadOperations(db: Database, now: number): Promise<Operations> {
  const since = now - week;
  const [runs, [queue], [provider], [overdue], [late], problems, troubled, sent, received] =
    await db.batch([
      runsQuery(db),
      db.all<Operations["queue"]>(sql`
      SELECT count(*) AS waiting, count(*) FILTER (WHERE send_at <= ${now}) AS due,
        min(composed_at) FILTER (WHERE send_at <= ${now}) AS oldest
      FROM emails WHERE state = 'queued'`),
      db.all<Operations["provider"]>(sql`
      SELECT (SELECT max(sent_at) FROM emails WHERE sent_at IS NOT NULL) AS lastTook,
        count(failing_since) AS failing, min(failing_since) AS since
      FROM emails WHERE state = 'queued'`),
      db.all<Operations["overdue"]>(sql`
      SELECT count(*) AS emails, min(deliver_by) AS oldest FROM emails
      WHERE deliver_by BETWEEN ${since} AND ${now}`),
      db.all<Operations["late"]>(sql`
      SELECT count(*) AS digests, min(next_at) AS oldest FROM digests WHERE next_at <= ${now}`),
      db.all<Trouble>(sql`
      SELECT problem, state, count(*) AS emails FROM (${inTrouble(since, now)})
      GROUP BY problem, state ORDER BY emails DESC`),
      db.all<Troubled>(sql`
      SELECT e.id, u.name AS reader, a.name AS account, frequency, e.state, problem,
        composed_at AS composedAt, send_at AS sendAt, attempts
      FROM (${inTrouble(since, now)}) e JOIN users u ON u.id = e.user_id
      JOIN accounts a ON a.id = u.account_id
      ORDER BY composed_at DESC LIMIT ${mostListed}`),
      byHour(db, sql`SELECT sent_at AS at FROM emails WHERE sent_at >= ${now - day}`, now),
      byHour(db, sql`SELECT received_at AS at FROM events WHERE received_at >= ${now - day}`, now),
    ]);
  return {
    runs: runs.map((run) => ({ ...run, did: JSON.parse(run.did) })),
    ...{ queue: queue!, provider: provider!, overdue: overdue!, late: late!, problems, troubled },
    ...{ sent: toHours(sent), received: toHours(received) },
  };
}

/** The emails that wait for something, and those that did not arrive since. A query for each, because each has an index of its own. */
function inTrouble(since: number, now: number): SQL {
  const columns = sql`id, user_id, frequency, coalesce(delivery, state) AS state,
    coalesce(problem, '') AS problem, composed_at, send_at, attempts`;
  return sql`
    SELECT ${columns} FROM emails WHERE state = 'queued' AND problem IS NOT NULL
    UNION ALL
    SELECT ${columns} FROM emails
    WHERE (state = 'failed' OR delivery IN ('refused', 'complained')) AND composed_at >= ${since}
    UNION ALL
    SELECT id, user_id, frequency, 'given up', problem, composed_at, send_at, attempts FROM emails
    WHERE given_up_at >= ${since}
    UNION ALL
    SELECT id, user_id, frequency, coalesce(delivery, state), ${overdueProblem}, composed_at, send_at, attempts
    FROM emails
    WHERE deliver_by BETWEEN ${since} AND ${now} AND (delivery IS NULL OR delivery = 'delayed')`;
}

interface HourCount {
  /** 0 for the last hour, 23 for the first. */
  ago: number;
  count: number;
}

function byHour(db: Database, instants: SQL, now: number) {
  return db.all<HourCount>(sql`
    SELECT CAST((${now} - at) / ${hour} AS INTEGER) AS ago, count(*) AS count FROM (${instants})
    WHERE at <= ${now} GROUP BY 1`);
}

function toHours(counts: HourCount[]): number[] {
  const hours = Array<number>(24).fill(0);
  for (const { ago, count } of counts) hours[23 - Math.min(ago, 23)]! += count;
  return hours;
}

/** Lets an email that waits go at once; throws Conflict where none of that id waits. */
export async function retryEmail(db: Database, id: string, now: number, by: By = byCommand) {
  const told = { at: now, by, deed: "tried at once" } as const;
  const [, retried] = await db.batch([
    auditEmail(db, id, told, { from: "queued", to: "queued" }),
    db.all(sql`
      UPDATE emails SET send_at = min(send_at, ${now}) WHERE id = ${id} AND state = 'queued'
      RETURNING id`),
  ]);
  if (retried.length > 0) return;
  throw new Conflict(`Cannot try email "${id}" again: it does not wait any more`);
}

/**
 * Takes an email back that waits, as if it had failed: it is not sent unless it is sent again, and nothing else tells
 * what it tells. Throws Conflict where none of that id waits.
 */
export async function takeBackEmail(db: Database, id: string, now: number, by: By = byCommand) {
  const told = { at: now, by, deed: "taken back" } as const;
  const [, taken] = await db.batch([
    auditEmail(db, id, told, { from: "queued", to: "failed" }),
    db.all(sql`
      UPDATE emails SET state = 'failed', problem = ${takenBack}
      WHERE id = ${id} AND state = 'queued' RETURNING id`),
  ]);
  if (taken.length > 0) return;
  throw new Conflict(`Cannot take back email "${id}": it does not wait any more`);
}

/**
 * Sends an email again that failed; throws Conflict for any other. Like every further attempt it first
 * asks the provider whether an earlier one was accepted.
 */
export async function resendEmail(db: Database, id: string, now: number, by: By = byCommand) {
  const told = { at: now, by, deed: "sent again" } as const;
  const [, resent] = await db.batch([
    auditEmail(db, id, told, { from: "failed", to: "queued" }),
    db.all(sql`
      UPDATE emails SET state = 'queued', send_at = ${now}, problem = NULL, failing_since = NULL
      WHERE id = ${id} AND state = 'failed' RETURNING id`),
  ]);
  if (resent.length === 0) throw new Conflict(`Cannot send email "${id}" again: it did not fail`);
}
