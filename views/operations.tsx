import type { Run } from "../domain/runs.ts";
import type { Trouble, Troubled } from "../domain/troubles.ts";
import { Bars } from "./bars.tsx";
import { counted, numberText } from "./counted.ts";
import { Page, type Shell } from "./page.tsx";
import { Jobs } from "./runs.tsx";
import { Moment } from "./times.tsx";
import { Problems, TroubledEmails } from "./troubled.tsx";

interface OperationsProps {
  runs: Run[];
  /** Since when a job is expected that never ran. */
  openedAt: number;
  queue: { waiting: number; due: number; oldest: number | null };
  provider: { lastTook: number | null; failing: number; since: number | null };
  overdue: { emails: number; oldest: number | null };
  late: { digests: number; oldest: number | null };
  problems: Trouble[];
  troubled: Troubled[];
  sent: number[];
  received: number[];
  /** Whether the reader manages accounts and keys. */
  manages: boolean;
  zone: string;
  now: number;
}

/** How the service is doing: its jobs, what waits, what came in and went out, and what did not arrive. */
export function OperationsPage(
  { shell, message, ...props }: OperationsProps & { shell: Shell; message?: string | undefined },
) {
  return (
    <Page shell={shell} title="Operations" message={message}>
      <section class="panel stack" aria-labelledby="operations-heading">
        <header>
          <h1 id="operations-heading">Operations</h1>
          <p class="panel-note">
            As of <Moment at={props.now} zone={props.zone} now={props.now} />.{" "}
            <a href="/operations">Look again</a> <a href="/explorer">Event explorer</a>{" "}
            <a href="/audit">Audit log</a> {props.manages && (
              <>
                <a href="/accounts">Accounts</a> <a href="/keys">Keys</a>
              </>
            )}
          </p>
        </header>
        <Waiting {...props} />
        <Provider {...props} />
        <Overdue {...props} />
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
          ? "No email waits to be sent."
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

function Provider({ provider, zone, now }: OperationsProps) {
  const { lastTook, failing, since } = provider;
  return (
    <>
      {lastTook !== null && (
        <p>
          The mail provider took the last email <Moment at={lastTook} zone={zone} now={now} />.
        </p>
      )}
      {since !== null && (
        <p class="notice notice-failed">
          It does not take {counted(failing, "email")}, the first of them since{" "}
          <Moment at={since} zone={zone} now={now} />. After 48 hours each is given up and comes
          anew.
        </p>
      )}
    </>
  );
}

function Overdue({ overdue: { emails, oldest }, zone, now }: OperationsProps) {
  if (oldest === null) return null;
  return (
    <p class="notice notice-failed">
      {counted(emails, "email")} about deadlines: not known to be delivered in time, the first of
      {" "}
      them by <Moment at={oldest} zone={zone} now={now} />.
    </p>
  );
}

function LastDay({ sent, received }: OperationsProps) {
  return (
    <>
      <h2>The last 24 hours, hour by hour</h2>
      <HourBars counts={received} noun="event" verb="received" />
      <HourBars counts={sent} noun="email" verb="sent" />
    </>
  );
}

function HourBars({ counts, noun, verb }: { counts: number[]; noun: string; verb: string }) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const label = `${counted(Math.max(...counts), noun)} in the busiest hour`;
  return (
    <div>
      <p>{`${counted(total, noun)} ${verb}`}</p>
      <Bars counts={counts} label={label} />
    </div>
  );
}
