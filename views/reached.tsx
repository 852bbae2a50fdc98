import { notificationSentence } from "../domain/sentences.ts";
import { answers, emailName, type Telling } from "./event.tsx";
import { Moment } from "./times.tsx";
import { type Answered, VerdictText } from "./verdicts.tsx";

/** Somebody who asks for events of the type, and what became of this one there. */
export interface Reached {
  name: string;
  account: string;
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  pausedUntil: number | null;
  emails: Telling[];
  answered: Answered[];
}

interface Viewpoint {
  zone: string;
  now: number;
}

/** Whether and how an event reached somebody, and what each of their notifications made of it. */
export function ReachedRow({ person, ...viewpoint }: Viewpoint & { person: Reached }) {
  const { name, account, emails, answered } = person;
  return (
    <li class="row plain">
      <p>
        <strong>{name}</strong>, {account}
      </p>
      {emails.map((email) => (
        <p class="row-note">
          <EmailNote email={email} {...viewpoint} />
        </p>
      ))}
      {emails.length === 0 && <p class="row-note">No email yet.</p>}
      <Held person={person} {...viewpoint} />
      {answered.map(({ notification, verdict }) => (
        <p class="row-note">
          “{notificationSentence(notification)}” <VerdictText verdict={verdict} {...viewpoint} />
        </p>
      ))}
    </li>
  );
}

function EmailNote({ email, zone, now }: Viewpoint & { email: Telling }) {
  const { id, frequency, state, sentAt, composedAt, problem } = email;
  return (
    <>
      {answers[state]}: {emailName(frequency).replace("your", "the")},{" "}
      <Moment at={sentAt ?? composedAt} zone={zone} now={now} />. Email {id}.
      {problem && ` ${problem}.`}
    </>
  );
}

/** What keeps all mail from somebody. */
function Held({ person, zone, now }: Viewpoint & { person: Reached }) {
  const { deactivatedAt, addressFailedAt, pausedUntil } = person;
  if (deactivatedAt !== null) return <p class="row-note failed">Deactivated.</p>;
  if (addressFailedAt !== null) return <p class="row-note failed">The address takes no mail.</p>;
  if (pausedUntil === null || pausedUntil <= now) return null;
  return (
    <p class="row-note">
      All mail is paused until <Moment at={pausedUntil} zone={zone} now={now} />.
    </p>
  );
}
