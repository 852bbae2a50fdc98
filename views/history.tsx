import type { Frequency } from "../domain/catalogue.ts";
import type { Waiting } from "../domain/email_states.ts";
import { readableQuery } from "../domain/search.ts";
import { EmailDays, type HistoryEmail } from "./email_days.tsx";
import { Page, type Shell } from "./page.tsx";
import { cutText, SearchForm } from "./search.tsx";
import { Moment } from "./times.tsx";
import { type UpcomingEmail, UpcomingEmails } from "./upcoming.tsx";

export interface HistoryProps {
  query: string;
  /** Whether this is the first page, which also says what comes next. */
  isNewest: boolean;
  upcoming: UpcomingEmail[];
  /** The frequencies whose next digest has nothing to tell yet. */
  idle: Frequency[];
  emails: HistoryEmail[];
  older: string | null;
  searchedTo: number | null;
  reader: Waiting;
  now: number;
}

/** Every email that somebody got, and what they will get next. */
export function HistoryPage({ shell, ...props }: HistoryProps & { shell: Shell }) {
  return (
    <Page shell={shell} title="History">
      <section class="panel" aria-labelledby="history-heading">
        <header class="panel-head">
          <div>
            <h1 id="history-heading">History</h1>
            <p class="panel-note">
              Every email that you got, and what comes next. <a href="/schedule">When mail comes</a>
            </p>
          </div>
        </header>
        <SearchForm
          query={props.query}
          path="/history"
          list="history-list"
          label="Search the history"
          hint="Event, title, request such as SR-48213, or state"
        />
        <p id="history-count" class="list-count" aria-live="polite">{countText(props)}</p>
        <HistoryList {...props} />
      </section>
    </Page>
  );
}

/** The list on its way into a page that stays, and for those who cannot see it how much was found. */
export function HistoryFragment(props: HistoryProps) {
  return (
    <>
      <HistoryList {...props} />
      <hx-partial hx-target="#history-count" hx-swap="innerHTML">{countText(props)}</hx-partial>
    </>
  );
}

function HistoryList(props: HistoryProps) {
  const { query, isNewest, upcoming, idle, emails, reader, now } = props;
  const isEmpty = upcoming.length === 0 && emails.length === 0;
  return (
    <div id="history-list">
      {isNewest && (upcoming.length > 0 || query === "") && (
        <UpcomingEmails
          emails={upcoming}
          idle={query === "" ? idle : []}
          reader={reader}
          now={now}
        />
      )}
      <EmailDays emails={emails} reader={reader} now={now} />
      {isEmpty && query !== "" && <NothingFound {...props} />}
      {emails.length === 0 && query === "" && <NoMailYet isNewest={isNewest} />}
      <Onward {...props} />
    </div>
  );
}

function NothingFound({ query }: HistoryProps) {
  return (
    <div class="empty">
      <p class="empty-title">No email matches “{readableQuery(query)}”</p>
      <p>
        The search looks at the events that were told, their titles and requests, at frequencies and
        states. What you were not told of has a page that says why: it stands under{" "}
        <a href="/">What happened</a>.
      </p>
      <p class="empty-actions">
        <a class="button" href="/history">Clear search</a>
      </p>
    </div>
  );
}

function NoMailYet({ isNewest }: { isNewest: boolean }) {
  return (
    <div class="empty">
      <p class="empty-title">{isNewest ? "No mail yet" : "Nothing older"}</p>
      <p>
        {isNewest
          ? "Every email that you get can be opened here again, as it was sent."
          : "This is where your mail began, or what is older is no longer kept."}
      </p>
    </div>
  );
}

/** The way to older emails, and to the newest. */
function Onward({ query, isNewest, older, searchedTo, reader, now }: HistoryProps) {
  const onward = older &&
    `/history?${new URLSearchParams({ ...query && { q: query }, before: older })}`;
  return (
    <nav class="empty-actions" aria-label="More of the history">
      {!isNewest && <a class="button" href="/history">Newest</a>}
      {onward && <a class="button" href={onward}>{searchedTo ? "Search further back" : "Older"}</a>}
      {searchedTo !== null && (
        <p class="hint">
          Searched back to <Moment at={searchedTo} zone={reader.zone} now={now} />.
        </p>
      )}
    </nav>
  );
}

/** "3 found", or "30 found, and more further back", while something is searched for. */
function countText({ query, upcoming, emails, older }: HistoryProps): string {
  if (query === "") return "";
  const count = upcoming.length + emails.length;
  return cutText(older ? `${count} found so far` : `${count} found`, query);
}
