import { frequencies, type Frequency } from "../domain/catalogue.ts";
import type { Change } from "../domain/changes.ts";
import type { ToldEvent } from "../domain/compose.ts";
import type { Waiting } from "../domain/email_states.ts";
import { allOf } from "../domain/lists.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { partOf } from "../domain/parts.ts";
import { inTellingOrder, requestStates } from "../domain/requests.ts";
import { ChangeMessage } from "./changes.tsx";
import { eventsText } from "./email_days.tsx";
import { Page, type Shell } from "./page.tsx";
import { ToldEvents } from "./reasons.tsx";
import { Moment } from "./times.tsx";

/** An email that comes if nothing else happens until then. */
export interface UpcomingEmail {
  frequency: Frequency;
  /** Milliseconds since the epoch. */
  at: number;
  /** As it would be, if nothing else happens. */
  subject: string;
  items: ToldEvent[];
}

interface UpcomingProps {
  emails: UpcomingEmail[];
  /** The frequencies whose next digest has nothing to tell yet. */
  idle: Frequency[];
  reader: Waiting;
  now: number;
}

/** What comes next, and when. */
export function UpcomingEmails({ emails, idle, reader, now }: UpcomingProps) {
  return (
    <section class="group" aria-labelledby="next-heading">
      <header class="group-head">
        <h2 id="next-heading">What comes next</h2>
      </header>
      <ul role="list">
        {emails.map((email) => <UpcomingRow email={email} zone={reader.zone} now={now} />)}
      </ul>
      {idle.length > 0 && <p class="group-empty">{idleText(idle)}</p>}
      {emails.length === 0 && idle.length === 0 && (
        <p class="group-empty">
          Nothing waits for you.
        </p>
      )}
    </section>
  );
}

function UpcomingRow({ email, zone, now }: { email: UpcomingEmail; zone: string; now: number }) {
  const { frequency, subject, items, at } = email;
  return (
    <li class="row plain">
      <div class="row-text">
        <p class="sentence">
          <a href={`/history/${frequency}`} dir="auto">{subject}</a>
        </p>
        <p class="row-note">
          Comes <DueMoment at={at} zone={zone} now={now} /> · {frequencies[frequency]} ·{" "}
          {eventsText(items.length)} so far
        </p>
      </div>
    </li>
  );
}

/** When an email comes; what is due already comes with the next minute. */
export function DueMoment({ at, zone, now }: { at: number; zone: string; now: number }) {
  return at > now ? <Moment at={at} zone={zone} now={now} /> : <>any moment</>;
}

function idleText(idle: Frequency[]): string {
  return `Nothing yet for your ${allOf(idle)} email: an empty one is not sent.`;
}

interface UpcomingPageProps {
  shell: Shell;
  frequency: Frequency;
  /** Those that come at this frequency: of immediate mail there may be several. */
  emails: UpcomingEmail[];
  notifications: ReadonlyMap<number, ShownNotification>;
  /** What was just done to the notifications among the reasons. */
  done: Change | null;
  zone: string;
  now: number;
}

/** The email that comes next at one frequency, as far as it is known. */
export function UpcomingPage(props: UpcomingPageProps) {
  const { shell, frequency, emails, notifications, done, zone, now } = props;
  const path = `/history/${frequency}`;
  const message = done && (
    <ChangeMessage change={done} notifications={[...notifications.values()]} back={path} />
  );
  return (
    <Page shell={shell} title="What comes next" message={message}>
      {emails.map((email) => (
        <UpcomingLetter
          email={email}
          notifications={notifications}
          path={path}
          {...{ zone, now }}
        />
      ))}
      {emails.length === 0 && (
        <div class="empty">
          <p class="empty-title">Nothing waits for your {frequency} email</p>
          <p>
            An empty one is not sent. <a href="/history">History</a>
          </p>
        </div>
      )}
    </Page>
  );
}

interface UpcomingLetterProps extends Pick<UpcomingPageProps, "notifications" | "zone" | "now"> {
  email: UpcomingEmail;
  path: string;
}

function UpcomingLetter({ email, notifications, path, zone, now }: UpcomingLetterProps) {
  const { subject, items, at } = email;
  const part = partOf(inTellingOrder(requestStates(items)), {});
  return (
    <article class="panel" aria-label={subject}>
      <p class="panel-note">
        <a href="/history">History</a>
      </p>
      <h1>{subject}</h1>
      <p class="panel-note">
        Comes <DueMoment at={at} zone={zone} now={now} />. {eventsText(items.length)} so far
        {part.items.length < items.length && `, of which these are the first ${part.items.length}`}.
      </p>
      <ToldEvents {...{ notifications, zone, now }} items={part.items} page={path} />
    </article>
  );
}
