import type { Control } from "../domain/controls.ts";
import type { Draft } from "../domain/drafts.ts";
import type { Problem } from "../domain/errors.ts";
import type { Narrowing } from "../domain/narrowing.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { ForecastBox, ForecastLine, ForecastLinePartial, type ForecastProps } from "./forecast.tsx";
import { DoneMessage } from "./changes.tsx";
import { Icon } from "./icons.tsx";
import { StatusPartial } from "./messages.tsx";
import { NarrowingNote } from "./narrowing.tsx";
import { FrequencyField, TypeField, WhereFields } from "./notification_fields.tsx";
import { type Obstacle, ObstacleAlert, ProblemSummary } from "./notification_problems.tsx";
import type { PanelProps } from "./notification_list.tsx";
import { NotificationPanel } from "./notifications.tsx";

export interface WindowProps {
  draft: Draft;
  /** The event types that may be chosen. */
  types: string[];
  controls: Map<string, Control>;
  forecast: ForecastProps;
  problems?: Problem[];
  /** What stands in the way of saving. */
  obstacle?: Obstacle;
  /** What the draft leaves out already, and the address of the window that does so. */
  narrowing?: Narrowing & { path: string };
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
export function WindowForm(props: WindowProps) {
  const { draft, types, controls, forecast, problems = [], obstacle, narrowing } = props;
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
        {narrowing && <NarrowingNote {...narrowing} replaces={draft.replaces !== undefined} />}
        {draft.edited
          ? <EditedFields {...draft.edited} />
          : <input type="hidden" name="attempt" value={draft.attempt} />}
        {draft.replaces && <input type="hidden" name="replaces" value={draft.replaces} />}
        <TypeField draft={draft} types={types} problems={problems} autofocus={isProblem} />
        <WhereFields draft={draft} controls={controls} problems={problems} />
        <FrequencyField draft={draft} problems={problems} />
        <ForecastBox {...forecast} />
      </div>
      <WindowFoot {...forecast} />
    </form>
  );
}

/** What depends on the event type, on its way into the open window. */
export function TypePartials(
  { draft, controls, forecast }: Pick<WindowProps, "draft" | "controls" | "forecast">,
) {
  return (
    <>
      <hx-partial hx-target="#where" hx-swap="outerHTML">
        <WhereFields draft={draft} controls={controls} problems={[]} />
      </hx-partial>
      <hx-partial hx-target="#frequency-field" hx-swap="outerHTML">
        <FrequencyField draft={draft} problems={[]} />
      </hx-partial>
      <hx-partial hx-target="#forecast" hx-swap="outerMorph">
        <ForecastBox {...forecast} />
      </hx-partial>
      <ForecastLinePartial {...forecast} />
    </>
  );
}

/** What changes in the page when the window saved: the panel, the message, and the window closes. */
export function SavedFragment(
  { panel, notification, change }: {
    panel: PanelProps;
    notification: ShownNotification;
    change: string | undefined;
  },
) {
  return (
    <>
      <hx-partial hx-target="#panel" hx-swap="outerHTML">
        <NotificationPanel {...panel} />
      </hx-partial>
      <hx-partial hx-target="#window" hx-swap="innerHTML"></hx-partial>
      <StatusPartial>
        <DoneMessage deed="edited" change={change} touched={[notification]} />
      </StatusPartial>
    </>
  );
}

function WindowHead({ isEdit }: { isEdit: boolean }) {
  return (
    <div class="window-head">
      <div>
        <h2 id="window-heading">Notification settings</h2>
        <p class="panel-note">
          {isEdit ? "What was not told yet follows the change" : "A new one, from now on"}
        </p>
      </div>
      <a class="icon-button" href="/notifications" data-close aria-label="Close">
        <Icon name="x" />
      </a>
    </div>
  );
}

function WindowFoot({ outlook }: ForecastProps) {
  return (
    <div class="window-foot">
      <p id="forecast-line" class="forecast-line">
        <ForecastLine outlook={outlook} />
      </p>
      <p class="discard" id="discard" hidden>
        <span>Throw away what you changed?</span>
        <button type="button" class="link-button danger" data-discard>Throw away</button>
        <button type="button" class="link-button" data-keep>Keep editing</button>
      </p>
      <a class="button" href="/notifications" data-close>Cancel</a>
      <button type="submit" id="save" class="primary">Save</button>
    </div>
  );
}

/** Not by the name "id": in a browser's eyes a form with a field of that name has no id of its own. */
function EditedFields({ id, version }: { id: number; version: number }) {
  return (
    <>
      <input type="hidden" name="edited" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}
