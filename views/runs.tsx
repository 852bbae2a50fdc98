import { isLate, type Job, jobs, nextRunAt, type Run } from "../domain/runs.ts";
import { numberText } from "./counted.ts";
import { Moment } from "./times.tsx";

interface Clock {
  zone: string;
  now: number;
}

/** The jobs that the clock starts: when each last ran, how that went, and when it runs next. */
export function Jobs({ runs, zone, now }: { runs: Run[] } & Clock) {
  const last = new Map(runs.map((run) => [run.job, run]));
  return (
    <table class="figures">
      <caption>Jobs</caption>
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">Last run</th>
          <th scope="col" class="figure">Took</th>
          <th scope="col">Did</th>
          <th scope="col">Next</th>
        </tr>
      </thead>
      <tbody>
        {jobIds.map((job) => <JobRow job={job} run={last.get(job)} zone={zone} now={now} />)}
      </tbody>
    </table>
  );
}

const jobIds = Object.keys(jobs).filter((id): id is Job => id in jobs);

function JobRow({ job, run, zone, now }: { job: Job; run: Run | undefined } & Clock) {
  return (
    <tr>
      <th scope="row">{jobs[job].label}</th>
      <td>
        {run ? <Moment at={run.startedAt} zone={zone} now={now} /> : "Not yet"}
        {run && isLate(run, now) && <strong class="failed">, late</strong>}
      </td>
      <td class="figure">{run && `${numberText(run.took)} ms`}</td>
      <td>
        {run &&
          (run.problem === null ? didText(run.did) : <span class="failed">{run.problem}</span>)}
      </td>
      <td>
        <Moment at={nextRunAt(job, now)} zone={zone} now={now} />
      </td>
    </tr>
  );
}

/** "composed 12, sent 12", or that there was nothing to do. */
function didText(did: Record<string, number>): string {
  const done = Object.entries(did).filter(([, count]) => count > 0);
  return done.map(([what, count]) => `${what} ${numberText(count)}`).join(", ") || "nothing to do";
}
