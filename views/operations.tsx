import { frequencies } from "../domain/catalogue.ts";
import { type EmailStanding, emailStates } from "../domain/email_states.ts";
import type { Frequency } from "../domain/catalogue.ts";
import { isLate, type Job, jobs, nextRunAt, type Run } from "../domain/runs.ts";
import { Bars } from "./bars.tsx";
import { counted, numberText } from "./counted.ts";
import { Page, type Shell } from "./page.tsx";
import { Moment } from "./times.tsx";

interface Problem {
  problem: string;
  state: EmailStanding;
  emails: number;
}

interface Troubled extends Omit<Problem, "emails"> {
  id: string;
  reader: string;
  account: string;
  frequency: Frequency;
  composedAt: number;
  sendAt: number;
  attempts: number;
}

interface OperationsProps {
  runs: Run[];
  queue: { waiting: number; due: number; oldest: number | null };
  late: { digests: number; oldest: number | null };
  problems: Problem[];
  troubled: Troubled[];
  sent: number[];
  received: number[];
  zone: string;
  now: number;
}

type Clock = Pick<OperationsProps, "zone" | "now">;

/** How the service is doing: its jobs, what waits, what came in and went out, and what did not arrive. */
export function OperationsPage(
  { shell, message, ...props }: OperationsProps & { shell: Shell; message?: string | undefined },
) {
  return (
    <Page shell={shell} title="Operations" message={message}>
      <section class="panel" aria-labelledby="operations-heading">
        <header>
          <h1 id="operations-heading">Operations</h1>
          <p class="panel-note">
            As of <Moment at={props.now} zone={props.zone} now={props.now} />.{" "}
            <a href="/operations">Look again</a> <a href="/explorer">Event explorer</a>
          </p>
        </header>
        <Waiting {...props} />
        <Jobs {...props} />
        <LastDay {...props} />
        <Problems problems={props.problems} />
        <TroubledEmails {...props} />
      </section>
    </Page>
  );
}

function Waiting({ queue, late, zone, now }: OperationsProps) {
  return (
    <>
      <p>
        {queue.waiting === 0
          ? "Everything that was composed is sent."
          : `${counted(queue.waiting, "email")} waiting, ${
            numberText(queue.due)
          } of them could go now.`}
        {queue.oldest !== null && (
          <>
            {" "}The oldest of those was composed{" "}
            <Moment at={queue.oldest} zone={zone} now={now} />.
          </>
        )}
      </p>
      {late.oldest !== null && (
        <p class="notice notice-failed">
          {counted(late.digests, "digest")} should have been composed; the first was due{" "}
          <Moment at={late.oldest} zone={zone} now={now} />.
        </p>
      )}
    </>
  );
}

function Jobs({ runs, zone, now }: OperationsProps) {
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

function LastDay({ sent, received }: OperationsProps) {
  return (
    <>
      <h2>The last 24 hours</h2>
      <HourBars counts={received} noun="event" verb="came in" />
      <HourBars counts={sent} noun="email" verb="left" />
    </>
  );
}

function HourBars({ counts, noun, verb }: { counts: number[]; noun: string; verb: string }) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const label = `${counted(Math.max(...counts), noun)} in the busiest hour`;
  return (
    <>
      <p>{`${counted(total, noun)} ${verb}`}</p>
      <Bars counts={counts} label={label} />
    </>
  );
}

function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) {
    return (
      <p class="hint">Nothing failed in the last seven days, and nothing waits for a provider.</p>
    );
  }
  return (
    <table class="figures">
      <caption>What keeps mail back, or kept it from arriving</caption>
      <thead>
        <tr>
          <th scope="col">Why</th>
          <th scope="col">State</th>
          <th scope="col" class="figure">Emails</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ problem, state, emails }) => (
          <tr>
            <th scope="row">{problem || "Its mail server did not say"}</th>
            <td>{emailStates[state]}</td>
            <td class="figure">{numberText(emails)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TroubledEmails({ troubled, zone, now }: OperationsProps) {
  if (troubled.length === 0) return null;
  return (
    <table class="figures">
      <caption>The newest of them</caption>
      <thead>
        <tr>
          <th scope="col">For</th>
          <th scope="col">Composed</th>
          <th scope="col">State</th>
          <th scope="col">
            <span class="hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {troubled.map((email) => <TroubledRow email={email} zone={zone} now={now} />)}
      </tbody>
    </table>
  );
}

function TroubledRow({ email, zone, now }: { email: Troubled } & Clock) {
  const { reader, account, frequency, composedAt, state, attempts } = email;
  return (
    <tr>
      <th scope="row">
        {reader}, {account}
      </th>
      <td>
        {frequencies[frequency]}, <Moment at={composedAt} zone={zone} now={now} />
      </td>
      <td>
        {emailStates[state]}, {attempts === 1 ? "tried once" : `tried ${attempts} times`}
      </td>
      <td>
        <Again email={email} />
      </td>
    </tr>
  );
}

/** The way to try one again: what waits at once, what the provider refused anew. What arrived somewhere stays as it is. */
function Again({ email: { id, state, reader } }: { email: Troubled }) {
  if (state !== "queued" && state !== "failed") return null;
  const [path, label] = state === "queued" ? ["retry", "Try now"] : ["resending", "Send again"];
  return (
    <form method="post" action={`/operations/emails/${id}/${path}?_method=PUT`}>
      <button type="submit" aria-label={`${label}, for ${reader}`}>{label}</button>
    </form>
  );
}
