import { eventTypeLabel, frequencies, type Frequency } from "../domain/catalogue.ts";
import type { Noise } from "../domain/noise.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { conditionsText } from "../domain/sentences.ts";

/** More rows than these nobody reads; what they hold is still counted. */
const mostRows = 50;

/** How much each notification tells, by frequency, and in how many emails. */
export function NotificationTable({ noise }: { noise: Noise }) {
  const telling = noise.notifications.filter(({ events }) => events > 0);
  const shown = telling.slice(0, mostRows);
  return (
    <table class="figures">
      <caption>By notification</caption>
      <thead>
        <tr>
          <th scope="col">Notification</th>
          <th scope="col" class="figure">Events</th>
          <th scope="col">Share</th>
          <th scope="col" class="figure">Emails</th>
        </tr>
      </thead>
      {noise.frequencies.map(({ frequency, emails }) => (
        <FrequencyRows
          noise={noise}
          frequency={frequency}
          emails={emails}
          rows={shown.filter((row) => row.notification.frequency === frequency)}
        />
      ))}
      <tfoot>
        <RestRow noise={noise} rest={telling.slice(mostRows)} label="further ones" />
        <RestRow
          noise={noise}
          rest={noise.notifications.slice(telling.length)}
          label="that told nothing by themselves"
        />
        <tr>
          <th scope="row">In all</th>
          <td class="figure">{amount(noise.events)}</td>
          <td></td>
          <td class="figure">{amount(noise.emails)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** What has no row of its own, as one. */
function RestRow(
  { noise, rest, label }: { noise: Noise; rest: Noise["notifications"]; label: string },
) {
  if (rest.length === 0) return null;
  const events = rest.reduce((sum, row) => sum + row.events, 0);
  return (
    <tr>
      <th scope="row">{`${amount(rest.length)} ${label}`}</th>
      <td class="figure">{amount(events)}</td>
      <td>
        <Share events={events} noise={noise} />
      </td>
      <td></td>
    </tr>
  );
}

interface FrequencyProps {
  noise: Noise;
  frequency: Frequency;
  emails: number;
  rows: Noise["notifications"];
}

function FrequencyRows({ noise, frequency, emails, rows }: FrequencyProps) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr class="figures-group">
        <th scope="rowgroup" colspan={3}>{frequencies[frequency]}</th>
        <td class="figure">{amount(emails)}</td>
      </tr>
      {rows.map(({ notification, events }) => (
        <tr>
          <th scope="row">
            <a href={`/notifications/${notification.id}`}>{criteriaText(notification)}</a>
          </th>
          <td class="figure">
            <EventsLink query={`notification=${notification.id}`} count={events} />
          </td>
          <td>
            <Share events={events} noise={noise} />
          </td>
          <td></td>
        </tr>
      ))}
    </tbody>
  );
}

/** How much is told of each event type, at once and in digests. */
export function TypeTable({ noise }: { noise: Noise }) {
  return (
    <table class="figures">
      <caption>By event type</caption>
      <thead>
        <tr>
          <th scope="col">Event type</th>
          <th scope="col" class="figure">Events</th>
          <th scope="col">Share</th>
          <th scope="col" class="figure">At once</th>
          <th scope="col" class="figure">In digests</th>
        </tr>
      </thead>
      <tbody>
        {noise.types.map(({ type, events, atOnce }) => (
          <tr>
            <th scope="row">{eventTypeLabel(type)}</th>
            <td class="figure">
              <EventsLink query={`type=${type}`} count={events} />
            </td>
            <td>
              <Share events={events} noise={noise} />
            </td>
            <td class="figure">{amount(atOnce)}</td>
            <td class="figure">{amount(events - atOnce)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EventsLink({ query, count }: { query: string; count: number }) {
  if (count === 0) return <>0</>;
  return <a href={`/noise/events?${query}`}>{amount(count)}</a>;
}

/** The share of all events as a number, and a bar beside which the longest is the loudest event type's. */
function Share({ events, noise }: { events: number; noise: Noise }) {
  if (events === 0) return null;
  const percent = Math.round(events / noise.events * 100);
  return (
    <span class="share">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width={Math.ceil(events / noise.types[0]!.events * 100)} height="8" />
      </svg>
      {percent === 0 ? "<1" : percent} %
    </span>
  );
}

/** What a notification asks, without how often it comes: that stands above it. */
function criteriaText({ type, conditions }: NotificationInput): string {
  const where = conditionsText(type, conditions);
  return where === "" ? eventTypeLabel(type) : `${eventTypeLabel(type)} where ${where}`;
}

function amount(number: number): string {
  return number.toLocaleString("en");
}
