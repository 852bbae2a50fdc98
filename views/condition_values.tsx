import type { Control } from "../domain/controls.ts";
import type { Asked } from "../domain/drafts.ts";
import { Choices, GroupedChoices, LongChoices } from "./condition_choices.tsx";
import { TitleFinder } from "./condition_titles.tsx";

export interface ConditionProps {
  /** The name of the condition in the draft. */
  name: string;
  control: Control;
  asked?: Asked;
  /** What marks the control that a problem is about. */
  marks: { "aria-invalid"?: "true"; autofocus?: boolean };
}

/** What a condition can be asked for, in the form that fits its field. */
export function ConditionValues(props: ConditionProps) {
  const { field } = props.control;
  switch (field.kind) {
    case "choice":
      return field.groups
        ? <GroupedChoices {...props} groups={field.groups} />
        : <Choices {...props} />;
    case "flag":
      return <Choices {...props} />;
    case "language":
      return (
        <>
          <LongChoices {...props} what="languages" />
          <Lines {...props} hint="Others by their tags, one per line, such as pt-BR or es-419" />
        </>
      );
    case "territory":
      return (
        <>
          <LongChoices {...props} what="territories" />
          {props.control.others.length > 0 && <Lines {...props} hint="Not on the list" />}
        </>
      );
    case "title":
      return (
        <>
          {props.name === "title"
            ? <TitleFinder {...props} />
            : <LongChoices {...props} what="titles" />}
          <Lines {...props} hint="Others by name or id, one per line" />
        </>
      );
    case "text":
      return (
        <>
          <LongChoices {...props} what={`${field.label}s`} />
          <Lines {...props} hint="Others, one per line" />
        </>
      );
    case "number":
    case "date":
      return <Amount {...props} />;
  }
}

function Lines({ name, control, hint, marks }: ConditionProps & { hint: string }) {
  return (
    <label class="field-line">
      <span class="hint">{hint}</span>
      <textarea name={`where.${name}`} rows={1} {...marks}>{control.others.join("\n")}</textarea>
    </label>
  );
}

/** A text field, because without a script nothing could change its kind together with the operator. */
function Amount({ name, control: { field }, asked, marks }: ConditionProps) {
  const isDate = field.kind === "date";
  return (
    <>
      <input
        name={`where.${name}`}
        type="text"
        value={asked?.values.join(", ")}
        aria-label={field.label}
        autocomplete="off"
        data-amount
        {...marks}
      />
      {isDate && <span data-unit>days</span>}
      {isDate && (
        <noscript>
          <p class="hint">A number of days, or a date such as 2026-11-24</p>
        </noscript>
      )}
    </>
  );
}
