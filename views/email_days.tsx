import { frequencies, type Frequency } from "../domain/catalogue.ts";
import {
  type EmailProgress,
  emailStates,
  progressText,
  type Waiting,
} from "../domain/email_states.ts";
import { clockText, dateText, dayText, When } from "./times.tsx";

/** An email of the history, in a line. */
export interface HistoryEmail extends EmailProgress {
  id: string;
  frequency: Frequency;
  /** As it was sent; null for one that was not. */
  subject: string | null;
  count: number;
}

interface EmailDaysProps {
  emails: HistoryEmail[];
  reader: Waiting;
  now: number;
}

/** Emails under the days on which they came. */
export function EmailDays({ emails, reader, now }: EmailDaysProps) {
  const days = Map.groupBy(emails, (email) => dateText(cameAt(email), reader.zone));
  return (
    <>
      {[...days].map(([date, ofDay]) => (
        <section class="group" aria-labelledby={`day-${date}`}>
          <header class="group-head">
            <h2 id={`day-${date}`}>{dayText(cameAt(ofDay[0]!), reader.zone, now)}</h2>
          </header>
          <ul role="list">
            {ofDay.map((email) => <EmailRow email={email} reader={reader} now={now} />)}
          </ul>
        </section>
      ))}
    </>
  );
}

function EmailRow({ email, reader, now }: { email: HistoryEmail; reader: Waiting; now: number }) {
  const { id, frequency, state, subject, count } = email;
  const { zone } = reader;
  const at = cameAt(email);
  const progress = progressText(email, reader, now);
  return (
    <li class="row event">
      <span class="event-time">
        <When at={at} zone={zone} text={clockText(at, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          <a href={`/emails/${id}`} dir="auto">
            {subject ?? `${frequencies[frequency]}: ${eventsText(count)}`}
          </a>
        </p>
        <p class={state === "failed" ? "row-note failed" : "row-note"}>
          {emailStates[state]}, {eventsText(count)}
          {progress && `. ${progress}`}
        </p>
      </div>
      <span class="row-kind">{frequencies[frequency]}</span>
    </li>
  );
}

/** "one event", "12 events". */
export function eventsText(count: number): string {
  return count === 1 ? "one event" : `${count} events`;
}

function cameAt({ sentAt, composedAt }: HistoryEmail): number {
  return sentAt ?? composedAt;
}
