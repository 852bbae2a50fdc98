import { type JobHelpers, Logger, makeWorkerUtils, run } from "graphile-worker";
import { measureSending } from "../sending.ts";
import { jobsToCome, peerArguments, recipientOf } from "./recipients.ts";

// graphile-worker as its page on performance has it: `addJobs` in thousands, 50 jobs at a time and a connection for each,
// a local queue of 500, and completions gathered. It deletes what is done, so each job leaves a row as history.

const { sendDigest, server: connectionString, recipients } = await peerArguments();
const logger = new Logger(() => () => {});
const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();
await utils.withPgClient((client) =>
  client.query("CREATE TABLE history (user_id text, sent boolean, at timestamptz)")
);

await measureSending(async () => {
  const { over, all } = jobsToCome(recipients.length);
  async function digest(payload: unknown, { query }: JobHelpers): Promise<void> {
    const recipient = recipientOf.parse(payload);
    const sent = await sendDigest(recipient);
    await query("INSERT INTO history VALUES ($1, $2, now())", [recipient.userId, sent]);
    over(sent);
  }
  await run({
    ...{ connectionString, logger, taskList: { digest }, noHandleSignals: true },
    preset: {
      worker: {
        ...{ concurrentJobs: 50, maxPoolSize: 52, localQueue: { size: 500 } },
        ...{ completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
    },
  });
  for (let at = 0; at < recipients.length; at += 1_000) {
    await utils.addJobs(
      recipients.slice(at, at + 1_000)
        .map((payload) => ({ identifier: "digest", payload, maxAttempts: 5 })),
    );
  }
  return await all;
});
