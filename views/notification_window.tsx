import { eventType, eventTypeLabel, frequencies } from "../domain/catalogue.ts";
import type { Draft } from "../domain/drafts.ts";
import type { Problem } from "../domain/errors.ts";
import type { Notification } from "../domain/notifications.ts";
import { ConditionField } from "./condition_fields.tsx";
import { Icon } from "./icons.tsx";
import { OutcomeMessage, StatusPartial } from "./notification_messages.tsx";
import { NotificationPanel, type PanelProps } from "./notifications.tsx";

export interface WindowProps {
  draft: Draft;
  /** The event types that may be chosen. */
  types: string[];
  problems?: Problem[];
  /** What stands in the way of saving: a notification that asks the same, or a change made elsewhere. */
  obstacle?: { kind: "exists" | "changed"; id: number };
}

/** The window. `open` shows it without any script; a script opens it as a modal one. */
export function NotificationWindow({ open, ...props }: WindowProps & { open?: boolean }) {
  return (
    <dialog id="notification-window" class="window" aria-labelledby="window-heading" open={open}>
      <WindowForm {...props} />
    </dialog>
  );
}

/** The window's content, which an answer with problems replaces while the window stays open. */
export function WindowForm({ draft, types, problems = [], obstacle }: WindowProps) {
  const path = draft.edited ? `/notifications/${draft.edited.id}` : "/notifications";
  const isProblem = problems.some(({ field }) => field === "type");
  return (
    <form
      id="window-form"
      class="window-form"
      method="post"
      action={draft.edited ? `${path}?_method=PUT` : path}
      {...{ [draft.edited ? "hx-put" : "hx-post"]: path }}
      hx-target="this"
      hx-swap="outerHTML"
      hx-disable="#save"
      novalidate
    >
      <WindowHead isEdit={draft.edited !== undefined} />
      <div class="window-body">
        <div id="window-alerts"></div>
        {obstacle && <ObstacleAlert obstacle={obstacle} />}
        {problems.length > 0 && <ProblemSummary problems={problems} />}
        {draft.edited && <EditedFields {...draft.edited} />}
        <TypeField draft={draft} types={types} problems={problems} autofocus={isProblem} />
        <WhereFields draft={draft} problems={problems} />
        <FrequencyField draft={draft} problems={problems} />
      </div>
      <WindowFoot />
    </form>
  );
}

/** What depends on the event type, on its way into the open window. */
export function TypePartials({ draft, problems }: { draft: Draft; problems: Problem[] }) {
  return (
    <>
      <hx-partial hx-target="#where" hx-swap="outerHTML">
        <WhereFields draft={draft} problems={problems} />
      </hx-partial>
      <hx-partial hx-target="#frequency-field" hx-swap="outerHTML">
        <FrequencyField draft={draft} problems={problems} />
      </hx-partial>
    </>
  );
}

/** What changes in the page when the window saved: the panel, the message, and the window closes. */
export function SavedFragment(
  { panel, notification }: { panel: PanelProps; notification: Notification },
) {
  return (
    <>
      <hx-partial hx-target="#panel" hx-swap="outerHTML">
        <NotificationPanel {...panel} />
      </hx-partial>
      <hx-partial hx-target="#window" hx-swap="innerHTML"></hx-partial>
      <StatusPartial>
        <OutcomeMessage outcome="saved" notification={notification} />
      </StatusPartial>
    </>
  );
}

function WindowHead({ isEdit }: { isEdit: boolean }) {
  return (
    <header class="window-head">
      <div>
        <h2 id="window-heading">Notification settings</h2>
        <p class="panel-note">
          {isEdit ? "What was not told yet follows the change" : "A new one, from now on"}
        </p>
      </div>
      <a class="icon-button" href="/notifications" data-close aria-label="Close">
        <Icon name="x" />
      </a>
    </header>
  );
}

function WindowFoot() {
  return (
    <footer class="window-foot">
      <p class="discard" id="discard" hidden>
        <span>Throw away what you changed?</span>
        <button type="button" class="link-button danger" data-discard>Throw away</button>
        <button type="button" class="link-button" data-keep>Keep editing</button>
      </p>
      <a class="button" href="/notifications" data-close>Cancel</a>
      <button type="submit" id="save" class="primary">Save</button>
    </footer>
  );
}

function EditedFields({ id, version }: { id: number; version: number }) {
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

function ObstacleAlert({ obstacle: { kind, id } }: { obstacle: { kind: string; id: number } }) {
  if (kind === "exists") {
    return (
      <div class="problem-box" role="alert">
        <p>
          <strong>This notification already exists.</strong>{" "}
          It asks the same, equally often. Change something here, or{" "}
          <a href={`/notifications/${id}`}>go to the one that you have</a>.
        </p>
      </div>
    );
  }
  const path = `/notifications/${id}/edit`;
  return (
    <div class="problem-box" role="alert">
      <p>
        <strong>This notification was changed in another window meanwhile.</strong>{" "}
        Nothing was saved, and what you typed is still here.{" "}
        <a href={path} hx-get={path} hx-target="#window">Load what is saved now</a>, then change it
        again.
      </p>
    </div>
  );
}

function ProblemSummary({ problems }: { problems: Problem[] }) {
  return (
    <div class="problem-box" role="alert">
      <p>
        <strong>
          {problems.length === 1
            ? "One thing needs another look"
            : `${problems.length} things need another look`}
        </strong>
      </p>
      {problems.map(({ field, message }) => (
        <p>
          <a href={`#field-${field}`}>{message}</a>
        </p>
      ))}
    </div>
  );
}

interface PartProps {
  draft: Draft;
  problems: Problem[];
}

function TypeField(
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
        hx-disable="#where, #frequency-field, #save"
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
      <noscript>
        <button type="submit" formaction="/notifications/draft">Show conditions</button>
      </noscript>
    </div>
  );
}

const families: Record<string, string> = {
  "source-request": "Source requests",
  "material": "Materials",
  "qc": "Quality control",
};

function WhereFields({ draft, problems }: PartProps) {
  const fields = Object.entries(eventType(draft.type)?.fields ?? {});
  return (
    <fieldset id="where" class="field-block where">
      <legend>Where</legend>
      <p class="hint">
        {fields.length > 0
          ? "All that you choose must hold. What you leave open does not matter."
          : "Choose what happens first: the conditions depend on it."}
      </p>
      {fields.map(([name, field]) => (
        <ConditionField
          name={name}
          field={field}
          asked={draft.asked.get(name)}
          problem={problems.find((problem) => problem.field === name)?.message}
          isFirstProblem={problems[0]?.field === name}
        />
      ))}
    </fieldset>
  );
}

function FrequencyField({ draft, problems }: PartProps) {
  const offered = eventType(draft.type)?.frequencies ?? [];
  return (
    <fieldset id="frequency-field" class="field-block bare">
      <label for="field-frequency">Frequency</label>
      <select
        id="field-frequency"
        name="frequency"
        autofocus={problems[0]?.field === "frequency"}
        {...problemAttributes("frequency", problems)}
      >
        {offered.length === 0 && <option value="">Choose what happens first</option>}
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
    </fieldset>
  );
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
