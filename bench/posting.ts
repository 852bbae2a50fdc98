import { openDatabase } from "../db/client.ts";
import type { Email } from "../domain/email.ts";
import { digestsFrom, recipientsDue } from "./peers/recipients.ts";
import { measureSending, sinkSender } from "./sending.ts";

// What nobody can save who sends one POST for each email: the POSTs alone, of emails that are ready made.

const [url, sink, limit] = Deno.args as [string, string, string];
const db = await openDatabase({ url });
const emails: Email[] = [];
const collect = digestsFrom(db, (email) => Promise.resolve(emails.push(email)));
for (const recipient of await recipientsDue(db, Number(limit))) await collect(recipient);
const send = sinkSender(sink);

/** So that it warms up no more than the whole morning does. */
const rounds = 6;

await measureSending(async () => {
  const left = Array.from({ length: rounds }, () => emails).flat().values();
  const keepPosting = async () => {
    for (const email of left) await send(email, { number: 1 });
  };
  await Promise.all(Array.from({ length: 50 }, keepPosting));
  return rounds * emails.length;
});
