import { Page, type Shell } from "./page.tsx";

/** An email of the outbox, as the list names it. */
export interface OutboxLine {
  id: string;
  recipient: string;
  subject: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
}

export interface OutboxEmail extends OutboxLine {
  headers: Record<string, string>;
  text: string;
  html: string;
}

/** Every email that the demo would have sent, the newest first. */
export function OutboxPage({ shell, emails }: { shell: Shell; emails: OutboxLine[] }) {
  return (
    <Page shell={shell} title="Outbox">
      <section class="panel" aria-labelledby="outbox-heading">
        <header class="panel-head">
          <div>
            <h1 id="outbox-heading">Outbox</h1>
            <p class="panel-note">
              What would have been mailed. Nothing of it leaves this machine.
            </p>
          </div>
        </header>
        <ul role="list">{emails.map((email) => <OutboxRow email={email} />)}</ul>
        {emails.length === 0 && (
          <p class="empty">
            No mail yet. It appears here when something happens that somebody asked to hear of.
          </p>
        )}
      </section>
    </Page>
  );
}

function OutboxRow({ email }: { email: OutboxLine }) {
  return (
    <li class="row">
      <div class="row-text">
        <p class="sentence">
          <a href={`/outbox/${email.id}`}>{email.subject}</a>
        </p>
        <p class="row-note">
          To {email.recipient}, <SentAt instant={email.sentAt} />
        </p>
      </div>
    </li>
  );
}

/** One email: what the reader sees, the plain text, and the headers that a mailbox rule can match. */
export function OutboxEmailPage({ shell, email }: { shell: Shell; email: OutboxEmail }) {
  return (
    <Page shell={shell} title={email.subject}>
      <article class="panel letter" aria-labelledby="letter-heading">
        <header class="panel-head">
          <div>
            <p class="panel-note">
              <a href="/outbox">Outbox</a>
            </p>
            <h1 id="letter-heading">{email.subject}</h1>
            <p class="panel-note">
              To {email.recipient}, <SentAt instant={email.sentAt} />
            </p>
          </div>
        </header>
        <iframe title="As the reader sees it" src={`/outbox/${email.id}/html`}></iframe>
        <h2>Text</h2>
        <pre>{email.text}</pre>
        <h2>Headers</h2>
        <dl>
          {Object.entries(email.headers).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </article>
    </Page>
  );
}

function SentAt({ instant }: { instant: number }) {
  const iso = new Date(instant).toISOString();
  return <time datetime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}</time>;
}
