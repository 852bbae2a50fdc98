import { type DigestTimes, nextDigestText } from "../domain/schedule.ts";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { clockText, dateText, When } from "./times.tsx";
import { ZoneSelect } from "./zone_select.tsx";

interface Reader extends DigestTimes {
  pausedUntil: number | null;
}

interface ScheduleProps {
  shell: Shell;
  reader: Reader;
  now: number;
  done?: "times" | "paused" | "resumed";
  /** What was typed as the end of a pause, and what is wrong with it. */
  until?: string;
  problem?: string;
}

/** When digests come, and how long no mail should. */
export function SchedulePage(props: ScheduleProps) {
  const { shell, reader, now, done } = props;
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
        <TimesForm reader={reader} now={now} />
        <PauseForm {...props} />
      </section>
    </Page>
  );
}

function DoneMessage(
  { done, reader, now }: { done: string; reader: Reader; now: number },
) {
  if (done === "times") {
    return <Message>Saved. It is {clockText(now, reader.zone)} there now.</Message>;
  }
  if (done === "paused" && reader.pausedUntil !== null) {
    const text = nextDigestText(reader.pausedUntil, reader.zone, now);
    return <Message>All mail is paused until {text}</Message>;
  }
  return <Message>Mail comes again. The next email catches up.</Message>;
}

function TimesForm({ reader, now }: { reader: Reader; now: number }) {
  return (
    <form class="stack section" method="post" action="/schedule/times?_method=PUT">
      <h2>Digests</h2>
      <div class="field-block">
        <label for="zone">Time zone</label>
        <ZoneSelect zone={reader.zone} />
        <p class="hint">It is {clockText(now, reader.zone)} there now.</p>
      </div>
      <div class="field-row">
        <div class="field-block">
          <label for="digest-hour">Hour, daily and weekly</label>
          <select id="digest-hour" name="digestHour">
            {hours.map((hour) => (
              <option value={hour} selected={hour === reader.digestHour}>
                {`${String(hour).padStart(2, "0")}:00`}
              </option>
            ))}
          </select>
        </div>
        <div class="field-block">
          <label for="digest-weekday">Day, weekly</label>
          <select id="digest-weekday" name="digestWeekday">
            {weekdays.map((weekday, index) => (
              <option value={index + 1} selected={index + 1 === reader.digestWeekday}>
                {weekday}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p class="hint">
        Hourly digests come at every full hour. A digest without news does not come.
      </p>
      <div>
        <button type="submit" class="primary">Save</button>
      </div>
    </form>
  );
}

const day = 86_400_000;

function PauseForm({ reader, now, until, problem }: ScheduleProps) {
  const { pausedUntil, zone } = reader;
  const isPaused = pausedUntil !== null && pausedUntil > now;
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
            value={until ?? (isPaused ? dateText(pausedUntil, zone) : undefined)}
            aria-invalid={problem ? "true" : undefined}
            aria-describedby={problem ? "problem-until" : undefined}
            autofocus={problem !== undefined}
          />
          {problem && <p id="problem-until" class="problem" role="alert">{problem}</p>}
        </div>
        <div>
          <button type="submit">{isPaused ? "Change the pause" : "Pause all mail"}</button>
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

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
