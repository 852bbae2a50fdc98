import { type Frequency, frequencyOrder } from "./catalogue.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";
import type { Notification } from "./notifications.ts";
import { quietEnd } from "./quiet_hours.ts";
import { type DigestFrequency, type MailTimes, nextDigestAt } from "./schedule.ts";

// What fills an inbox: which emails the events of a month make of somebody's open notifications as they are now. Every
// event is told once, at the fastest frequency that wants it; what is sent at once counts as an email of
// its own, and what quiet hours hold as one.

/** An event that somebody is told, by which notification, and how fast. */
export interface Telling {
  event: Event;
  /** All notifications that match it. */
  wanted: Notification[];
  /** The one that it counts for: the fastest. */
  by: Notification;
}

/** What these events tell somebody with these open notifications. */
export function tellings(open: readonly Notification[], events: readonly Event[]): Telling[] {
  const match = compile(open);
  return events.flatMap((event) => {
    const wanted = match(event);
    return wanted.length === 0 ? [] : [{ event, wanted, by: fastest(wanted) }];
  });
}

/** The fastest of some, of equally fast ones the first. */
export function fastest(wanted: readonly Notification[]): Notification {
  return wanted.reduce((best, each) => isFaster(each.frequency, best.frequency) ? each : best);
}

/** Whether one frequency is faster than another. */
export function isFaster(a: Frequency, b: Frequency): boolean {
  return frequencyOrder.indexOf(a) < frequencyOrder.indexOf(b);
}

/** Names the email in which an event comes at a frequency: equal names are one email. */
export function emailNames(times: MailTimes): (event: Event, frequency: Frequency) => string {
  const spans = new Map<DigestFrequency, { from: number; until: number }>();
  return ({ seq, time }, frequency) => {
    if (frequency === "immediately") {
      const heldUntil = quietEnd(times, time);
      return heldUntil === null ? `${seq}` : `held ${heldUntil}`;
    }
    let span = spans.get(frequency);
    // Neighbours in the log mostly share a digest.
    if (!span || time < span.from || time >= span.until) {
      span = { from: time, until: nextDigestAt(times, frequency, { after: time, last: null }) };
      spans.set(frequency, span);
    }
    return `${frequency} ${span.until}`;
  };
}

/** How many events something tells, and in how many emails any of them comes. */
export interface Amount {
  events: number;
  emails: number;
}

/** Counts what some tellings come to for somebody with these times. */
export function countTellings(times: MailTimes): (list: readonly Telling[]) => Amount {
  const nameOf = emailNames(times);
  return (list) => ({
    events: list.length,
    emails: new Set(list.map(({ event, by }) => nameOf(event, by.frequency))).size,
  });
}

/** An inbox taken apart; the events of each list add up to those in all. */
export interface Noise extends Amount {
  /** From the fastest to the slowest, without those that tell nothing. An email belongs to one frequency. */
  frequencies: (Amount & { frequency: Frequency })[];
  /** The loudest first, those that tell nothing included. A digest is shared by all that it tells of. */
  notifications: (Amount & { notification: Notification })[];
  /** The loudest first. `atOnce` of the events are sent as they happen. */
  types: { type: string; events: number; atOnce: number }[];
}

/** What these tellings make of an inbox. */
export function noiseOf(
  open: readonly Notification[],
  told: readonly Telling[],
  times: MailTimes,
): Noise {
  const amount = countTellings(times);
  const byNotification = Map.groupBy(told, ({ by }) => by);
  const byFrequency = Map.groupBy(told, ({ by }) => by.frequency);
  return {
    ...amount(told),
    frequencies: frequencyOrder.filter((frequency) => byFrequency.has(frequency))
      .map((frequency) => ({ frequency, ...amount(byFrequency.get(frequency)!) })),
    notifications: open
      .map((notification) => ({ notification, ...amount(byNotification.get(notification) ?? []) }))
      .sort((a, b) => b.events - a.events),
    types: [...Map.groupBy(told, ({ event }) => event.type)]
      .map(([type, list]) => ({ type, events: list.length, atOnce: list.filter(isAtOnce).length }))
      .sort((a, b) => b.events - a.events),
  };
}

function isAtOnce({ by }: Telling): boolean {
  return by.frequency === "immediately";
}
