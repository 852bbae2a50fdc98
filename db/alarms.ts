import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/** What an operator is woken by. Instants are milliseconds since the epoch, null where nothing is late. */
export interface Alarms {
  /** When the oldest email was composed that could be sent now, and is not. */
  oldestOwed: number | null;
  /** When the first digest was due that is not composed. */
  oldestDigest: number | null;
  /** How many emails the provider does not take. */
  failing: number;
}

/** What an operator may have to be woken by. */
export async function loadAlarms(db: Database, now: number): Promise<Alarms> {
  const [alarms] = await db.all<Alarms>(sql`
    SELECT min(composed_at) FILTER (WHERE send_at <= ${now}) AS oldestOwed,
      count(failing_since) AS failing,
      (SELECT min(next_at) FROM digests WHERE next_at <= ${now}) AS oldestDigest
    FROM emails WHERE state = 'queued'`);
  return alarms!;
}

/** The trace contexts of the events that an email tells; of very many the first ones. */
export async function causesOf(db: Database, emailId: string): Promise<string[]> {
  const rows = await db.all<{ traceparent: string }>(sql`
    SELECT DISTINCT traceparent FROM emails, json_each(content, '$.items') item
    JOIN events ON events.seq = item.value ->> 'seq'
    WHERE emails.id = ${emailId} AND traceparent IS NOT NULL LIMIT 32`);
  return rows.map(({ traceparent }) => traceparent);
}
