import { frequencies, type Frequency } from "../domain/catalogue.ts";
import {
  type EmailProgress,
  type EmailStanding,
  emailStates,
  progressText,
  type Waiting,
} from "../domain/email_states.ts";
import { Days } from "./days.tsx";
import { timeText, When } from "./times.tsx";

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
  return (
    <Days
      items={emails}
      at={cameAt}
      row={(email) => <EmailRow email={email} reader={reader} now={now} />}
      zone={reader.zone}
      now={now}
    />
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
        <When at={at} zone={zone} text={timeText(at, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          <a href={`/emails/${id}`} dir="auto">
            {subject ?? `${frequencies[frequency]}: ${eventsText(count)}`}
          </a>
        </p>
        <p class={neverCame.has(state) ? "row-note failed" : "row-note"}>
          {emailStates[state]} · {frequencies[frequency]} · {eventsText(count)}
          {progress && ` · ${progress}`}
        </p>
      </div>
    </li>
  );
}

const neverCame = new Set<EmailStanding>(["failed", "refused"]);

/** "one event", "12 events". */
export function eventsText(count: number): string {
  return count === 1 ? "one event" : `${count} events`;
}

function cameAt({ sentAt, composedAt }: HistoryEmail): number {
  return sentAt ?? composedAt;
}
