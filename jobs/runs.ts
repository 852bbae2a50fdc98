import { noteRun } from "../db/runs.ts";
import type { Database } from "../db/client.ts";
import { logText } from "../domain/errors.ts";
import type { Job } from "../domain/runs.ts";

type Counts = Record<string, number>;

/** A function that does a job and notes when it ran, how long it took and what it did; it throws what the job throws. */
export function noting(
  { db, now }: { db: Database; now: () => number },
  job: Job,
  // A job that runs many times a minute need not write as often. In milliseconds.
  { atMostEvery = 0 }: { atMostEvery?: number } = {},
) {
  let notedAt = -Infinity;
  return async <Did extends Counts>(work: () => Promise<Did>): Promise<Did> => {
    const startedAt = now();
    const note = (did: Counts, problem: string | null) => {
      notedAt = startedAt;
      return noteRun(db, { job, startedAt, took: now() - startedAt, did, problem });
    };
    try {
      const did = await work();
      // Also when the clock was put back.
      if (Math.abs(startedAt - notedAt) >= atMostEvery) await note(did, null);
      return did;
    } catch (error) {
      await note({}, logText(error));
      throw error;
    }
  };
}
