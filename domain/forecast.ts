import { type Frequency, isDeadlineType } from "./catalogue.ts";
import { foldCondition } from "./conditions.ts";
import { covers } from "./covers.ts";
import { lastDays } from "./days.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";
import { emailNames } from "./noise.ts";
import type { NotificationInput, ShownNotification } from "./notifications.ts";
import type { MailTimes } from "./schedule.ts";

// What a notification would have done, had it been there: told before it is saved, by the matcher that the mail asks.

/** How many days a forecast looks back. */
export const forecastDays = 30;

/** How many events a day are more than anybody reads as they come. */
const readable = 20;

export interface Forecast {
  /** How many events matched on each of the last days, the oldest first, by the calendar of the reader. */
  days: { date: string; count: number }[];
  total: number;
  /** Whether any event matched, those included that are older than the days which are counted. */
  everMatched: boolean;
  /** How many emails that would have made. */
  emails: number;
  /** The newest that matched, the newest first. */
  latest: Event[];
}

/** Those of these events that a forecast counts. */
export function forecastEvents(
  events: readonly Event[],
  { zone, now }: { zone: string; now: number },
): Event[] {
  const calendar = lastDays(forecastDays, { zone, now });
  return events.filter(({ time }) => calendar.indexOf(time) >= 0);
}

/** What a notification would have told of these events, which are in the order of the log. */
export function forecast(
  notification: NotificationInput,
  events: readonly Event[],
  { times, now }: { times: MailTimes; now: number },
): Forecast {
  const calendar = lastDays(forecastDays, { zone: times.zone, now });
  const days = calendar.dates.map((date) => ({ date, count: 0 }));
  const match = compile([notification]);
  const matches = (event: Event) => match(event).length > 0;
  const matched = events.filter((event) => {
    const day = days[calendar.indexOf(event.time)];
    if (!day || !matches(event)) return false;
    day.count += 1;
    return true;
  });
  return {
    days,
    total: matched.length,
    everMatched: matched.length > 0 || events.some(matches),
    emails: countEmails(matched, notification.frequency, times),
    latest: matched.slice(-5).reverse(),
  };
}

function countEmails(matched: Event[], frequency: Frequency, times: MailTimes): number {
  if (frequency === "immediately" && times.quietFrom === null) return matched.length;
  const nameOf = emailNames(times);
  return new Set(matched.map((event) => nameOf(event, frequency))).size;
}

/** What somebody should know before saving; each is a thing to weigh, none forbids. */
export type Warning =
  | { kind: "never matched" | "too many" | "slow deadline" }
  | { kind: Relation | "other frequency"; notification: ShownNotification }
  /** How many more there are than are named: all of them, or those that were found before the search ended. */
  | { kind: "more"; relation: Relation; count: number; isAtLeast: boolean };

type Relation = "covered by" | "covers";

/** How many of each relation are named; the others are counted. */
const mostNamed = 3;

/** With how many others of its event type a notification is compared. */
const mostCompared = 1_000;

/** The warnings about a notification, beside the others that its owner has. */
export function warnings(
  notification: NotificationInput,
  { total, everMatched }: Pick<Forecast, "total" | "everMatched">,
  others: readonly ShownNotification[],
): Warning[] {
  const { type, frequency } = notification;
  const all = others.filter((other) => other.type === type);
  const ofType = all.slice(0, mostCompared);
  const twins = ofType.filter((other) => asksTheSame(other, notification));
  const rest = ofType.filter((other) => other.mutedAt === null && !twins.includes(other));
  const found: Warning[] = [];
  if (!everMatched) found.push({ kind: "never matched" });
  if (frequency === "immediately" && total > readable * forecastDays) {
    found.push({ kind: "too many" });
  }
  if (isDeadlineType(type) && frequency === "daily") found.push({ kind: "slow deadline" });
  for (const other of twins) found.push({ kind: "other frequency", notification: other });
  const related = Map.groupBy(rest, (other) => relationOf(other, notification));
  const isAtLeast = all.length > ofType.length;
  for (const relation of ["covered by", "covers"] as const) {
    found.push(...named(relation, related.get(relation) ?? [], isAtLeast));
  }
  return found;
}

function relationOf(
  other: ShownNotification,
  notification: NotificationInput,
): Relation | undefined {
  if (covers(other, notification)) return "covered by";
  return covers(notification, other) ? "covers" : undefined;
}

function named(relation: Relation, all: ShownNotification[], isAtLeast: boolean): Warning[] {
  const count = all.length - mostNamed;
  return [
    ...all.slice(0, mostNamed).map((notification) => ({ kind: relation, notification })),
    ...count > 0 ? [{ kind: "more" as const, relation, count, isAtLeast }] : [],
  ];
}

/** Whether two notifications have the same criteria, however often they come. */
function asksTheSame(a: NotificationInput, b: NotificationInput): boolean {
  const criteria = ({ type, conditions }: NotificationInput) =>
    [type, ...conditions.map(foldCondition)].join();
  return criteria(a) === criteria(b);
}
