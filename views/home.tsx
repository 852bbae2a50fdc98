import type { Event } from "../domain/events.ts";
import { EventDays } from "./events.tsx";
import { Page, type Shell } from "./page.tsx";

interface HomeProps {
  shell: Shell;
  events: Event[];
  zone: string;
  /** Whether the user's roles show any event at all. */
  seesEvents: boolean;
  /** Whether the user may see the whole log. */
  explores: boolean;
  now: number;
}

/** What happened lately, by day. */
export function HomePage({ shell, events, zone, seesEvents, explores, now }: HomeProps) {
  return (
    <Page shell={shell} title="What happened">
      <section class="panel" aria-labelledby="home-heading">
        <header class="panel-head">
          <div>
            <h1 id="home-heading">What happened</h1>
            <p class="panel-note">
              The latest that your roles may see. The newest come first. {explores && (
                <>
                  <a href="/explorer">Event explorer</a> <a href="/operations">Operations</a>
                </>
              )}
            </p>
          </div>
        </header>
        <EventDays events={events} zone={zone} now={now} />
        {events.length === 0 && <NothingYet seesEvents={seesEvents} />}
      </section>
    </Page>
  );
}

function NothingYet({ seesEvents }: { seesEvents: boolean }) {
  return (
    <div class="empty">
      <p class="empty-title">
        {seesEvents ? "Nothing happened yet" : "Your roles do not show any events"}
      </p>
      <p>
        {seesEvents
          ? "Everything that happens to the requests of your account will stand here."
          : "Ask your account admin for an operations role if you should see them."}
      </p>
    </div>
  );
}
