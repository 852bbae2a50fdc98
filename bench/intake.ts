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
const single = { atOnce: 32, requests: 640 };

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
  const stories = storiesOf(batch.events * batch.requests);
  const requests = (round: number) => inParts(stories(round), batch.events);
  const seconds = await inTurns({
    ours: async (round) => {
      for (const events of requests(round)) await post(events);
    },
    raw: async (round) => {
      for (const events of requests(round)) await insert(theirs, events);
    },
  }, { rounds });
  return {
    work: `intake: ${batch.events} events a request, ${name}`,
    ...{ unit: "events", amount: batch.events * batch.requests, ours: seconds.ours },
    ...{ against: "the same rows by one raw insert", theirs: seconds.raw, goal: 0.7 },
  };
}

async function singles({ name, ours, theirs, goal }: Place): Promise<Line> {
  const post = await poster(ours);
  const stories = storiesOf(single.requests, 100);
  const requests = (round: number) => inParts(stories(round), 1);
  const seconds = await inTurns({
    ours: (round) => atOnce(requests(round), post),
    // One after the other: a database has one writer.
    raw: async (round) => {
      for (const event of requests(round)) await insert(theirs, event);
    },
  }, { rounds });
  return {
    work: `intake: single posts, ${single.atOnce} at once, ${name}`,
    ...{ unit: "events", amount: single.requests, ours: seconds.ours },
    ...{ against: "a commit for each", theirs: seconds.raw, goal },
  };
}

/** The events of each round: a story of its own. */
function storiesOf(count: number, firstSeed = 0): (round: number) => CloudEvent[] {
  const stories = Array.from({ length: rounds + 1 }, (_, round) => {
    const story = { accounts: 20, days: 10, perDay: count / 10, seed: firstSeed + round };
    return [...simulate({ ...story, until: now })];
  });
  return (round) => stories[round + 1]!;
}

function inParts(events: CloudEvent[], size: number): CloudEvent[][] {
  const count = Math.ceil(events.length / size);
  return Array.from({ length: count }, (_, at) => events.slice(at * size, (at + 1) * size));
}

/** Takes all parts, so many at once. */
async function atOnce(
  parts: CloudEvent[][],
  take: (events: CloudEvent[]) => Promise<void>,
): Promise<void> {
  const left = parts.values();
  const takeOn = async () => {
    for (const part of left) await take(part);
  };
  await Promise.all(Array.from({ length: single.atOnce }, takeOn));
}

async function poster(db: Database): Promise<(events: CloudEvent[]) => Promise<void>> {
  const app = eventsRoutes({ db, now: () => now, dispatch: () => {} });
  const key = await createApiKey(db, { name: "bench", perSecond: 1_000_000 }, now);
  return async (events) => {
    const body = new TextEncoder().encode(JSON.stringify(events));
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
