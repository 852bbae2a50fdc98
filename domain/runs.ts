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

export const jobIds = Object.keys(jobs).filter((id): id is Job => id in jobs);

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

/** What is known of when a job ran. */
export type Beginning = Pick<Run, "job" | "startedAt">;

/** Whether a job should have run again by now. */
export function isLate({ job, startedAt }: Beginning, now: number): boolean {
  return now - startedAt > jobs[job].patience;
}

/** The jobs that should have run by now, for whoever watches the service from outside: a line each. One that never ran is expected since `openedAt`, when the service began. */
export function lateText(
  runs: readonly Beginning[],
  { openedAt, now }: { openedAt: number; now: number },
): string {
  return jobIds.map((job) => {
    const ran = runs.find((run) => run.job === job);
    if (!isLate(ran ?? { job, startedAt: openedAt }, now)) return "";
    const words = ran
      ? `ran last at ${clock(ran.startedAt)}`
      : `never ran since ${clock(openedAt)}`;
    return `late: ${job} ${words}\n`;
  }).join("");
}

function clock(instant: number): string {
  return new Date(instant).toISOString();
}
