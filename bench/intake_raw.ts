import type { Database } from "../db/client.ts";
import type { CloudEvent } from "../demo/story.ts";
import { now } from "./forty.ts";

/** The rows that the events become, and nothing else: no key, no check, no duplicate, no conflict. */
export async function insert({ $client }: Database, events: CloudEvent[]): Promise<void> {
  const rows = JSON.stringify(
    events.map(({ data: { accounts, ...data }, ...event }) => ({
      ...{ ...event, time: Date.parse(event.time), accounts, data: JSON.stringify(data) },
      hash: "0".repeat(64),
    })),
  );
  await $client.batch([
    {
      sql: `INSERT INTO events (source, id, type, time, subject, data, hash, received_at)
        SELECT value ->> 'source', value ->> 'id', value ->> 'type', value ->> 'time',
          value ->> 'subject', value ->> 'data', value ->> 'hash', ? FROM json_each(?)`,
      args: [now, rows],
    },
    {
      sql: `INSERT INTO event_accounts (account_id, seq)
        SELECT named.value, seq FROM json_each(?) posted
        JOIN events ON events.source = posted.value ->> 'source'
          AND events.id = posted.value ->> 'id'
        JOIN json_each(posted.value, '$.accounts') named`,
      args: [rows],
    },
  ]);
}
