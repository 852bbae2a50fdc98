import type { PropsWithChildren } from "hono/jsx";
import type { Problem } from "../domain/errors.ts";
import type { MailTimes } from "../domain/schedule.ts";
import { clockText, hourText } from "./times.tsx";
import { ZoneSelect } from "./zone_select.tsx";

interface MailTimesProps {
  times: MailTimes;
  /** What was chosen and could not be saved, by field; each problem stands beside its own. */
  typed?: Record<string, string | File>;
  problems?: Problem[];
  now: number;
}

/** The form for everything that repeats: zone, digests and quiet hours. */
export function MailTimesForm({ times, typed = {}, problems = [], now }: MailTimesProps) {
  const problemOf = (field: string) => problems.find((problem) => problem.field === field)?.message;
  const chosen = (field: keyof MailTimes) => String(typed[field] ?? times[field] ?? "");
  const zone = {
    id: "zone",
    label: "Time zone",
    hint: `Mail and pages go by its clock. It is now ${clockText(now, times.zone)}.`,
    problem: problemOf("zone"),
  };
  return (
    <form class="stack section" method="post" action="/schedule/times?_method=PUT">
      <h2>Every day and week</h2>
      <Field {...zone}>
        <ZoneSelect zone={times.zone} attributes={attributesOf(zone)} />
      </Field>
      <div class="field-row">
        <Choice
          id="digestHour"
          label="Hour of digests"
          hint="The daily and the weekly one come then; hourly ones at every full hour."
          problem={problemOf("digestHour")}
          options={hours}
          value={chosen("digestHour")}
        />
        <Choice
          id="digestWeekday"
          label="Day of the weekly digest"
          hint="It comes once a week, on this day. A digest without news does not come."
          problem={problemOf("digestWeekday")}
          options={weekdays}
          value={chosen("digestWeekday")}
        />
      </div>
      <QuietHoursFields chosen={chosen} problemOf={problemOf} />
      <div>
        <button type="submit" class="primary">Save</button>
      </div>
    </form>
  );
}

interface QuietHoursProps {
  chosen: (field: keyof MailTimes) => string;
  problemOf: (field: string) => string | undefined;
}

function QuietHoursFields({ chosen, problemOf }: QuietHoursProps) {
  return (
    <fieldset class="plain stack" aria-describedby="quiet-hint">
      <legend>Quiet hours</legend>
      <p id="quiet-hint" class="hint">
        Immediate mail is held while they last and comes as one email at their end. Digests keep
        their hours.
      </p>
      <div class="field-row">
        <Choice
          id="quietFrom"
          label="From"
          problem={problemOf("quietFrom")}
          options={[none, ...hours]}
          value={chosen("quietFrom")}
        />
        <Choice
          id="quietUntil"
          label="Until"
          problem={problemOf("quietUntil")}
          options={[none, ...hours]}
          value={chosen("quietUntil")}
        />
      </div>
    </fieldset>
  );
}

interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  problem: string | undefined;
}

function Choice(
  { options, value, ...field }: FieldProps & {
    options: [value: string, text: string][];
    value: string;
  },
) {
  return (
    <Field {...field}>
      <select name={field.id} {...attributesOf(field)}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>{text}</option>
        ))}
      </select>
    </Field>
  );
}

function Field({ id, label, hint, problem, children }: PropsWithChildren<FieldProps>) {
  return (
    <div class="field-block">
      <label for={id}>{label}</label>
      {children}
      {hint && <p id={`hint-${id}`} class="hint">{hint}</p>}
      {problem && <p id={`problem-${id}`} class="problem" role="alert">{problem}</p>}
    </div>
  );
}

/** What ties a control to its label, its hint and its problem. */
function attributesOf({ id, hint, problem }: FieldProps) {
  const describing = [hint && `hint-${id}`, problem && `problem-${id}`].filter(Boolean);
  return {
    id,
    "aria-invalid": problem ? "true" : undefined,
    "aria-describedby": describing.join(" ") || undefined,
    autofocus: problem !== undefined,
  } as const;
}

const none: [string, string] = ["", "None"];
const hours = Array.from(
  { length: 24 },
  (_, hour): [string, string] => [`${hour}`, hourText(hour)],
);
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  .map((weekday, index): [string, string] => [`${index + 1}`, weekday]);
