import type { Change, Deed } from "../domain/changes.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { type Stay, staysText } from "../domain/selection.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { counted } from "./counted.ts";
import { type Silence, silenceAbout } from "./coverage.tsx";
import { AlertPartial, Message, StatusPartial } from "./messages.tsx";
import { ListFragment, NotificationList, type PanelProps } from "./notification_list.tsx";
import { NotificationRow, type RowProps } from "./notification_row.tsx";

interface DoneProps {
  deed: Deed;
  /** The change that can be undone, where there is one. */
  change: string | undefined;
  /** Every notification that it touched, as it reads now or read last. */
  touched: NotificationInput[];
  stays?: Stay[];
  /** The id of the control that takes the focus when what had it is gone. */
  focus?: string;
  /** The page to come back to, where it is not the panel. */
  back?: string;
  /** What nobody of the account hears about now. */
  silence?: Silence;
}

/** What changes in a page that stays: the list, and what is said about the change where it is known. */
export function ChangedFragment(
  { panel, change, focus }: { panel: PanelProps; change: Change | null; focus?: string },
) {
  return (
    <>
      <ListFragment {...panel} />
      <StatusPartial>
        {change && <ChangeMessage {...panel} change={change} focus={focus} />}
      </StatusPartial>
    </>
  );
}

/** What changes in a page that stays when something was done to one notification. */
export function ActedFragment(
  { row, panel, ...done }: Pick<DoneProps, "deed" | "change" | "silence"> & {
    row: RowProps;
    /** Given where other rows change as well. */
    panel?: PanelProps;
  },
) {
  return (
    <>
      {panel ? <ListFragment {...panel} /> : <NotificationRow {...row} />}
      <StatusPartial>
        <DoneMessage {...done} touched={[row.notification]} />
      </StatusPartial>
    </>
  );
}

/** The list as it is now, when it was not any more as the page still showed it. */
export function GoneFragment({ panel }: { panel: PanelProps }) {
  return (
    <>
      <AlertPartial>
        This notification was deleted before, in another window perhaps. The list shows what is
        there now.
      </AlertPartial>
      <hx-partial hx-target="#list" hx-swap="outerHTML">
        <NotificationList {...panel} />
      </hx-partial>
    </>
  );
}

/** What was just done, with the way back. */
export function DoneMessage(props: DoneProps) {
  const { deed, change, touched, stays = [], focus, back, silence } = props;
  return (
    <Message undo={change && <UndoForm change={change} back={back} />} focus={focus}>
      {touched.length === 1
        ? `${deeds[deed]}: ${notificationSentence(touched[0]!)}`
        : `${deeds[deed]}: ${touched.length} notifications`}
      {silences.has(deed) && silence && silenceAbout(silence, touched)}
      {stays.length > 0 && `. ${staysText(stays, touched.length + stays.length)}`}
    </Message>
  );
}

/** What can end that anybody hears about something. */
const silences: ReadonlySet<Deed> = new Set(["muted", "snoozed", "deleted"]);

const deeds: Record<Deed, string> = {
  created: "Saved",
  edited: "Saved",
  muted: "Muted",
  snoozed: "Snoozed",
  unmuted: "Unmuted from now on",
  rescheduled: "Frequency changed",
  deleted: "Deleted",
  copied: "Copied",
  imported: "Imported",
};

function UndoneMessage({ deed, touched, focus }: Pick<DoneProps, "deed" | "touched" | "focus">) {
  return (
    <Message focus={focus}>
      {"Undone: "}
      {deed === "created"
        ? "the new notification is gone again"
        : deed === "imported"
        ? "what was imported is gone again"
        : touched.length === 1
        ? `${notificationSentence(touched[0]!)} is as it was`
        : `${touched.length} notifications are as they were`}
    </Message>
  );
}

/** The message about a change, as it stands: done or undone. */
export function ChangeMessage(
  { change, notifications, ...rest }: Pick<DoneProps, "focus" | "back" | "silence"> & {
    change: Change;
    /** All that there are now. */
    notifications: readonly (NotificationInput & { id: number })[];
  },
) {
  if (change.deed === "copied") return <CopiedMessage change={change} />;
  const byId = new Map(notifications.map((notification) => [notification.id, notification]));
  const touched = spokenOf(change).flatMap(({ id, was }) => byId.get(id) ?? was ?? []);
  return change.undone
    ? <UndoneMessage {...change} touched={touched} focus={rest.focus} />
    : <DoneMessage {...change} {...rest} change={change.id} touched={touched} />;
}

/** What colleagues got is not in the list of whoever gave it. */
function CopiedMessage({ change: { id, touched, undone } }: { change: Change }) {
  if (undone) return <Message>Undone: the copies are gone again</Message>;
  return (
    <Message undo={<UndoForm change={id} />}>
      Copied to {counted(touched.length, "colleague")}
    </Message>
  );
}

/** What a change made speaks for what it did to others on the way, until that is all that is left. */
function spokenOf({ touched, undone }: Change): Change["touched"] {
  const spoken = touched.filter(({ was }) => undone ? was !== null : was === null);
  return spoken.length > 0 ? spoken : touched;
}

function UndoForm({ change, back }: { change: string; back?: string }) {
  const path = `/notifications/changes/${change}/undo`;
  const action = `${path}?_method=PUT${back ? `&back=${encodeURIComponent(back)}` : ""}`;
  const live = back ? {} : { "hx-put": path, "hx-target": "#list", "hx-swap": "outerHTML" };
  return (
    <form method="post" action={action} {...live}>
      <button type="submit" class="link-button" aria-keyshortcuts="Control+Z">Undo</button>
    </form>
  );
}
