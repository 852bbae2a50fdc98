import { eventTypeLabel } from "../domain/catalogue.ts";
import { type Phrase, phrases } from "../domain/conditions.ts";
import { roleLost, type Searchable } from "../domain/search.ts";
import { NotificationActions } from "./notification_actions.tsx";

export interface RowProps {
  notification: Searchable;
  /** Whether it is the one that was just saved, or that the address names. */
  current?: boolean;
}

/** One notification of the list, as a sentence, with what can be done about it. */
export function NotificationRow({ notification, current }: RowProps) {
  const { id, type, kind, mutedAt, granted } = notification;
  const isMuted = mutedAt !== null;
  return (
    <li
      id={`notification-${id}`}
      class={isMuted || !granted ? "row row-silent" : "row"}
      aria-label={eventTypeLabel(type)}
      aria-current={current ? "true" : undefined}
    >
      <div class="row-text">
        <NotificationSentence notification={notification} />
        {!granted && <p class="row-note">{roleLost}</p>}
      </div>
      <span class="row-state">{isMuted && "Muted"}</span>
      <span class="row-kind">{kind === "default" ? "Default" : "Custom"}</span>
      <NotificationActions notification={notification} />
    </li>
  );
}

/** "Redelivery Requested where content type is Branded", the values marked. */
export function NotificationSentence({ notification }: { notification: Searchable }) {
  const { type, conditions } = notification;
  return (
    <p class="sentence">
      <strong>{eventTypeLabel(type)}</strong>
      {phrases(type, conditions).map((phrase, index) => (
        <>
          {index === 0 ? " where " : " and "}
          <PhraseText phrase={phrase} />
        </>
      ))}
    </p>
  );
}

const list = new Intl.ListFormat("en-GB", { type: "disjunction" });
/** With more values than this a sentence stops reading like one. */
const mostValues = 4;

function PhraseText({ phrase: { field, relation, values } }: { phrase: Phrase }) {
  const others = values.length > mostValues + 1 ? values.slice(mostValues) : [];
  const shown = values.slice(0, values.length - others.length);
  const words = others.length > 0 ? [...shown, `${others.length} others`] : shown;
  return (
    <>
      {`${field} ${relation} `}
      {list.formatToParts(words).map(({ type, value }) =>
        type === "literal" ? value : <Value text={value} others={others} />
      )}
    </>
  );
}

function Value({ text, others }: { text: string; others: string[] }) {
  const stands = others.length > 0 && text === `${others.length} others`;
  return <span class="value" title={stands ? others.join(", ") : undefined}>{text}</span>;
}
