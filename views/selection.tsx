import { frequencies, type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import { labels } from "./coverage.tsx";

interface SelectBoxProps {
  id: number;
  /** Of its event type. */
  label: string;
  /** Whether nobody but its owner hears about that. */
  isLast?: boolean;
}

/** The check box of a row; where it is does not matter to its form. */
export function SelectBox({ id, label, isLast }: SelectBoxProps) {
  return (
    <label class="select">
      <input
        type="checkbox"
        form="selection"
        name="selected"
        value={id}
        aria-label={`Select ${label}`}
        data-last={isLast ? label : undefined}
      />
    </label>
  );
}

/** The check box of a group. A script ticks the rows; where none does, the server takes the whole group. */
export function SelectGroup({ frequency }: { frequency: Frequency }) {
  return (
    <label class="select">
      <input
        type="checkbox"
        form="selection"
        name="group"
        value={frequency}
        data-whole
        aria-label={`Select all: ${frequencies[frequency]}`}
      />
    </label>
  );
}

interface SelectionBarProps {
  query: string;
  account: string;
  /** The deadline types that nobody in the account hears about but the reader. */
  last: string[];
}

/** What can be done to all that is selected; the stylesheet shows it as soon as something is. */
export function SelectionBar({ query, account, last }: SelectionBarProps) {
  return (
    <form
      id="selection"
      class="selection"
      method="post"
      action="/notifications/selection"
      hx-post="/notifications/selection"
      hx-target="#list"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      aria-label="What is selected"
    >
      {/* The first button is the one that Enter presses in a check box: it only shows the list again. */}
      <button type="submit" formmethod="get" formaction="/notifications" hidden></button>
      <input type="hidden" name="q" value={query} />
      <p class="selection-count" data-count aria-live="polite">Selected</p>
      <button type="reset" class="link-button">Clear</button>
      {/* A script names those alone that are selected. */}
      <p class="selection-last deadline" aria-live="polite">
        You are the last at {account} who hears about <span data-types>{labels(last)}</span>
      </p>
      <Do wish="mute">Mute</Do>
      <Do wish="unmute">Unmute</Do>
      <span class="selection-frequency">
        <select name="to" aria-label="How often">
          {frequencyOrder.map((frequency) => (
            <option value={frequency}>{frequencies[frequency]}</option>
          ))}
        </select>
        <Do wish="reschedule">Change frequency</Do>
      </span>
      <Do wish="delete" danger>Delete</Do>
      <span data-kept hidden></span>
    </form>
  );
}

function Do({ wish, danger, children }: { wish: string; danger?: boolean; children: string }) {
  return (
    <button type="submit" name="do" value={wish} class={danger ? "danger" : undefined}>
      {children}
    </button>
  );
}
