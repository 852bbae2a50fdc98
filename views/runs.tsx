import { isLate, type Job, jobIds, jobs, nextRunAt, type Run } from "../domain/runs.ts";
import { numberText } from "./counted.ts";
import { Moment } from "./times.tsx";

interface Clock {
  /** Since when a job is expected that never ran. */
  openedAt: number;
  zone: string;
  now: number;
}

/** The jobs that the clock starts: when each last ran, how that went, and when it runs next. */
export function Jobs({ runs, ...clock }: { runs: Run[] } & Clock) {
  const last = new Map(runs.map((run) => [run.job, run]));
  return (
    <section>
      <h2>Jobs</h2>
      <ul role="list">
        {jobIds.map((job) => <JobRow job={job} run={last.get(job)} {...clock} />)}
      </ul>
    </section>
  );
}

function JobRow({ job, run, openedAt, zone, now }: { job: Job; run: Run | undefined } & Clock) {
  return (
    <li class="row plain">
      <p class="sentence">
        <strong>{jobs[job].label}</strong>{" "}
        {isLate(run ?? { job, startedAt: openedAt }, now) && (
          <strong class="failed">
            is late
          </strong>
        )}
      </p>
      <p class="row-note">
        {run ? <LastRun run={run} zone={zone} now={now} /> : "Did not run yet. "}
        Next: <Moment at={nextRunAt(job, now)} zone={zone} now={now} />.
      </p>
    </li>
  );
}

function LastRun({ run, zone, now }: { run: Run } & Omit<Clock, "openedAt">) {
  return (
    <>
      Last run <Moment at={run.startedAt} zone={zone} now={now} />, in {numberText(run.took)} ms:
      {" "}
      {run.problem === null
        ? didText(run.did)
        : <span class="failed">it broke off, {run.problem}</span>}.{" "}
    </>
  );
}

/** "composed 12, sent 12", or that there was nothing to do. */
function didText(did: Record<string, number>): string {
  const done = Object.entries(did).filter(([, count]) => count > 0);
  return done.map(([what, count]) => `${what} ${numberText(count)}`).join(", ") || "nothing to do";
}
