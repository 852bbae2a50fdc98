import type { Child } from "hono/jsx";
import { nextDigestText } from "../domain/schedule.ts";
import { countText, NotificationList, type PanelProps, type Reader } from "./notification_list.tsx";
import { ListLegend } from "./list_view.tsx";
import { Page, type Shell } from "./page.tsx";
import { SearchForm } from "./search.tsx";
import { SelectionBar } from "./selection.tsx";
import { When } from "./times.tsx";
import { ZoneNotice } from "./zone_notice.tsx";

interface NotificationsPageProps {
  shell: Shell;
  panel: PanelProps;
  message?: Child;
  window?: Child;
}

/** The settings panel, and the window where one is open on top of it. */
export function NotificationsPage({ shell, panel, message, window }: NotificationsPageProps) {
  return (
    <Page shell={shell} title="Email notification settings" message={message} window={window}>
      <NotificationPanel {...panel} />
    </Page>
  );
}

/** Heading, search and list: what changes together when something was saved. */
export function NotificationPanel(props: PanelProps) {
  return (
    <section id="panel" class="panel" aria-labelledby="panel-heading">
      <header class="panel-head">
        <div>
          <h1 id="panel-heading">Email notification settings</h1>
          <p class="panel-note">
            Mail goes to {props.reader.email}. <a href="/schedule">When mail comes</a>{" "}
            <a href="/noise">What fills your inbox</a>
          </p>
        </div>
        <a
          class="button primary"
          href="/notifications/new"
          hx-get="/notifications/new"
          hx-target="#window"
        >
          Create Notifications
        </a>
      </header>
      <ReaderNotices reader={props.reader} now={props.now} />
      <SearchForm
        query={props.query}
        path="/notifications"
        list="list"
        label="Search notifications"
        hint="Event, condition, frequency or state"
      >
        {props.sort && <input type="hidden" name="sort" value={props.sort} />}
      </SearchForm>
      <p id="list-count" class="list-count" aria-live="polite">{countText(props)}</p>
      <div id="list-found" hidden></div>
      <ListLegend {...props} />
      <NotificationList {...props} />
      <SelectionBar
        query={props.query}
        account={props.reader.account.name}
        last={lastTypes(props)}
      />
    </section>
  );
}

/** The deadline types that nobody in the account hears about but the reader, who does. */
function lastTypes({ notifications, unshared }: PanelProps): string[] {
  const heard = notifications.filter(({ type, mutedAt, granted }) =>
    unshared.has(type) && mutedAt === null && granted
  );
  return [...new Set(heard.map(({ type }) => type))];
}

function ReaderNotices({ reader, now }: { reader: Reader; now: number }) {
  const { pausedUntil, addressFailedAt, complainedAt, zone, zoneConfirmedAt } = reader;
  return (
    <>
      {zoneConfirmedAt === null && <ZoneNotice zone={zone} />}
      {complainedAt !== null && (
        <p class="notice notice-failed">
          One of our emails was marked as spam in your mailbox, so we stopped all mail to{" "}
          {reader.email}. Ask your account admin to have it resumed.
        </p>
      )}
      {addressFailedAt !== null && complainedAt === null && (
        <p class="notice notice-failed">
          Your address takes no mail: our last email to {reader.email}{" "}
          came back for good. Once your mailbox takes mail again, ask your account admin to resume
          it.
        </p>
      )}
      {pausedUntil !== null && pausedUntil > now && (
        <p class="notice">
          All mail is paused until{" "}
          <When at={pausedUntil} zone={zone} text={nextDigestText(pausedUntil, zone, now)} />. The
          first email afterwards catches up. <a href="/schedule">Change or resume</a>
        </p>
      )}
    </>
  );
}
