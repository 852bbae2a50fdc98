import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Searchable } from "../domain/search.ts";
import { rangesOf } from "../domain/marks.ts";
import { type Phrase, phrases } from "../domain/sentences.ts";
import { ActivityColumns, ActivityNote, type ActivityProps } from "./activity.tsx";
import { NotificationActions } from "./notification_actions.tsx";
import { remembered } from "./remembered.ts";
import { Marked } from "./search.tsx";
import { SelectBox } from "./selection.tsx";
import { shortDayText } from "./times.tsx";

export interface RowProps extends ActivityProps {
  /** Whether it is the one that was just saved, or that the address names. */
  current?: boolean;
  /** The account in which nobody would hear about its event type without it. */
  lastIn?: string | undefined;
  /** Whether it has a deadline, and no colleague hears about its event type. */
  unshared?: boolean;
  /** Whether its owner may give copies to colleagues. */
  mayCopy?: boolean;
}

// Every letter of a search marks other words in a row, but changes nothing in most of it.
const KnownColumns = remembered(({ notification }) => notification, ActivityColumns);
const KnownActions = remembered(({ notification }) => notification, NotificationActions);

/** One notification of the list, as a sentence, with what can be done about it. */
export function NotificationRow({ current, lastIn, unshared, mayCopy, ...props }: RowProps) {
  const { notification, marks = [] } = props;
  const { id, type, kind, mutedAt, mutedUntil, granted } = notification;
  const isMuted = mutedAt !== null;
  const isSilent = isMuted || !granted;
  return (
    <li
      id={`notification-${id}`}
      class={isSilent ? "row row-silent" : "row"}
      aria-label={eventTypeLabel(type)}
      aria-current={current ? "true" : undefined}
    >
      <SelectBox id={id} label={eventTypeLabel(type)} isLast={unshared && !isSilent} />
      <div class="row-text">
        <NotificationSentence notification={notification} marks={marks} />
        <p class="row-note">
          {mutedUntil !== null && <Snoozed {...props} until={mutedUntil} />}
          <ActivityNote {...props} />
        </p>
      </div>
      <KnownColumns notification={notification} activity={props.activity} />
      {isMuted && mutedUntil === null && (
        <span class="row-state">
          <Marked text="Muted" words={marks} />
        </span>
      )}
      <span class="row-kind">
        <Marked text={kind === "default" ? "Default" : "Custom"} words={marks} />
      </span>
      <KnownActions notification={notification} lastIn={lastIn} mayCopy={mayCopy} />
    </li>
  );
}

/** Stands where there is room for a day, unlike the other states. */
function Snoozed({ until, zone, marks = [] }: ActivityProps & { until: number }) {
  return (
    <>
      <strong>
        <Marked text={`Snoozed until ${shortDayText(until, zone)}`} words={marks} />
      </strong>
      {". "}
    </>
  );
}

/** "Redelivery Requested where content type is Branded", the values marked. */
export function NotificationSentence(
  { notification, marks = [] }: Partial<MarkedProps> & { notification: Searchable },
) {
  const { type, conditions } = notification;
  return (
    <p class="sentence">
      <strong>
        <Marked text={eventTypeLabel(type)} words={marks} />
      </strong>
      {phrases(type, conditions).map((phrase, index) => (
        <>
          {index === 0 ? " where " : " and "}
          <PhraseText phrase={phrase} marks={marks} />
        </>
      ))}
    </p>
  );
}

/** With more values than this a sentence stops reading like one. */
const mostValues = 4;

interface MarkedProps {
  marks: readonly string[];
}

function PhraseText(
  { phrase: { field, relation, values }, marks }: MarkedProps & { phrase: Phrase },
) {
  const others = values.length > mostValues + 1 ? values.slice(mostValues) : [];
  const shown = values.slice(0, values.length - others.length);
  const words = others.length > 0 ? [...shown, `${others.length} others`] : shown;
  return (
    <>
      <Marked text={`${field} ${relation} `} words={marks} />
      {words.map((word, index) => (
        <>
          {index === 0 ? "" : index === words.length - 1 ? " or " : ", "}
          <Value text={word} others={others} marks={marks} />
        </>
      ))}
    </>
  );
}

function Value({ text, others, marks }: MarkedProps & { text: string; others: string[] }) {
  const stands = others.length > 0 && text === `${others.length} others`;
  const words = stands && others.some((other) => rangesOf(other, marks).length > 0)
    ? [text]
    : marks;
  return (
    <span class="value" title={stands ? others.join(", ") : undefined}>
      <Marked text={text} words={words} />
    </span>
  );
}
