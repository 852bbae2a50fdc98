import { sql } from "drizzle-orm";
import type { Run } from "../domain/runs.ts";
import type { Database } from "./client.ts";

/** Notes a run of a job; an older one that ends later does not hide it. */
export async function noteRun(db: Database, { job, startedAt, took, did, problem }: Run) {
  await db.run(sql`
    INSERT INTO runs (job, started_at, took, did, problem)
    VALUES (${job}, ${startedAt}, ${took}, ${JSON.stringify(did)}, ${problem})
    ON CONFLICT (job) DO UPDATE
    SET started_at = excluded.started_at, took = excluded.took, did = excluded.did,
      problem = excluded.problem
    WHERE excluded.started_at >= started_at`);
}

/** The query for the last run of each job. */
export function runsQuery(db: Database) {
  return db.all<Omit<Run, "did"> & { did: string }>(sql`
    SELECT job, started_at AS startedAt, took, did, problem FROM runs`);
}
