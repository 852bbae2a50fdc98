import { eventTypeLabel, frequencies } from "../domain/catalogue.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { notificationSentence } from "../domain/sentences.ts";
import type { Suggestion } from "../domain/suggestions.ts";

/** What would make an inbox quieter or tidier, one button each. */
export function Suggestions({ suggestions }: { suggestions: Suggestion[] }) {
  return (
    <section class="group" aria-labelledby="suggestions-heading">
      <header class="group-head">
        <h2 id="suggestions-heading">Suggestions</h2>
      </header>
      {suggestions.some(isOfDefault) && (
        <p class="hint">
          A Default one cannot be changed. A copy of your own comes slower in its place, and the
          Default is muted.
        </p>
      )}
      {suggestions.length === 0
        ? <p class="group-empty">Nothing to suggest: no change would save you two emails a week.</p>
        : (
          <ul role="list">
            {suggestions.map((suggestion) => <SuggestionRow suggestion={suggestion} />)}
          </ul>
        )}
    </section>
  );
}

function isOfDefault({ kind, notification }: Suggestion): boolean {
  return kind === "slower" && notification.kind === "default";
}

function SuggestionRow({ suggestion }: { suggestion: Suggestion }) {
  const { kind, notification: { id, type } } = suggestion;
  const title = titleOf(suggestion);
  const button = buttonOf(suggestion);
  return (
    <li class="suggestion">
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        <p class="row-note">
          <Reason suggestion={suggestion} />
        </p>
      </div>
      <form method="post" action="/noise/suggestions">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="notification" value={id} />
        {kind === "slower" && <input type="hidden" name="frequency" value={suggestion.frequency} />}
        <button type="submit" aria-label={`${button}: ${eventTypeLabel(type)}`}>{button}</button>
      </form>
    </li>
  );
}

/** "Daily instead of immediately: 212 fewer emails". */
function titleOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "slower": {
      const { frequency, notification, saved } = suggestion;
      const fewer = saved.toLocaleString("en");
      return `${
        frequencies[frequency]
      } instead of ${notification.frequency}: ${fewer} fewer emails`;
    }
    case "covered":
      return "Covered by another";
    case "silent":
      return "Never fired in 90 days";
  }
}

function buttonOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "slower":
      return `Change to ${suggestion.frequency}`;
    case "covered":
      return "Mute";
    case "silent":
      return "Delete";
  }
}

function Reason({ suggestion }: { suggestion: Suggestion }) {
  const { notification } = suggestion;
  const own = <NotificationLink notification={notification} />;
  switch (suggestion.kind) {
    case "slower":
      return (
        <>
          {own}
          {notification.kind === "default" && " (Default)"}
          {suggestion.twin &&
            `. You have the same ${suggestion.frequency} already, so this one is muted.`}
        </>
      );
    case "covered":
      return (
        <>
          {own}. All of it comes by <NotificationLink notification={suggestion.by} /> anyway.
        </>
      );
    case "silent":
      return (
        <>
          {own}. Nothing that happened matched it: it may be narrower than you meant.
        </>
      );
  }
}

function NotificationLink({ notification }: { notification: NotificationInput & { id: number } }) {
  return <a href={`/notifications/${notification.id}`}>{notificationSentence(notification)}</a>;
}
