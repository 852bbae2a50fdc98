import { PgBoss } from "pg-boss";
import { measureSending } from "../sending.ts";
import { jobsToCome, peerArguments, type Recipient } from "./recipients.ts";

// pg-boss as its documentation has it: `insert` in thousands, batches of 100 that are fetched without a pause while they
// come back full, two workers of them, five attempts with backoff, and the completed jobs as the history.

const { sendDigest, server: connectionString, recipients } = await peerArguments();
const boss = new PgBoss({ connectionString, max: 20 });
await boss.start();
await boss.createQueue("digests", { retryLimit: 5, retryBackoff: true });

await measureSending(async () => {
  const { over, all } = jobsToCome(recipients.length);
  for (let at = 0; at < recipients.length; at += 1_000) {
    await boss.insert("digests", recipients.slice(at, at + 1_000).map((data) => ({ data })));
  }
  const options = {
    ...{ batchSize: 100, localConcurrency: 2, pollingIntervalSeconds: 0.5 },
    burstWhenBatchFull: true,
  };
  await boss.work<Recipient>("digests", options, async (jobs) => {
    const sent = await Promise.all(jobs.map(({ data }) => sendDigest(data)));
    for (const each of sent) over(each);
  });
  return await all;
});
