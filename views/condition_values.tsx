import type { Field } from "../domain/catalogue.ts";
import { valueLabel } from "../domain/conditions.ts";
import type { Asked } from "../domain/drafts.ts";
import { choicesOf } from "../domain/names.ts";

export interface ConditionProps {
  name: string;
  field: Field;
  asked?: Asked;
  /** What marks the control that a problem is about. */
  marks: { "aria-invalid"?: "true"; autofocus?: boolean };
}

/** What a condition can be asked for, in the form that fits its field. */
export function ConditionValues(props: ConditionProps) {
  const { field } = props;
  switch (field.kind) {
    case "choice":
      return field.groups
        ? <GroupedChoices {...props} groups={field.groups} />
        : <Choices {...props} />;
    case "flag":
      return <Choices {...props} />;
    case "language":
    case "territory":
      return <LongChoices {...props} />;
    case "text":
    case "title":
      return <Lines {...props} />;
    case "number":
    case "date":
      return <Amount {...props} />;
  }
}

function Choices({ name, field, asked }: ConditionProps) {
  return (
    <div class="choices">
      {choicesOf(field).map(({ value, label }) => (
        <Choice name={name} value={value} label={label} asked={asked} />
      ))}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  label: string;
  asked?: Asked;
  whole?: boolean;
}

function Choice({ name, value, label, asked, whole }: ChoiceProps) {
  return (
    <label class={whole ? "choice choice-whole" : "choice"}>
      <input
        type="checkbox"
        name={`where.${name}`}
        value={value}
        checked={asked?.values.includes(value)}
        data-whole={whole}
      />
      <span>{label}</span>
    </label>
  );
}

type Groups = Record<string, { label: string; values: string[] }>;

/** Each group whole, and its members behind it. Choosing the group is choosing all of them, also those to come. */
function GroupedChoices(props: ConditionProps & { groups: Groups }) {
  const { name, field, asked, groups } = props;
  return (
    <div class="choice-groups">
      {Object.entries(groups).map(([id, { label, values }]) => (
        <div class="choice-group" data-choice-group>
          <Choice name={name} value={id} label={label} asked={asked} whole />
          <div class="choices">
            {values.map((value) => (
              <Choice name={name} value={value} label={valueLabel(field, value)} asked={asked} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function LongChoices(props: ConditionProps) {
  const { name, field, asked } = props;
  const known = new Set(choicesOf(field).map(({ value }) => value));
  const others = asked?.values.filter((value) => !known.has(value)) ?? [];
  return (
    <>
      <input
        type="search"
        class="filter"
        placeholder="Filter the list"
        aria-label={`Filter the list of ${field.kind === "language" ? "languages" : "territories"}`}
        data-filter
        hidden
      />
      <div class="choices-long">
        <Choices {...props} />
      </div>
      {field.kind === "language" && (
        <label class="field-line">
          <span class="hint">
            Regional ones by their tags, one per line, such as pt-BR or es-419
          </span>
          <textarea name={`where.${name}`} rows={1}>{others.join("\n")}</textarea>
        </label>
      )}
    </>
  );
}

function Lines({ name, field, asked, marks }: ConditionProps) {
  const hint = field.kind === "title"
    ? "Names or ids, one per line; capital letters do not matter"
    : "One per line; capital letters do not matter";
  return (
    <label class="field-line">
      <span class="hint">{hint}</span>
      <textarea name={`where.${name}`} rows={2} {...marks}>{asked?.values.join("\n")}</textarea>
    </label>
  );
}

/** A text field, because without a script nothing could change its kind together with the operator. */
function Amount({ name, field, asked, marks }: ConditionProps) {
  const isDate = field.kind === "date";
  return (
    <label class="field-line">
      <span class="hint">
        {isDate ? "A number of days, or a date such as 2026-11-24" : "A whole number"}
      </span>
      <input
        name={`where.${name}`}
        type="text"
        value={asked?.values[0]}
        autocomplete="off"
        data-amount={isDate ? "date" : "number"}
        {...marks}
      />
    </label>
  );
}
