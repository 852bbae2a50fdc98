import { eventTypeLabel } from "../domain/catalogue.ts";
import type { LogEntry } from "../domain/event_log.ts";
import type { LogQuery } from "../domain/log_query.ts";
import { Days } from "./days.tsx";
import { RequestLink } from "./events.tsx";
import { Filters, logPath } from "./explorer_filters.tsx";
import { Page, type Shell } from "./page.tsx";
import { Moment, timeText, When } from "./times.tsx";

export interface ExplorerProps {
  query: LogQuery;
  /** The newest first. */
  entries: LogEntry[];
  /** The `seq` before which to go on; null at the end. */
  older: number | null;
  /** Whether the search stopped before it had looked at everything. */
  stopped: boolean;
  zone: string;
  now: number;
}

/** The whole log for the studio: filtered, page by page, or followed as it grows. */
export function ExplorerPage({ shell, ...props }: ExplorerProps & { shell: Shell }) {
  return (
    <Page shell={shell} title="Event explorer">
      <section class="panel" aria-labelledby="explorer-heading">
        <header class="panel-head">
          <div>
            <h1 id="explorer-heading">Event explorer</h1>
            <p class="panel-note">
              Every event of every account, as it came in. Each opens with whom it reached, and why.
              {" "}
              <a href="/docs">Events API</a>
            </p>
          </div>
          <Follow {...props} />
        </header>
        <Filters query={props.query} />
        <LogList {...props} />
      </section>
    </Page>
  );
}

/** The button that lets the page follow the log, or stops it; only the newest page can. */
function Follow({ query }: ExplorerProps) {
  if (query.before !== undefined || query.until !== undefined) return null;
  if (!query.follow) return <a class="button" href={logPath(query, { follow: "on" })}>Follow</a>;
  return (
    <div class="actions">
      <a class="button search-button" href={logPath(query)}>Refresh</a>
      <a class="button" href={logPath(query, { follow: undefined })}>Pause</a>
    </div>
  );
}

/** The events of a page; while it follows the log, it asks for itself again. */
export function LogList(props: ExplorerProps) {
  const { query, entries, zone, now } = props;
  const seen = entries[0]?.event.seq;
  const follow = query.follow && {
    "hx-get": logPath(query, { seen }),
    "hx-trigger": "every 3s",
    "hx-swap": "outerMorph",
    "hx-target": "this",
  };
  return (
    <div id="log" {...follow}>
      <Days
        items={entries}
        at={({ receivedAt }) => receivedAt}
        row={(entry) => <LogRow entry={entry} zone={zone} />}
        zone={zone}
        now={now}
      />
      {entries.length === 0 && <NothingFound {...props} />}
      <Onward {...props} />
    </div>
  );
}

function LogRow({ entry, zone }: { entry: LogEntry; zone: string }) {
  const { event, flaw, receivedAt, source, accounts } = entry;
  return (
    <li class="row event" id={`event-${event.seq}`}>
      <span class="event-time">
        <When at={receivedAt} zone={zone} text={timeText(receivedAt, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          <a href={`/explorer/${event.seq}`}>
            <strong>{eventTypeLabel(event.type)}</strong>
          </a>{" "}
          <span dir="auto">{event.data.title?.name}</span> <RequestLink event={event} />
        </p>
        <p class="row-note">{[`Event ${event.seq}`, ...accounts, source].join(" · ")}</p>
        {flaw && <p class="row-note failed">Set aside: {flaw}</p>}
      </div>
    </li>
  );
}

function NothingFound({ stopped }: ExplorerProps) {
  return (
    <div class="empty">
      <p class="empty-title">{stopped ? "Nothing found so far" : "No event like this"}</p>
      <p>
        {stopped
          ? "The search looks through 20,000 events at a time, and can go on."
          : "Nothing in the log answers to these filters."}
      </p>
    </div>
  );
}

/** The way to older events, and to the newest. */
function Onward({ query, entries, older, stopped, zone, now }: ExplorerProps) {
  const last = entries.at(-1);
  const path = (before: number) => logPath(query, { before, follow: undefined });
  return (
    <nav class="empty-actions" aria-label="More of the log">
      {query.before && <a class="button" href={logPath(query, { before: undefined })}>Newest</a>}
      {older && <a class="button" href={path(older)}>{stopped ? "Search further back" : "Older"}
      </a>}
      {last && older && (
        <p class="hint">
          Down to <Moment at={last.receivedAt} zone={zone} now={now} />.
        </p>
      )}
    </nav>
  );
}
