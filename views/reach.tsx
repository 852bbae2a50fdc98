import { eventTypeLabel } from "../domain/catalogue.ts";
import type { LogEntry } from "../domain/event_log.ts";
import { counted } from "./counted.ts";
import { EventText } from "./event.tsx";
import { Page, type Shell } from "./page.tsx";
import { type Reached, ReachedRow } from "./reached.tsx";
import { Moment } from "./times.tsx";

interface ReachProps {
  entry: LogEntry;
  /** What the event says, as it is stored. */
  data: string;
  people: Reached[];
  skipped: number;
  next: number | null;
  /** How many others could see the event, and have no notification about its type. */
  others: number;
  zone: string;
  now: number;
}

/** One event as the log keeps it, and whom it reached across all accounts. */
export function ReachPage({ shell, ...props }: ReachProps & { shell: Shell }) {
  const { event, flaw } = props.entry;
  const label = eventTypeLabel(event.type);
  return (
    <Page shell={shell} title={label}>
      <article class="panel prose" aria-labelledby="event-heading">
        <header>
          <p class="panel-note">
            <a href="/explorer">Event explorer</a>
          </p>
          <h1 id="event-heading">{label}</h1>
          {flaw ? <SetAside flaw={flaw} /> : <EventText event={event} />}
        </header>
        <AsStored {...props} />
        <section aria-labelledby="reach-heading">
          <h2 id="reach-heading">Whom it reached, and why</h2>
          <People {...props} />
        </section>
      </article>
    </Page>
  );
}

function SetAside({ flaw }: { flaw: string }) {
  return (
    <p class="notice notice-failed">
      Set aside: {flaw}. Nobody is told of it; everything around it is delivered.
    </p>
  );
}

function AsStored({ entry, data, zone, now }: ReachProps) {
  const { event, source, id, accounts, receivedAt } = entry;
  return (
    <div class="letter">
      <dl>
        <Said name="Event" said={String(event.seq)} />
        <Said name="Source" said={source} />
        <Said name="Id" said={id} />
        <Said name="Accounts" said={accounts.join(", ") || "The studio alone"} />
        <div>
          <dt>Received</dt>
          <dd>
            <Moment at={receivedAt} zone={zone} now={now} />
          </dd>
        </div>
        <div>
          <dt>Happened</dt>
          <dd>
            {entry.flaw ? "Unknown" : <Moment at={event.time} zone={zone} now={now} />}
          </dd>
        </div>
      </dl>
      <details>
        <summary>Data</summary>
        <pre dir="auto">{entry.flaw ? data : JSON.stringify(JSON.parse(data), null, 2)}</pre>
      </details>
    </div>
  );
}

function Said({ name, said }: { name: string; said: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{said}</dd>
    </div>
  );
}

function People({ people, skipped, next, others, entry, ...viewpoint }: ReachProps) {
  const path = (from: number) => `/explorer/${entry.event.seq}?skipped=${from}`;
  return (
    <>
      {people.length === 0 && <p>Nobody who could see it asks for events of this type.</p>}
      <ul role="list">
        {people.map((person) => <ReachedRow person={person} {...viewpoint} />)}
      </ul>
      {others > 0 && (
        <p class="hint">
          {counted(others, "other user")} could see it, without a notification about this type.
        </p>
      )}
      {(skipped > 0 || next !== null) && (
        <nav class="pages" aria-label="More people">
          {skipped > 0 && <a href={path(0)}>First people</a>}
          {next !== null && <a href={path(next)} rel="next">Next people</a>}
        </nav>
      )}
    </>
  );
}
