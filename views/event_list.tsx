import type { Child, PropsWithChildren } from "hono/jsx";
import type { Event } from "../domain/events.ts";
import { EventDays } from "./events.tsx";
import { Page, type Shell } from "./page.tsx";

interface EventListProps {
  shell: Shell;
  title: string;
  /** Where the number stands that these events make. */
  back: { href: string; label: string };
  /** What they have in common, where the title does not say it. */
  about?: Child;
  /** How many they are, and of which time. */
  amount: Child;
  /** The newest first. */
  events: Event[];
  zone: string;
  now: number;
}

/** The events that a number counts, on a page of their own; what belongs below them as its children. */
export function EventListPage(props: PropsWithChildren<EventListProps>) {
  const { shell, title, back, about, amount, events, zone, now, children } = props;
  return (
    <Page shell={shell} title={title}>
      <section class="panel" aria-labelledby="events-heading">
        <p class="back">
          <a href={back.href}>{back.label}</a>
        </p>
        <header class="panel-head">
          <div>
            <h1 id="events-heading">{title}</h1>
            {about}
            <p class="panel-note">{amount}</p>
          </div>
        </header>
        <EventDays events={events} zone={zone} now={now} />
        {children}
      </section>
    </Page>
  );
}
