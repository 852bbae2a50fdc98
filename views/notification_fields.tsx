import { eventType, eventTypeLabel, frequencies } from "../domain/catalogue.ts";
import { type Control, lostConditions } from "../domain/controls.ts";
import { type Draft, fieldOf } from "../domain/drafts.ts";
import type { Problem } from "../domain/errors.ts";
import { ConditionField, LostCondition } from "./condition_fields.tsx";

interface PartProps {
  draft: Draft;
  problems: Problem[];
}

/** "Notify me when": one of the event types that the roles show, by family. */
export function TypeField(
  { draft, types, problems, autofocus }: PartProps & { types: string[]; autofocus: boolean },
) {
  const isLost = draft.type !== "" && !types.includes(draft.type);
  return (
    <div class="field-block">
      <label for="field-type">Notify me when</label>
      <select
        id="field-type"
        name="type"
        autofocus={autofocus || problems.length === 0}
        hx-post="/notifications/draft"
        hx-trigger="change"
        hx-target="#where"
        hx-disable="#where, #field-frequency, #save"
        {...problemAttributes("type", problems)}
      >
        <option value="" selected={draft.type === ""}>Choose what happens</option>
        {isLost && <option value={draft.type} selected>{eventTypeLabel(draft.type)}</option>}
        {[...Map.groupBy(types, (type) => type.split(".")[0]!)].map(([family, members]) => (
          <optgroup label={families[family] ?? family}>
            {members.map((type) => (
              <option value={type} selected={type === draft.type}>{eventTypeLabel(type)}</option>
            ))}
          </optgroup>
        ))}
      </select>
      <FieldProblem field="type" problems={problems} />
      {isLost && problems.length === 0 && <p class="problem">{lostTypeText(draft.type)}</p>}
      <noscript>
        <button type="submit" formaction="/notifications/draft">Show conditions</button>
      </noscript>
    </div>
  );
}

function lostTypeText(type: string): string {
  return eventType(type)
    ? "Your roles do not show this event type any more. Choose another one."
    : "This event does not happen any more. Choose another one, or delete this notification.";
}

const families: Record<string, string> = {
  "source-request": "Source requests",
  "material": "Materials",
  "qc": "Quality control",
};

/** Whatever is chosen or typed within asks what the notification would do now; a newer question replaces an older one. */
const asksForecast = {
  "hx-post": "/notifications/forecast",
  "hx-trigger": "input delay:250ms",
  "hx-target": "#forecast",
  "hx-swap": "outerMorph",
  "hx-sync": "#forecast:replace",
  "hx-include": "#window-form",
};

/** What is only looked for in a list asks nothing: the names of conditions hold a dot, those of filters none. */
const asked = `${asksForecast["hx-trigger"]} target:"[name*='.']"`;

/** "Where": the conditions of the event type. */
export function WhereFields(
  { draft, controls, problems }: PartProps & { controls: Map<string, Control> },
) {
  const problemOf = (name: string) =>
    problems.find((problem) => problem.field === fieldOf(name))?.message;
  return (
    <fieldset id="where" class="field-block where" {...asksForecast} hx-trigger={asked}>
      <legend>Where</legend>
      <p class="hint">
        {controls.size > 0
          ? "All that you choose must hold. What you leave open does not matter. The figures count the last 30 days."
          : "Choose what happens first: the conditions depend on it."}
      </p>
      <input type="hidden" name="shown" value={draft.type} />
      {lostConditions(draft).map((name) => (
        <LostCondition name={name} asked={draft.asked.get(name)!} problem={problemOf(name)} />
      ))}
      {[...controls].map(([name, control]) => (
        <ConditionField
          name={name}
          control={control}
          asked={draft.asked.get(name)}
          problem={problemOf(name)}
          isFirstProblem={problems[0]?.field === name}
        />
      ))}
    </fieldset>
  );
}

/** "Frequency": those that the event type offers. */
export function FrequencyField({ draft, problems }: PartProps) {
  const offered = eventType(draft.type)?.frequencies ?? [];
  const isLost = draft.frequency !== "" && !offered.some((each) => each === draft.frequency);
  return (
    <div id="frequency-field" class="field-block" {...asksForecast}>
      <label for="field-frequency">Frequency</label>
      <select
        id="field-frequency"
        name="frequency"
        autofocus={problems[0]?.field === "frequency"}
        {...problemAttributes("frequency", problems)}
      >
        {offered.length === 0 && !isLost && <option value="">Choose what happens first</option>}
        {isLost && (
          <option value={draft.frequency} selected>
            {frequencyText(draft.frequency)} (not offered any more)
          </option>
        )}
        {offered.map((frequency) => (
          <option value={frequency} selected={frequency === draft.frequency}>
            {frequencies[frequency]}
          </option>
        ))}
      </select>
      {offered.length > 0 && !offered.includes("weekly") && (
        <p class="hint">It has a deadline, so nothing slower is on offer.</p>
      )}
      <FieldProblem field="frequency" problems={problems} />
    </div>
  );
}

function frequencyText(id: string): string {
  return Object.entries(frequencies).find(([known]) => known === id)?.[1] ?? id;
}

function problemAttributes(field: string, problems: Problem[]) {
  return problems.some((problem) => problem.field === field)
    ? { "aria-invalid": "true", "aria-describedby": `problem-${field}` } as const
    : {};
}

function FieldProblem({ field, problems }: { field: string; problems: Problem[] }) {
  const problem = problems.find((each) => each.field === field);
  return problem ? <p id={`problem-${field}`} class="problem">{problem.message}</p> : null;
}
