import { temporaryDatabase } from "../e2e/database.ts";
import type { Limit } from "./measure.ts";
import { settle } from "./mornings.ts";
import { sentBy, startSink } from "./processes.ts";

/** How long a provider takes to answer, in milliseconds, and how much of an hour 100,000 emails may take then, in percent. */
export interface Provider {
  answers: string;
  delay: number;
  share: number;
}

export const providers: Provider[] = [
  { answers: "at once", delay: 0, share: 2 },
  { answers: "after 200 ms", delay: 200, share: 20 },
];

const hour = 3_600;
const peak = 100_000;

/** How fast digests are composed and leave, by the rate that a morning of 100,000 needs. */
export async function sending(): Promise<Limit[]> {
  const lines: Limit[] = [];
  for (const { answers, delay, share } of providers) {
    const { db, url, close } = await temporaryDatabase();
    await settle(db, { accounts: 150, people: 20, notifications: 3, events: 3_000 });
    await using sink = await startSink(delay);
    const { emails, seconds } = await sentBy("morning_by_callboard", [url, sink.url]);
    await close();
    lines.push({
      work: `3,000 daily digests, a provider that answers ${answers}`,
      ...{ unit: "emails/s", value: emails / seconds, limit: peak / (hour * share / 100) },
      should: "reach",
    });
  }
  return lines;
}
