import { eventTypeIds, eventTypeLabel } from "../domain/catalogue.ts";
import type { LogQuery } from "../domain/log_query.ts";

/** What to look for in the log. */
export function Filters({ query }: { query: LogQuery }) {
  return (
    <form role="search" method="get" action="/explorer" class="stack" aria-label="Events">
      <div class="field-row">
        <div class="field-block">
          <label for="log-type">Event type</label>
          <select id="log-type" name="type">
            <option value="">All</option>
            {eventTypeIds.map((id) => (
              <option value={id} selected={id === query.type}>{eventTypeLabel(id)}</option>
            ))}
          </select>
        </div>
        <Filter name="q" label="Request, title or event id" value={query.q} />
      </div>
      <details open={Boolean(query.account || query.source || query.from || query.until)}>
        <summary>More filters</summary>
        <div class="field-row">
          <Filter name="account" label="Account" value={query.account} />
          <Filter name="source" label="Source begins with" value={query.source} />
          <Filter name="from" label="Received from" type="date" value={query.from} />
          <Filter name="until" label="Received until" type="date" value={query.until} />
        </div>
      </details>
      {query.follow && <input type="hidden" name="follow" value="on" />}
      <div class="actions">
        <a class="button quiet" href="/explorer">Clear</a>
        <button type="submit">Filter</button>
      </div>
    </form>
  );
}

function Filter(
  { name, label, type = "text", value = "" }: {
    name: string;
    label: string;
    type?: string;
    value?: string | undefined;
  },
) {
  const id = `log-${name}`;
  return (
    <div class="field-block">
      <label for={id}>{label}</label>
      <input id={id} name={name} type={type} value={value} autocomplete="off" />
    </div>
  );
}

/** The address of a query with some of it changed; what says nothing is left out. */
export function logPath(query: LogQuery, changed: Partial<LogQuery> = {}): string {
  const said = Object.entries({ ...query, seen: undefined, ...changed })
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => [name, String(value)]);
  return `/explorer${said.length > 0 ? `?${new URLSearchParams(said)}` : ""}`;
}
