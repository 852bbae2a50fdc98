import type { Field } from "../domain/catalogue.ts";
import { collapse, type Operator, operatorLabel, operatorsOf } from "../domain/conditions.ts";
import type { Control } from "../domain/controls.ts";
import { type Asked, fieldOf } from "../domain/drafts.ts";
import { isShort } from "../domain/offers.ts";
import { valueLabel } from "../domain/sentences.ts";
import { type ConditionProps, ConditionValues } from "./condition_values.tsx";
import { numberText } from "./counted.ts";

interface FieldProps extends Omit<ConditionProps, "marks"> {
  problem?: string;
  isFirstProblem?: boolean;
}

/** The questions that one may ask most often stand open from the start. */
const usual = ["content_type", "source_type"];

/** One condition: a line that says what is chosen, and behind it what can be chosen. */
export function ConditionField({ problem, isFirstProblem, ...props }: FieldProps) {
  const { name, control, asked } = props;
  const { field } = control;
  const marks = problem ? { "aria-invalid": "true", autofocus: isFirstProblem } as const : {};
  const isOpen = usual.includes(name) || (asked?.values.length ?? 0) > 0 ||
    control.find || problem !== undefined;
  return (
    <details class="condition" open={Boolean(isOpen)}>
      <summary id={`field-${name}`}>
        <span class="condition-name">{capitalized(field.label)}</span>
        <span class="condition-chosen" data-chosen={asked?.values.length ? "some" : "none"}>
          {chosenText(control, asked)}
        </span>
      </summary>
      <fieldset
        class={isAmount(field) ? "bare amount" : "bare"}
        aria-describedby={problem ? `problem-${name}` : undefined}
        data-condition
      >
        <legend class="hidden">{capitalized(field.label)}</legend>
        {problem && <p id={`problem-${name}`} class="problem">{problem}</p>}
        <OperatorSelect {...props} marks={isShort(field) ? marks : {}} />
        <ConditionValues {...props} marks={isShort(field) ? {} : marks} />
      </fieldset>
    </details>
  );
}

/** A condition on a field that the event type has no more: all that can be done is to take it out. */
export function LostCondition(
  { name, asked, problem }: { name: string; asked: Asked; problem?: string },
) {
  const field = fieldOf(name);
  return (
    <fieldset class="bare lost" aria-describedby={`problem-${name}`}>
      <legend class="hidden">{field}</legend>
      <input type="hidden" name={`op.${name}`} value={asked.op} />
      <label class="choice">
        <input
          id={`field-${name}`}
          type="checkbox"
          name={`where.${name}`}
          value={asked.values.join("\n")}
          checked
          aria-invalid={problem ? "true" : undefined}
        />
        <span>{field} {operatorLabel(asked.op)} {shortened(asked.values)}</span>
      </label>
      <p id={`problem-${name}`} class="problem">
        No event has this field any more, so nothing can match. Untick it to take it out.
      </p>
    </fieldset>
  );
}

function isAmount({ kind }: Field): boolean {
  return kind === "number" || kind === "date";
}

function chosenText({ field, chosen, others }: Control, asked: Asked | undefined): string {
  if (!asked || asked.values.length === 0) return "Any";
  const op = operatorsOf(field).find((known) => known === asked.op) ?? "any";
  const labels = isShort(field)
    ? collapse(field, asked.values).map((value) => valueLabel(field, value))
    : [...chosen.map(({ label }) => label), ...others];
  const values = shortened(labels);
  if (op === "any") return values;
  if (op === "none") return `Not ${values}`;
  return `${operatorLabel(op)} ${values}${op === "within" ? " days" : ""}`;
}

/** How many values a line has room for. */
const mostNamed = 5;

function shortened(values: string[]): string {
  const rest = values.length - mostNamed;
  const named = values.slice(0, mostNamed).join(", ");
  return rest > 0 ? `${named} and ${numberText(rest)} more` : named;
}

function OperatorSelect({ name, control: { field }, asked, marks }: ConditionProps) {
  return (
    <select
      class="operator"
      name={`op.${name}`}
      aria-label="Operator"
      data-operator
      {...marks}
    >
      {operatorsOf(field).map((op) => (
        <option value={op} selected={op === asked?.op}>{operatorText(op, field)}</option>
      ))}
    </select>
  );
}

function operatorText(op: Operator, field: Field): string {
  if (field.kind === "flag") return op === "any" ? "is" : "is not";
  return operatorLabel(op);
}

function capitalized(words: string): string {
  return words[0]!.toUpperCase() + words.slice(1);
}
