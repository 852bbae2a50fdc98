import type { Problem } from "../domain/errors.ts";
import type { Searchable } from "../domain/search.ts";
import { zoneName } from "../domain/zones.ts";
import { LastNote } from "./coverage.tsx";
import { NotificationSentence } from "./notification_row.tsx";
import { Page, type Shell } from "./page.tsx";
import { dateText, shortDayText } from "./times.tsx";

interface SnoozeProps {
  shell: Shell;
  notification: Searchable;
  /** The account in which nobody would hear about its event type without it. */
  lastIn?: string | undefined;
  /** The days that are offered, by what they are called; instants at which they begin, in milliseconds. */
  days: { tomorrow: number; monday: number };
  zone: string;
  /** What was typed, and what is wrong with it. */
  typed?: string;
  problems?: Problem[];
}

/** Asks until when a notification is to be quiet. */
export function SnoozePage(props: SnoozeProps) {
  const { shell, notification, lastIn, days, zone } = props;
  return (
    <Page shell={shell} title="Snooze">
      <section class="panel narrow stack" aria-labelledby="snooze-heading">
        <p class="back">
          <a href="/notifications">Email notification settings</a>
        </p>
        <h1 id="snooze-heading">Snooze</h1>
        <NotificationSentence notification={notification} />
        <p>
          Until the day that you choose, nothing of this comes, and nothing of it comes later. Then
          it speaks again by itself. Days begin at 00:00, {zoneName(zone)}.
        </p>
        {lastIn !== undefined && <LastNote account={lastIn} types={[notification.type]} />}
        <form class="stack" method="post" action={pathOf(notification)}>
          <DayButton name="Tomorrow" at={days.tomorrow} zone={zone} />
          {days.monday !== days.tomorrow && (
            <DayButton name="Next Monday" at={days.monday} zone={zone} />
          )}
        </form>
        <DateForm {...props} />
      </section>
    </Page>
  );
}

function DayButton({ name, at, zone }: { name: string; at: number; zone: string }) {
  return (
    <button type="submit" name="until" value={dateText(at, zone)}>
      {name}, {shortDayText(at, zone)}
    </button>
  );
}

function DateForm({ notification, days, zone, typed, problems = [] }: SnoozeProps) {
  const [problem] = problems;
  return (
    <form class="stack" method="post" action={pathOf(notification)} novalidate>
      <div class="field-block">
        <label for="until">Another day</label>
        <input
          id="until"
          name="until"
          type="date"
          min={dateText(days.tomorrow, zone)}
          value={typed}
          aria-invalid={problem ? "true" : undefined}
          aria-describedby={problem ? "problem-until" : undefined}
          autofocus={problem !== undefined}
        />
        {problem && <p id="problem-until" class="problem" role="alert">{problem.message}</p>}
      </div>
      <div>
        <button type="submit" class="primary">Snooze</button>
      </div>
    </form>
  );
}

function pathOf({ id }: Searchable): string {
  return `/notifications/${id}/mute?_method=PUT`;
}
