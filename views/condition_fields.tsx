import type { Field } from "../domain/catalogue.ts";
import {
  collapse,
  type Operator,
  operatorLabel,
  operatorsOf,
  valueLabel,
} from "../domain/conditions.ts";
import type { Asked } from "../domain/drafts.ts";
import { choicesOf } from "../domain/names.ts";
import { type ConditionProps, ConditionValues } from "./condition_values.tsx";

interface FieldProps extends Omit<ConditionProps, "marks"> {
  problem?: string;
  isFirstProblem?: boolean;
}

/** The questions that one may ask most often stand open from the start. */
const usual = ["content_type", "source_type"];

/** One condition: a line that says what is chosen, and behind it what can be chosen. */
export function ConditionField(props: FieldProps) {
  const { name, field, asked, problem } = props;
  const marks = problem ? { "aria-invalid": "true", autofocus: props.isFirstProblem } as const : {};
  const isTyped = choicesOf(field).length === 0;
  const isOpen = usual.includes(name) || (asked?.values.length ?? 0) > 0 || problem !== undefined;
  return (
    <details class="condition" open={isOpen}>
      <summary id={`field-${name}`}>
        <span class="condition-name">{capitalized(field.label)}</span>
        <span class="condition-chosen" data-chosen={asked?.values.length ? "some" : "none"}>
          {chosenText(field, asked)}
        </span>
      </summary>
      <fieldset
        class="bare"
        aria-describedby={problem ? `problem-${name}` : undefined}
        data-condition
      >
        <legend class="hidden">{capitalized(field.label)}</legend>
        {problem && <p id={`problem-${name}`} class="problem">{problem}</p>}
        <OperatorSelect name={name} field={field} asked={asked} marks={isTyped ? {} : marks} />
        <ConditionValues name={name} field={field} asked={asked} marks={isTyped ? marks : {}} />
      </fieldset>
    </details>
  );
}

function chosenText(field: Field, asked: Asked | undefined): string {
  if (!asked || asked.values.length === 0) return "Any";
  const op = operatorsOf(field).find((known) => known === asked.op) ?? "any";
  const values = collapse(field, asked.values).map((value) => valueLabel(field, value)).join(", ");
  if (op === "any") return values;
  if (op === "none") return `Not ${values}`;
  return `${operatorLabel(op)} ${values}${op === "within" ? " days" : ""}`;
}

function OperatorSelect({ name, field, asked, marks }: ConditionProps) {
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
