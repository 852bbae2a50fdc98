import { eventTypeLabel, type Frequency } from "../domain/catalogue.ts";
import type { EmailStanding } from "../domain/email_states.ts";
import type { Event } from "../domain/events.ts";
import { factsOf } from "../domain/facts.ts";
import type { Upcoming } from "../domain/upcoming.ts";
import { RequestLink } from "./events.tsx";
import { Page, type Shell } from "./page.tsx";
import { Moment } from "./times.tsx";
import { DueMoment } from "./upcoming.tsx";
import { type Answered, Verdicts } from "./verdicts.tsx";

/** An email that told an event, or would have. */
export interface Telling {
  id: string;
  frequency: Frequency;
  state: EmailStanding;
  composedAt: number;
  sentAt: number | null;
  problem: string | null;
}

interface Reader {
  zone: string;
  pausedUntil: number | null;
}

interface EventProps {
  event: Event;
  /** Every email about it, the oldest first; `told` leaves out what was taken back. */
  emails: Telling[];
  told: Telling[];
  upcoming: Upcoming | undefined;
  /** The notifications of its type, and what became of it in each. */
  answered: Answered[];
  /** How many notifications are about other types. */
  others: number;
  /** Whether the reader's roles show events of this type. */
  isVisible: boolean;
  reader: Reader;
  now: number;
}

/** One event, whether and how its reader was told, and what each notification made of it. */
export function EventPage({ shell, ...props }: EventProps & { shell: Shell }) {
  const label = eventTypeLabel(props.event.type);
  return (
    <Page shell={shell} title={label}>
      <article class="panel prose" aria-labelledby="event-heading">
        <header>
          <p class="panel-note">
            <a href="/">What happened</a>
          </p>
          <h1 id="event-heading">{label}</h1>
          {props.isVisible && <EventText event={props.event} />}
          <p class="panel-note">
            Happened <Moment at={props.event.time} zone={props.reader.zone} now={props.now} />
          </p>
        </header>
        <section aria-labelledby="told-heading">
          <h2 id="told-heading">Were you told?</h2>
          <Told {...props} />
        </section>
        <section aria-labelledby="why-heading">
          <h2 id="why-heading">Why, or why not</h2>
          <Verdicts {...props} zone={props.reader.zone} />
        </section>
      </article>
    </Page>
  );
}

/** What the event says: title, request, summary, and the fields that conditions ask for. */
export function EventText({ event }: { event: Event }) {
  const { title, summary } = event.data;
  return (
    <>
      <p>
        <span dir="auto">{title?.name}</span> <RequestLink event={event} />
      </p>
      {summary && <p dir="auto">{summary}</p>}
      <p class="hint">
        {factsOf(event).map(({ label, text }) => `${capitalized(label)}: ${text}`).join(" · ")}
      </p>
    </>
  );
}

function Told({ told, emails, upcoming, reader, now }: EventProps) {
  if (told.length > 0) {
    return <>{told.map((email) => <ToldBy email={email} reader={reader} now={now} />)}</>;
  }
  const takenBack = emails.at(-1);
  return (
    <>
      {upcoming ? <Coming upcoming={upcoming} reader={reader} now={now} /> : <p>No.</p>}
      {takenBack && (
        <p>
          <a href={`/emails/${takenBack.id}`}>An email about it</a>{" "}
          was taken back before it was sent
          {takenBack.problem && `: ${takenBack.problem}`}.
        </p>
      )}
    </>
  );
}

function ToldBy({ email, reader, now }: { email: Telling; reader: Reader; now: number }) {
  const { id, frequency, state, sentAt, composedAt } = email;
  const at = sentAt ?? composedAt;
  return (
    <p>
      {answers[state]}: <a href={`/emails/${id}`}>{emailName(frequency)}</a>,{" "}
      <Moment at={at} zone={reader.zone} now={now} />.
    </p>
  );
}

/** Whether somebody was told, by what became of the email. */
export const answers: Record<EmailStanding, string> = {
  ...{ queued: "On its way", sent: "Yes", canceled: "Taken back", "given up": "Given up" },
  failed: "No, the mail provider refused it",
  ...{ delayed: "Yes, but your mail server did not take it at once", delivered: "Yes" },
  ...{ refused: "No, your mail server refused it", complained: "Yes" },
};

function Coming({ upcoming, reader, now }: { upcoming: Upcoming; reader: Reader; now: number }) {
  const { frequency, at } = upcoming;
  const isPaused = reader.pausedUntil !== null && reader.pausedUntil > now;
  return (
    <p>
      Not yet. <a href={`/history/${frequency}`}>{capitalized(emailName(frequency))}</a> brings it
      {" "}
      <DueMoment at={at} zone={reader.zone} now={now} />
      {isPaused && ", after the pause of all your mail"}.
    </p>
  );
}

/** "an immediate email", "your daily email". */
export function emailName(frequency: Frequency): string {
  return frequency === "immediately" ? "an immediate email" : `your ${frequency} email`;
}

function capitalized(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
