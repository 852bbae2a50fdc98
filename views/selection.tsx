import { frequencies, type Frequency, frequencyOrder } from "../domain/catalogue.ts";

/** The check box of a row; where it is does not matter to its form. */
export function SelectBox({ id, label }: { id: number; label: string }) {
  return (
    <label class="select">
      <input
        type="checkbox"
        form="selection"
        name="selected"
        value={id}
        aria-label={`Select ${label}`}
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

/** What can be done to all that is selected; the stylesheet shows it as soon as something is. */
export function SelectionBar({ query }: { query: string }) {
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
