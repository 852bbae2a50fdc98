import { frequencies, type Frequency } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { EventDays } from "./events.tsx";
import { Page, type Shell } from "./page.tsx";
import { clockText, dayInSentence, When } from "./times.tsx";

/** An email as its reader looks at it again. */
export interface PastEmail {
  frequency: Frequency;
  /** Milliseconds since the epoch. */
  composedAt: number;
  state: "queued" | "sent" | "canceled" | "failed";
  items: { event: Event; reasons: { id: number; sentence: string }[] }[];
}

interface EmailPageProps {
  shell: Shell;
  email: PastEmail;
  zone: string;
  now: number;
}

/** Everything that one email tells, however long it is, each event with every reason. */
export function EmailPage({ shell, email, zone, now }: EmailPageProps) {
  const { frequency, composedAt, items } = email;
  const reasons = new Map(items.map(({ event, reasons }) => [event.seq, reasons]));
  const title = frequency === "immediately"
    ? "Immediate email"
    : `${frequencies[frequency]} digest`;
  const when = `${dayInSentence(composedAt, zone, now)} ${clockText(composedAt, zone)}`;
  return (
    <Page shell={shell} title={title}>
      <section class="panel" aria-labelledby="email-heading">
        <header class="panel-head">
          <div>
            <h1 id="email-heading">{title}</h1>
            <p class="panel-note">
              {stateText[email.state]} <When at={composedAt} zone={zone} text={when} />,{" "}
              {items.length === 1 ? "one event" : `${items.length} events`}
            </p>
          </div>
        </header>
        <EventDays
          events={items.map(({ event }) => event)}
          note={({ seq }) => <Reasons reasons={reasons.get(seq) ?? []} />}
          zone={zone}
          now={now}
        />
      </section>
    </Page>
  );
}

const stateText = {
  queued: "On its way since",
  sent: "Composed",
  canceled: "Taken back before it was sent; composed",
  failed: "The provider refused it for good; composed",
} as const;

function Reasons({ reasons }: { reasons: { id: number; sentence: string }[] }) {
  return (
    <p class="row-note">
      Why: {reasons.map(({ id, sentence }, index) => (
        <>
          {index > 0 && "; "}
          <a href={`/notifications/${id}`}>{sentence}</a>
        </>
      ))}
    </p>
  );
}
