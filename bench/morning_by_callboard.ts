import { openDatabase } from "../db/client.ts";
import { paced } from "../jobs/pace.ts";
import { mail } from "../jobs/sweep.ts";
import { morning } from "./mornings.ts";
import { measureSending, sinkSender, wording } from "./sending.ts";

// A morning of digests as the service sends it: composed, claimed, leased, rendered, handed over and noted.

/** What else a morning may differ in. */
export interface MorningOptions {
  authToken?: string;
  /** When it is, in milliseconds. */
  at?: number;
  /** As SEND_CONCURRENCY and SEND_RATE. */
  sendConcurrency?: number;
  sendRate?: number;
}

const [url, sink, options = "{}"] = Deno.args as [string, string, string?];
const { authToken, at = morning, sendConcurrency = 50, sendRate = 10_000 }: MorningOptions = JSON
  .parse(options);
const db = await openDatabase({ url, authToken });
const sendEmail = paced(sinkSender(sink), sendRate);
const parts = { ...wording, db, sendEmail, sendConcurrency, now: () => at };
const report = (what: string, error: unknown) => {
  throw new Error(what, { cause: error });
};
await measureSending(async () => (await mail({ ...parts, report })).sent);
