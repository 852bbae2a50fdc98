import { temporaryFolder } from "../e2e/command.ts";
import { growth, prepared, usual } from "./growth.ts";
import type { Line } from "./measure.ts";
import { startPostgres, startRedis } from "./peers/servers.ts";
import type { Sent } from "./sending.ts";
import { sentBy, startSink } from "./processes.ts";

/** To how many of the people each peer sends, so that all of them together take a minute. */
const peersPeople = 3_000;

const peers = [
  { name: "BullMQ on Redis", program: "bullmq", start: startRedis, needs: "redis-server", goal: 5 },
  {
    name: "graphile-worker",
    program: "graphile_worker",
    start: startPostgres,
    needs: "postgresql",
    goal: 10,
  },
  { name: "pg-boss", program: "pg_boss", start: startPostgres, needs: "postgresql", goal: 10 },
];

/** A morning of daily digests, from the events to the provider, beside others. */
export async function digests(): Promise<Line[]> {
  await using sink = await startSink();
  await using folder = await temporaryFolder();
  return [
    ...await againstPeers(await prepared(folder.path, usual), sink.url),
    ...await growth(folder.path, sink.url),
  ];
}

/** Against queues with a job for each recipient. They only read the database, and come first. */
async function againstPeers(url: string, sink: string): Promise<Line[]> {
  const theirs = [];
  for (const peer of peers) {
    await using server = await peer.start();
    if (!server) console.error(`${peer.name} is skipped: ${peer.needs} is not installed`);
    else {
      const args = [url, sink, server.address, `${peersPeople}`];
      theirs.push({ peer, sent: await sentBy(`peers/${peer.program}`, args) });
    }
  }
  const alone = await sentBy("posting", [url, sink, `${peersPeople}`]);
  const ours = await sentBy("morning_by_callboard", [url, sink]);
  const line = (against: string, sent: Sent) => ({
    work: "daily digests: 20,000 events, 1,000 accounts, 20 people each",
    ...{ unit: "emails", amount: ours.emails, ours: ours.seconds },
    ...{ against, theirs: sent.seconds * ours.emails / sent.emails },
  });
  return [
    ...theirs.map(({ peer: { name, goal }, sent }) => ({
      ...line(`${name}, a job for each recipient as usual`, sent),
      goal,
    })),
    line("the POSTs alone, of emails ready made", alone),
  ];
}
