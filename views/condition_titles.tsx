import { recentDays } from "../domain/activity.ts";
import type { Control } from "../domain/controls.ts";
import { forecastDays } from "../domain/forecast.ts";
import { mostTitles } from "../domain/title_offers.ts";
import { Choice, Chosen } from "./condition_choices.tsx";
import type { ConditionProps } from "./condition_values.tsx";

/** The titles that were chosen, a search over those that the account has seen, and what it finds. */
export function TitleFinder({ name, control }: Pick<ConditionProps, "name" | "control">) {
  return (
    <>
      <Chosen name={name} control={control} />
      <div class="finder">
        <input
          type="search"
          name="find"
          value={control.find}
          placeholder="Find titles by name or id"
          aria-label="Find titles"
          hx-post="/notifications/titles"
          hx-trigger="input delay:200ms"
          hx-target="#found-titles"
          hx-sync="this:replace"
          hx-include="#window-form"
          data-find
        />
        <noscript>
          <button type="submit" formaction="/notifications/titles#field-title">Find titles</button>
        </noscript>
      </div>
      <p id="said-of-titles" class="hint" aria-live="polite">{foundText(control)}</p>
      <div id="found-titles" class="choices-long">
        <TitleList control={control} />
      </div>
    </>
  );
}

/** What was found, on its way into the window. */
export function FoundTitles({ control }: { control: Control }) {
  return (
    <>
      <TitleList control={control} />
      <hx-partial hx-target="#said-of-titles" hx-swap="textContent">
        {foundText(control)}
      </hx-partial>
    </>
  );
}

function TitleList({ control: { open } }: { control: Control }) {
  return (
    <div class="choices" data-open>
      {open.map((offer) => <Choice name="title" offer={offer} />)}
    </div>
  );
}

function foundText({ find, open }: Control): string {
  if (!find) {
    return open.length > 0 ? `Told of most often in the last ${forecastDays} days` : "";
  }
  if (open.length === 0) {
    return `No other title of the last ${recentDays} days matches. Write its name or id below.`;
  }
  if (open.length === mostTitles) return `The first ${mostTitles}: go on typing to find others`;
  return open.length === 1 ? "1 title found" : `${open.length} titles found`;
}
