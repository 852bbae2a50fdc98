import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/** For how many milliseconds; whoever ends before the look is over keeps others waiting no longer than that. */
const claim = 60_000;

/** Keeps other processes from beginning to compose for an account, for a minute from `now`. What they have begun may still come first. */
export async function claimAccount(db: Database, accountId: string, now: number): Promise<void> {
  await db.run(sql`UPDATE accounts SET claimed_until = ${now + claim} WHERE id = ${accountId}`);
}

/** Lets every process compose for the account again. */
export async function releaseAccount(db: Database, accountId: string): Promise<void> {
  await db.run(sql`UPDATE accounts SET claimed_until = NULL WHERE id = ${accountId}`);
}
