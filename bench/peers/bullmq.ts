import { Queue, Worker } from "bullmq";
import { measureSending } from "../sending.ts";
import { jobsToCome, peerArguments, type Recipient } from "./recipients.ts";

// BullMQ as its guide has it: `addBulk` in thousands, a Worker with a concurrency of 100, its
// locks as leases, five attempts with backoff, and the completed jobs as the history. Redis appends every second.

const { sendDigest, server, recipients } = await peerArguments();
const connection = { host: "127.0.0.1", port: Number(server), maxRetriesPerRequest: null };
const queue = new Queue<Recipient, boolean>("digests", { connection });
await queue.waitUntilReady();

await measureSending(async () => {
  const { over, all } = jobsToCome(recipients.length);
  const work = ({ data }: { data: Recipient }) => sendDigest(data);
  const worker = new Worker<Recipient, boolean>("digests", work, { connection, concurrency: 100 });
  worker.on("completed", (_, sent) => over(sent));
  const opts = { attempts: 5, backoff: { type: "exponential", delay: 1_000 } };
  for (let at = 0; at < recipients.length; at += 1_000) {
    await queue.addBulk(
      recipients.slice(at, at + 1_000).map((data) => ({ name: "digest", data, opts })),
    );
  }
  return await all;
});
