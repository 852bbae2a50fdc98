import { openDatabase } from "../db/client.ts";
import { mail } from "../jobs/sweep.ts";
import { morning } from "./mornings.ts";
import { measureSending, sinkSender, wording } from "./sending.ts";

// A morning of digests as the service sends it: composed, claimed, leased, rendered, handed over and noted.

const [url, sink, authToken] = Deno.args as [string, string, string?];
const db = await openDatabase({ url, authToken });
const parts = { ...wording, db, sendEmail: sinkSender(sink), now: () => morning };
const report = (what: string, error: unknown) => {
  throw new Error(what, { cause: error });
};
await measureSending(async () => (await mail({ ...parts, report })).sent);
