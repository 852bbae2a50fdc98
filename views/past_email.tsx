import type { Change } from "../domain/changes.ts";
import type { EmailContent, ToldEvent } from "../domain/compose.ts";
import {
  type EmailProgress,
  emailStates,
  progressText,
  type Waiting,
} from "../domain/email_states.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { ChangeMessage } from "./changes.tsx";
import { eventsText } from "./email_days.tsx";
import { Page, type Shell } from "./page.tsx";
import { ToldEvents } from "./reasons.tsx";
import type { Part } from "../domain/parts.ts";
import { Moment } from "./times.tsx";

/** An email as its reader looks at it again. */
export interface PastEmail extends EmailProgress {
  id: string;
  content: EmailContent;
  items: ToldEvent[];
  /** The notifications among its reasons as they are now, without those that were deleted. */
  notifications: ReadonlyMap<number, ShownNotification>;
}

interface PastEmailProps {
  shell: Shell;
  email: PastEmail;
  /** The events that are shown, of the many that it may tell. */
  part: Part<ToldEvent>;
  subject: string;
  /** What was just done to the notifications among its reasons. */
  done: Change | null;
  reader: Waiting;
  now: number;
}

/** One email as it was sent, and everything that it tells, however long it is, each event with every reason. */
export function PastEmailPage(props: PastEmailProps) {
  const { shell, email, part, subject, done, reader, now } = props;
  const { id, items, notifications } = email;
  const path = `/emails/${id}`;
  const page = part.number === 1 ? path : `${path}?part=${part.number}`;
  const message = done && (
    <ChangeMessage change={done} notifications={[...notifications.values()]} back={path} />
  );
  return (
    <Page shell={shell} title={subject} message={message}>
      <article class="panel letter" aria-labelledby="email-heading">
        <header>
          <p class="panel-note">
            <a href="/history">History</a>
          </p>
          <h1 id="email-heading">{subject}</h1>
          <p class="panel-note">
            <EmailNote email={email} reader={reader} now={now} />
          </p>
        </header>
        {items.length > 0 && <iframe title="The email as it was sent" src={`${path}/letter`} />}
        <ToldEvents {...{ notifications, page, now }} items={part.items} zone={reader.zone} />
        <PartsNav part={part} path={path} />
      </article>
    </Page>
  );
}

/** The way through what one page cannot hold. */
function PartsNav({ part: { number, first, items, total }, path }: {
  part: Part<ToldEvent>;
  path: string;
}) {
  const last = first + items.length - 1;
  return items.length < total && (
    <nav class="empty-actions" aria-label="More of this email">
      {number > 1 && <a class="button" href={`${path}?part=${number - 1}`}>Before</a>}
      {last < total && <a class="button" href={`${path}?part=${number + 1}`}>After</a>}
      <p class="hint">
        Events {first} to {last} of {total}, request by request.
      </p>
    </nav>
  );
}

/** When it came, how much it holds, and whatever there is to say beside. */
function EmailNote(
  { email, reader, now }: { email: PastEmail; reader: Waiting; now: number },
) {
  const { state, composedAt, sentAt, content, items } = email;
  const at = sentAt ?? composedAt;
  const gone = content.items.length - items.length;
  return (
    <>
      {emailStates[state]} <Moment at={at} zone={reader.zone} now={now} />,{" "}
      {eventsText(content.items.length)}. {progressText(email, reader, now)}
      {gone > 0 && ` ${gone === 1 ? "One of them is" : `${gone} of them are`} too old to be shown.`}
    </>
  );
}
