import type { Child } from "hono/jsx";
import { activityDays } from "../domain/activity.ts";
import type { Noise } from "../domain/noise.ts";
import type { Suggestion } from "../domain/suggestions.ts";
import { counted } from "./counted.ts";
import { NotificationTable, TypeTable } from "./noise_tables.tsx";
import { Page, type Shell } from "./page.tsx";
import { Suggestions } from "./suggestions.tsx";

interface NoiseProps {
  shell: Shell;
  noise: Noise;
  suggestions: Suggestion[];
  message?: Child;
}

/** What fills an inbox, and what would make it quieter. */
export function NoisePage({ shell, noise, suggestions, message }: NoiseProps) {
  const isQuiet = noise.events === 0;
  return (
    <Page shell={shell} title="What fills your inbox" message={message}>
      <section class="panel" aria-labelledby="noise-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href="/notifications">Email notification settings</a>
            </p>
            <h1 id="noise-heading">What fills your inbox</h1>
            <p class="panel-note">
              The last {activityDays}{" "}
              days, as your notifications are now. What is not sent at once is in a digest, so no
              suggestion costs you an event.
            </p>
          </div>
        </header>
        {isQuiet ? <QuietInbox /> : <Amounts noise={noise} />}
        {(!isQuiet || suggestions.length > 0) && <Suggestions suggestions={suggestions} />}
        {!isQuiet && <NotificationTable noise={noise} />}
        {!isQuiet && <TypeTable noise={noise} />}
      </section>
    </Page>
  );
}

function QuietInbox() {
  return (
    <div class="empty">
      <p class="empty-title">A quiet inbox</p>
      <p>
        Nothing that you want to hear about happened in the last {activityDays}{" "}
        days. What fills your inbox would be counted here.
      </p>
    </div>
  );
}

function Amounts({ noise: { events, emails } }: { noise: Noise }) {
  const perWeek = Math.round(emails * 7 / activityDays);
  return (
    <p class="amounts">
      <strong>{counted(emails, "email")}</strong> told you of{" "}
      <strong>{counted(events, "event")}</strong>:{" "}
      {perWeek === 0 ? "less than one email a week" : `about ${counted(perWeek, "email")} a week`}.
    </p>
  );
}
