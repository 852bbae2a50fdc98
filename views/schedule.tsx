import { frequencies, type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import type { Problem } from "../domain/errors.ts";
import { type DigestFrequency, type MailTimes, nextDigestText } from "../domain/schedule.ts";
import { type OptOut, optOutText } from "../domain/opt_outs.ts";
import { LastNote } from "./coverage.tsx";
import { MailTimesForm } from "./mail_times.tsx";
import { Message } from "./messages.tsx";
import { NextEmail } from "./next_email.tsx";
import { Page, type Shell } from "./page.tsx";
import { clockText, dateText, When } from "./times.tsx";

interface Reader extends MailTimes {
  pausedUntil: number | null;
  optOuts: OptOut[];
  account: { name: string };
}

interface ScheduleProps {
  shell: Shell;
  reader: Reader;
  /** The frequencies at which something was asked for. */
  asked: ReadonlySet<Frequency>;
  /** The deadline types that nobody else of the account hears about. */
  last: string[];
  nextDigests: Map<DigestFrequency, number>;
  now: number;
  done?: "times" | "paused" | "resumed" | "listening";
  /** What was chosen and could not be saved, by field, and what is wrong with it. */
  typed?: Record<string, string | File>;
  problems?: Problem[];
}

/** When mail comes, and how long none should. */
export function SchedulePage(props: ScheduleProps) {
  const { shell, reader, now, done, typed, problems } = props;
  return (
    <Page
      shell={shell}
      title="When mail comes"
      message={done && <DoneMessage done={done} reader={reader} now={now} />}
    >
      <section class="panel narrow" aria-labelledby="schedule-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href="/notifications">Email notification settings</a>
            </p>
            <h1 id="schedule-heading">When mail comes</h1>
          </div>
        </header>
        <NextEmails {...props} />
        <MailTimesForm times={reader} typed={typed} problems={problems} now={now} />
        <PauseForm {...props} />
        {reader.optOuts.length > 0 && <OptOuts optOuts={reader.optOuts} />}
        <Transfers />
      </section>
    </Page>
  );
}

function DoneMessage(
  { done, reader, now }: { done: string; reader: Reader; now: number },
) {
  if (done === "times") return <Message>Saved. It is now {clockText(now, reader.zone)}.</Message>;
  if (done === "paused" && reader.pausedUntil !== null) {
    const text = nextDigestText(reader.pausedUntil, reader.zone, now);
    return <Message>All mail is paused until {text}</Message>;
  }
  if (done === "listening") return <Message>What comes newly is no longer muted.</Message>;
  return <Message>Mail comes again. The next email catches up.</Message>;
}

/** What the settings below amount to, as they are saved. */
function NextEmails({ asked, ...props }: ScheduleProps) {
  const shown = frequencyOrder.filter((frequency) => asked.has(frequency));
  return (
    <section class="stack section" aria-labelledby="next-heading">
      <h2 id="next-heading">What comes next</h2>
      {shown.length === 0 && <p>No mail: no notification of yours is active.</p>}
      <ul role="list">
        {shown.map((frequency) => (
          <li>
            <strong>{frequencies[frequency]}</strong>{" "}
            <span class="group-next">
              <NextEmail {...props} frequency={frequency} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const day = 86_400_000;

function PauseForm({ reader, last, now, typed, problems }: ScheduleProps) {
  const { pausedUntil, zone } = reader;
  const isPaused = pausedUntil !== null && pausedUntil > now;
  const problem = problems?.find(({ field }) => field === "until")?.message;
  return (
    <section class="stack section" aria-labelledby="pause-heading">
      <h2 id="pause-heading">Pause</h2>
      <p>
        {isPaused
          ? (
            <>
              All mail is paused until{" "}
              <When at={pausedUntil} zone={zone} text={nextDigestText(pausedUntil, zone, now)} />.
            </>
          )
          : "Going away? No mail comes until the day that you choose."}{" "}
        Nothing is lost: the first email afterwards catches up.
      </p>
      <form class="stack" method="post" action="/schedule/pause?_method=PUT" novalidate>
        <div class="field-block">
          <label for="until">Mail comes again on</label>
          <input
            id="until"
            name="until"
            type="date"
            min={dateText(now + day, zone)}
            value={typed?.until?.toString() ?? (isPaused ? dateText(pausedUntil, zone) : undefined)}
            aria-invalid={problem ? "true" : undefined}
            aria-describedby={problem ? "problem-until" : undefined}
            autofocus={problem !== undefined}
          />
          {problem && <p id="problem-until" class="problem" role="alert">{problem}</p>}
        </div>
        <LastNote id="last" account={reader.account.name} types={last} />
        <div>
          <button type="submit" aria-describedby={last.length > 0 ? "last" : undefined}>
            {isPaused ? "Change the pause" : "Pause all mail"}
          </button>
        </div>
      </form>
      {isPaused && (
        <form method="post" action="/schedule/pause?_method=DELETE">
          <button type="submit">Resume now</button>
        </form>
      )}
    </section>
  );
}

function Transfers() {
  return (
    <section class="stack section" aria-labelledby="transfers-heading">
      <h2 id="transfers-heading">Your notifications as a file</h2>
      <p>Keep the Custom ones, or bring them from another account of yours.</p>
      <div>
        <a class="button" href="/notifications/export" download>Export</a>{" "}
        <a class="button" href="/notifications/import">Import</a>
      </div>
    </section>
  );
}

function OptOuts({ optOuts }: { optOuts: OptOut[] }) {
  return (
    <section class="stack section" aria-labelledby="opt-outs-heading">
      <h2 id="opt-outs-heading">Unsubscribed</h2>
      <p>
        What a new role or a new event type brings of this arrives muted. Ending it unmutes nothing
        that is there.
      </p>
      {optOuts.map((optOut) => (
        <form method="post" action={`/schedule/opt-outs/${optOut}?_method=DELETE`}>
          <button type="submit">End for {optOutText(optOut)}</button>
        </form>
      ))}
    </section>
  );
}
