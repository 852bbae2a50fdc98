import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { roleLost } from "../domain/search_terms.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { type Verdict, wants } from "../domain/why.ts";
import { Moment } from "./times.tsx";

/** A notification and what became of the event in it. */
export interface Answered {
  notification: ShownNotification;
  verdict: Verdict;
}

interface VerdictsProps {
  event: Event;
  answered: Answered[];
  /** How many notifications are about other types. */
  others: number;
  /** Whether the reader's roles show events of this type. */
  isVisible: boolean;
  zone: string;
  now: number;
}

/** What each notification made of an event; where none wanted it, the way to one that would. */
export function Verdicts({ event, answered, others, isVisible, zone, now }: VerdictsProps) {
  const label = eventTypeLabel(event.type);
  const isWanted = answered.some(({ verdict }) => wants(verdict));
  return (
    <>
      {answered.length === 0 && <p>None of your notifications is about {label}.</p>}
      <ul role="list">
        {answered.map(({ notification, verdict }) => (
          <li class="row plain">
            <p>
              <Asked notification={notification} verdict={verdict} />
            </p>
            <p class="row-note">
              <VerdictText verdict={verdict} zone={zone} now={now} />
            </p>
          </li>
        ))}
      </ul>
      {others > 0 && <p class="hint">{othersText(others)}</p>}
      {!isVisible && <p>Your roles do not show you {label}.</p>}
      {isVisible && !isWanted && (
        <p>
          <a href={`/notifications/new?type=${event.type}`}>
            Create a notification for events like this
          </a>
        </p>
      )}
    </>
  );
}

/** The notification in a sentence, which leads to it where the panel shows it. */
function Asked({ notification, verdict }: Answered) {
  const sentence = notificationSentence(notification);
  const isHidden = notification.kind === "default" && verdict.kind === "role";
  return isHidden ? <>{sentence}</> : <a href={`/notifications/${notification.id}`}>{sentence}</a>;
}

/** What a notification made of an event, in a sentence. */
export function VerdictText(
  { verdict, zone, now }: { verdict: Verdict; zone: string; now: number },
) {
  switch (verdict.kind) {
    case "told":
      return <>Matched: this one is why.</>;
    case "coming":
      return <>Matches: this one is why.</>;
    case "role":
      return <>{roleLost}.</>;
    case "condition":
      return <>Did not match: {verdict.text}.</>;
    case "muted":
      return (
        <>
          Muted since <Moment at={verdict.since} zone={zone} now={now} />
          {verdict.until !== null && (
            <>
              {" "}until <Moment at={verdict.until} zone={zone} now={now} />
            </>
          )}.
        </>
      );
    case "later":
      return (
        <>
          Created <Moment at={verdict.createdAt} zone={zone} now={now} />, after this came in.
        </>
      );
    case "passed":
      return (
        <>
          Matches now. When this came in it was muted, asked for something else, or lacked its role.
        </>
      );
  }
}

function othersText(count: number): string {
  return count === 1
    ? "One more notification is about another event type."
    : `${count} more notifications are about other event types.`;
}
