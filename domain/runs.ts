// The jobs that the clock starts, and how to tell that one of them does not run any more.

const minute = 60_000;
const hour = 60 * minute;

export type Job = "mail" | "clean-up";

interface Timetable {
  label: string;
  /** How often it runs, and how long after the full hour or minute, in milliseconds. */
  every: number;
  past: number;
  /** How long it may stay away until something is wrong, in milliseconds. */
  patience: number;
}

export const jobs: Record<Job, Timetable> = {
  mail: { label: "Composing and sending", every: minute, past: 0, patience: 2 * minute },
  "clean-up": { label: "Cleaning up", every: hour, past: 17 * minute, patience: 2 * hour },
};

/** The last run of a job. */
export interface Run {
  job: Job;
  startedAt: number;
  /** Milliseconds. */
  took: number;
  /** How much it did, by what it did. */
  did: Record<string, number>;
  /** Why it broke off, or null. */
  problem: string | null;
}

/** When a job runs next, in milliseconds. */
export function nextRunAt(job: Job, now: number): number {
  const { every, past } = jobs[job];
  return Math.floor((now - past) / every) * every + every + past;
}

/** Whether a job should have run again by now. */
export function isLate({ job, startedAt }: Pick<Run, "job" | "startedAt">, now: number): boolean {
  return now - startedAt > jobs[job].patience;
}

/** One line for each job that should have run again by now, for whoever watches the service from outside. */
export function lateText(runs: readonly Pick<Run, "job" | "startedAt">[], now: number): string {
  return runs.filter((run) => isLate(run, now))
    .map(({ job, startedAt }) => `late: ${job} ran last at ${new Date(startedAt).toISOString()}\n`)
    .join("");
}
