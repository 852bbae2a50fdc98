import { createAccounts } from "../db/accounts.ts";
import { createApiKey } from "../db/api_keys.ts";
import type { Database } from "../db/client.ts";
import { manyAccounts } from "../demo/cast.ts";
import { type CloudEvent, simulate } from "../demo/story.ts";
import { eventsRoutes } from "../routes/events.ts";
import { now } from "./forty.ts";
import { files, type Place, servers } from "./intake_places.ts";
import { insert } from "./intake_raw.ts";
import { inTurns, type Line } from "./measure.ts";

const rounds = 7;
const batch = { events: 100, requests: 30 };
const single = { events: 1, requests: 640, atOnce: 32 };

/** Events that come in over HTTP, durable before they are answered, on a file and on a libSQL server. */
export async function intake(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const open of [files, servers]) {
    const place = await open();
    if (!place) continue;
    for (const db of [place.ours, place.theirs]) {
      await createAccounts(db, manyAccounts(20), now);
    }
    lines.push(await batches(place), await singles(place));
    await place.close();
  }
  return lines;
}

async function batches({ name, ours, theirs }: Place): Promise<Line> {
  const post = await poster(ours);
  const requests = requestsOf(batch);
  const seconds = await inTurns({
    ours: (round) => takeAll(requests(round), post),
    raw: (round) => takeAll(requests(round), ({ events }) => insert(theirs, events)),
  }, { rounds });
  return {
    work: `intake: ${batch.events} events a request, ${name}`,
    ...{ unit: "events", amount: batch.events * batch.requests, ours: seconds.ours },
    ...{ against: "the same rows by one raw insert", theirs: seconds.raw, goal: 0.7 },
  };
}

async function singles({ name, ours, theirs, goal }: Place): Promise<Line> {
  const post = await poster(ours);
  const postAlone = await poster(theirs);
  const requests = requestsOf(single);
  const seconds = await inTurns({
    ours: (round) => takeAll(requests(round), post, single.atOnce),
    // One after the other, so that none can share another's commit.
    each: (round) => takeAll(requests(round), postAlone),
  }, { rounds });
  return {
    work: `intake: single posts, ${single.atOnce} at once, ${name}`,
    ...{ unit: "events", amount: single.requests, ours: seconds.ours },
    ...{ against: "a commit for each", theirs: seconds.each, goal },
  };
}

/** What a client sends. */
interface Sent {
  events: CloudEvent[];
  body: Uint8Array<ArrayBuffer>;
}

/** The requests of each round, with a story of its own, as clients made them ready. */
function requestsOf(size: { events: number; requests: number }): (round: number) => Sent[] {
  const story = { accounts: 20, days: 10, perDay: size.events * size.requests / 10, until: now };
  const made = Array.from({ length: rounds + 1 }, (_, round) => {
    const events = [...simulate({ ...story, seed: round })];
    return Array.from(
      { length: size.requests },
      (_, at) => sent(events.slice(at * size.events, (at + 1) * size.events)),
    );
  });
  return (round) => made[round + 1]!;
}

function sent(events: CloudEvent[]): Sent {
  return { events, body: new TextEncoder().encode(JSON.stringify(events)) };
}

/** Takes all of them, so many at once. */
async function takeAll(
  requests: Sent[],
  take: (request: Sent) => Promise<void>,
  atOnce = 1,
): Promise<void> {
  const left = requests.values();
  const takeOn = async () => {
    for (const request of left) await take(request);
  };
  await Promise.all(Array.from({ length: atOnce }, takeOn));
}

async function poster(db: Database): Promise<(request: Sent) => Promise<void>> {
  const app = eventsRoutes({ db, now: () => now, dispatch: () => {} });
  const key = await createApiKey(db, { name: "bench", perSecond: 1_000_000 }, now);
  return async ({ events, body }) => {
    const headers = {
      "authorization": `Bearer ${key}`,
      "content-type": "application/cloudevents-batch+json",
      "content-length": String(body.length),
    };
    const response = await app.fetch(
      new Request("http://localhost/api/events", { method: "POST", headers, body }),
    );
    const { accepted } = await response.json();
    if (accepted !== events.length) throw new Error(`Cannot measure: ${accepted} were accepted`);
  };
}
