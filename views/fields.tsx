import type { PropsWithChildren } from "hono/jsx";
import type { Problem } from "../domain/errors.ts";

// The fields of a form that is sent as a whole, and what is wrong with them.

interface FieldProps {
  name: string;
  label: string;
  value?: string | undefined;
  problem?: Problem | undefined;
}

interface TextFieldProps extends FieldProps {
  maxlength?: number;
  /** Whether it is code, which no keyboard should correct. */
  isCode?: boolean;
  /** The id of the list of what is offered. */
  list?: string;
}

/** A line to type into; its children say what is wanted. */
export function TextField(props: PropsWithChildren<TextFieldProps>) {
  const { name, label, value, problem, maxlength = 120, isCode, list, children } = props;
  return (
    <div class="field-block">
      <FieldHead {...{ name, label, problem }}>{children}</FieldHead>
      <input
        id={name}
        type="text"
        name={name}
        value={value}
        list={list}
        maxlength={maxlength}
        autocomplete="off"
        autocapitalize={isCode ? "none" : undefined}
        spellcheck={isCode ? false : undefined}
        {...problemProps(problem, children && `${name}-hint`)}
      />
    </div>
  );
}

/** A few lines to type code into, one thing on each. */
export function LinesField(
  { name, label, value, problem, children }: PropsWithChildren<FieldProps>,
) {
  return (
    <div class="field-block">
      <FieldHead {...{ name, label, problem }}>{children}</FieldHead>
      <textarea
        id={name}
        name={name}
        rows={3}
        spellcheck={false}
        {...problemProps(problem, `${name}-hint`)}
      >
        {value}
      </textarea>
    </div>
  );
}

function FieldHead({ name, label, problem, children }: PropsWithChildren<FieldProps>) {
  return (
    <>
      <label for={name}>{label}</label>
      {children && <p id={`${name}-hint`} class="hint">{children}</p>}
      <FieldProblem problem={problem} />
    </>
  );
}

/** What is wrong with a field, beside it. */
export function FieldProblem({ problem }: Pick<FieldProps, "problem">) {
  if (!problem) return null;
  return <p id={`${problem.field}-problem`} class="problem" role="alert">{problem.message}</p>;
}

/** How a field says that something is wrong with it, and what else describes it. */
function problemProps(problem: Problem | undefined, hint: unknown) {
  const described = [problem && `${problem.field}-problem`, hint].filter(Boolean).join(" ");
  return {
    "aria-invalid": problem ? "true" as const : undefined,
    "aria-describedby": described || undefined,
    autofocus: problem !== undefined,
  };
}
