import { frequencies, type Frequency } from "../domain/catalogue.ts";
import type { Event } from "../domain/events.ts";
import { type Forecast, forecastDays, type Warning } from "../domain/forecast.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { counted } from "./counted.ts";
import { DayBars } from "./day_bars.tsx";
import { WarningText } from "./forecast_warnings.tsx";
import { clockText, dateInSentence, dayText, When } from "./times.tsx";

export interface ForecastProps {
  /** Null while what was chosen cannot be read as a notification. */
  outlook: Outlook | null;
  /** What it lacks to be read. */
  lacks?: string;
  zone: string;
  now: number;
}

interface Outlook {
  input: NotificationInput;
  forecast: Forecast;
  warnings: Warning[];
  /** When its first email would come; null for mail that comes as it happens. */
  next: { at: number; text: string } | null;
  /** Whether the reader has hours in which nothing comes as it happens. */
  isQuietAtTimes: boolean;
  /** Since when events were looked at, where there are more than that; null where it was all of them. */
  knownSince: number | null;
}

/** What a notification would do, before it is saved. It is morphed, so that only what has changed is announced. */
export function ForecastBox({ outlook, lacks, zone, now }: ForecastProps) {
  return (
    <section id="forecast" class="forecast" aria-labelledby="forecast-heading">
      <h3 id="forecast-heading" tabindex={-1}>What it would do</h3>
      <div class="stack" aria-live="polite">
        {outlook ? <Consequence {...outlook} zone={zone} now={now} /> : (
          <p class="hint">
            {lacks || "Choose what happens, and this says how much mail that makes."}
          </p>
        )}
      </div>
      {outlook && <LatestOnes latest={outlook.forecast.latest} zone={zone} now={now} />}
      <noscript>
        <button type="submit" formaction="/notifications/forecast">Show what it would do</button>
      </noscript>
    </section>
  );
}

/** The same in a line, which leads there from where the form is too long to see both. */
export function ForecastLine({ outlook }: Pick<ForecastProps, "outlook">) {
  if (!outlook) return null;
  const { forecast: { total, emails }, warnings } = outlook;
  const amount = `${counted(total, "event")} in ${forecastDays} days, ${counted(emails, "email")}`;
  const notes = warnings.length > 0 ? `, ${counted(warnings.length, "warning")}` : "";
  return <a href="#forecast-heading">{amount + notes}</a>;
}

/** What the window says of what was chosen, on its way into both places. */
export function ForecastFragment(props: ForecastProps) {
  return (
    <>
      <ForecastBox {...props} />
      <ForecastLinePartial {...props} />
    </>
  );
}

/** The line on its way into the open window. */
export function ForecastLinePartial({ outlook }: Pick<ForecastProps, "outlook">) {
  return (
    <hx-partial hx-target="#forecast-line" hx-swap="innerHTML">
      <ForecastLine outlook={outlook} />
    </hx-partial>
  );
}

function Consequence({ zone, now, ...outlook }: Outlook & { zone: string; now: number }) {
  const { input, forecast, warnings, next, isQuietAtTimes, knownSince } = outlook;
  return (
    <>
      <p aria-atomic="true">{notificationSentence(input, { most: mostNamed })}</p>
      <p aria-atomic="true">
        <Amount forecast={forecast} frequency={input.frequency} />
      </p>
      <DayBars days={forecast.days} />
      {knownSince !== null && (
        <p class="hint">
          There are more events than are looked at: those since{" "}
          {dateInSentence(knownSince, zone, now)}.
        </p>
      )}
      <p class="hint">
        {next
          ? (
            <>
              The next email would come: <When at={next.at} zone={zone} text={next.text} />
            </>
          )
          : `The email comes as it happens${isQuietAtTimes ? ", outside your quiet hours" : ""}.`}
      </p>
      {warnings.length > 0 && (
        <ul class="warnings">
          {warnings.map((warning) => (
            <li>
              <WarningText warning={warning} frequency={input.frequency} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How many values the sentence names of each condition. */
const mostNamed = 8;

function LatestOnes({ latest, zone, now }: { latest: Event[]; zone: string; now: number }) {
  if (latest.length === 0) return null;
  return (
    <details class="condition">
      <summary>
        <span class="condition-name">
          {latest.length === 1 ? "The one that matched" : `The last ${latest.length} of them`}
        </span>
      </summary>
      <ul class="latest">
        {latest.map((event) => <Latest event={event} zone={zone} now={now} />)}
      </ul>
    </details>
  );
}

function Latest({ event, zone, now }: { event: Event; zone: string; now: number }) {
  const { time, subject, data } = event;
  const name = [data.title?.name, subject && `(${subject})`].filter(Boolean).join(" ");
  const when = `${dayText(time, zone, now)} ${clockText(time, zone)}`;
  return (
    <li>
      <span dir="auto">
        {data.url ? <a href={data.url} rel="noreferrer">{name || "Without a title"}</a> : name}
      </span>
      <When at={time} zone={zone} text={when} />
    </li>
  );
}

function Amount({ forecast, frequency }: { forecast: Forecast; frequency: Frequency }) {
  const { total, emails } = forecast;
  const perWeek = Math.round((total * 7) / forecastDays * 10) / 10;
  return (
    <>
      <strong>{counted(total, "event")}</strong> in the last {forecastDays} days
      {total > 0 && <>, about {perWeek} a week</>}. {total > 0 && (
        <>
          {frequencies[frequency]}, that makes <strong>{counted(emails, "email")}</strong>.
        </>
      )}
    </>
  );
}
