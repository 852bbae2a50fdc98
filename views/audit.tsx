import { type AuditEntry, stateText, subjectText } from "../domain/audit.ts";
import { Page, type Shell } from "./page.tsx";
import { PlainSearch } from "./search.tsx";
import { Table } from "./table.tsx";
import { Moment } from "./times.tsx";

interface AuditProps {
  shell: Shell;
  /** The newest first. */
  entries: AuditEntry[];
  query: string;
  /** Whether there are older ones. */
  isMore: boolean;
  zone: string;
  now: number;
}

/** Who changed what, from where, when, and what was before and after. */
export function AuditPage({ shell, entries, query, isMore, zone, now }: AuditProps) {
  const search = query === "" ? "" : `q=${encodeURIComponent(query)}`;
  return (
    <Page shell={shell} title="Audit log">
      <section class="panel" aria-labelledby="audit-heading">
        <header class="panel-head">
          <div>
            <h1 id="audit-heading">Audit log</h1>
            <p class="panel-note">
              Who changed what. Nothing here is ever changed or taken out before its time.{" "}
              <a href={`/audit/list.csv?${search}`} download>Download as CSV</a>
            </p>
          </div>
        </header>
        <PlainSearch
          path="/audit"
          query={query}
          label="Search the audit log"
          hint="Name, role, muted"
        />
        {entries.length === 0
          ? <Nothing query={query} />
          : (
            <Table headings={["When", "Who", "What", "Before and after"]}>
              {entries.map((entry) => <EntryRow entry={entry} zone={zone} now={now} />)}
            </Table>
          )}
        {isMore && (
          <p class="pages">
            <a href={`/audit?${search}&before=${entries.at(-1)!.id}`}>Older ones</a>
          </p>
        )}
      </section>
    </Page>
  );
}

function Nothing({ query }: { query: string }) {
  return (
    <div class="empty">
      <p class="empty-title">{query === "" ? "Nothing yet" : "Nothing found"}</p>
      <p>
        {query === ""
          ? "Whatever people change is written down here."
          : "Search for a name, an address, a role, an event type, or what was done."}
      </p>
    </div>
  );
}

function EntryRow({ entry, zone, now }: { entry: AuditEntry; zone: string; now: number }) {
  const { at, actor, via, account, deed, before, after } = entry;
  return (
    <tr>
      <td>
        <Moment at={at} zone={zone} now={now} />
      </td>
      <td>
        <span class="person-name" dir="auto">{actor ?? "Operator"}</span>
        <span class="person-email">{via}{account && `, ${account}`}</span>
      </td>
      <td>
        <strong>{deed[0]!.toUpperCase() + deed.slice(1)}</strong>{" "}
        <span dir="auto">{subjectText(entry)}</span>
      </td>
      <td>
        {before && <p class="hint">Before: {stateText(before)}</p>}
        {after && <p>After: {stateText(after)}</p>}
      </td>
    </tr>
  );
}
