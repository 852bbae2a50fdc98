import { createAccounts } from "../db/accounts.ts";
import { createApiKey } from "../db/api_keys.ts";
import type { Database } from "../db/client.ts";
import { manyAccounts } from "../demo/cast.ts";
import { type CloudEvent, simulate } from "../demo/story.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { eventsRoutes } from "../routes/events.ts";
import { type Comparison, inTurns } from "./measure.ts";

const rounds = 5;
const requests = 30;
const batch = 100;
const now = Date.parse("2026-11-20T00:00:00Z");

/** Events that come in over HTTP, against the same rows put into the same tables and nothing else. */
export async function intake(): Promise<Comparison[]> {
  const [ours, raw, whole] = [await database(), await database(), await database()];
  const post = await poster(ours.db);
  const batches = batchesByRound();
  const seconds = await inTurns({
    ours: async (round) => {
      for (const events of batches(round)) await post(events);
    },
    raw: async (round) => {
      for (const events of batches(round)) await insert(raw.db, events);
    },
    whole: (round) => insert(whole.db, batches(round).flat()),
  }, { rounds });
  for (const { close } of [ours, raw, whole]) await close();
  const work = `intake: ${batch} events a request, durable, on a file`;
  const measured = { work, unit: "events", amount: requests * batch, ours: seconds.ours };
  return [
    { ...measured, against: "one raw insert of the same rows a batch", theirs: seconds.raw },
    { ...measured, against: "one raw insert of all the rows at once", theirs: seconds.whole },
  ];
}

async function database() {
  const temporary = await temporaryDatabase();
  await createAccounts(temporary.db, manyAccounts(20), now);
  return temporary;
}

/** The batches of each round: a story of its own, told once. */
function batchesByRound(): (round: number) => CloudEvent[][] {
  const perRound = requests * batch;
  const stories = Array.from({ length: rounds + 1 }, (_, seed) => [
    ...simulate({ accounts: 20, days: 10, perDay: perRound / 10, seed, until: now }),
  ]);
  const batches = stories.map((events) =>
    Array.from({ length: requests }, (_, at) => events.slice(at * batch, (at + 1) * batch))
  );
  return (round) => batches[round + 1]!;
}

async function poster(db: Database): Promise<(events: CloudEvent[]) => Promise<void>> {
  const app = eventsRoutes({ db, now: () => now, dispatch: () => {} });
  const headers = {
    "authorization": `Bearer ${await createApiKey(db, { name: "bench" }, now)}`,
    "content-type": "application/cloudevents-batch+json",
  };
  return async (events) => {
    const body = JSON.stringify(events);
    const response = await app.fetch(
      new Request("http://localhost/api/events", { method: "POST", headers, body }),
    );
    const { accepted } = await response.json();
    if (accepted !== events.length) throw new Error(`Cannot measure: ${accepted} were accepted`);
  };
}

/** The rows that the events become, and nothing else: no key, no check, no duplicate, no conflict. */
async function insert({ $client }: Database, events: CloudEvent[]): Promise<void> {
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
