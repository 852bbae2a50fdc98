import { type Frequency, isDeadlineType } from "./catalogue.ts";
import { collectOwed, type Recipient } from "./compose.ts";
import { fingerprint } from "./conditions.ts";
import { covers } from "./covers.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";
import { isFaster, type Telling } from "./noise.ts";
import type { Notification } from "./notifications.ts";
import { type SavedBy, savings } from "./savings.ts";
import type { DigestFrequency, MailTimes } from "./schedule.ts";

// What somebody could do about a full inbox, each computed from the events that there were. Whoever follows "slower" or
// "covered" is told every single event all the same, what is pending included. What has a deadline is never slowed down.

export type Suggestion =
  & {
    notification: Notification;
    /** How many emails fewer the last 30 days would have made. */
    saved: number;
  }
  & (
    /** `twin` asks the same at that frequency already. */
    | { kind: "slower"; frequency: DigestFrequency; twin?: Notification }
    /** `by` tells all of it, as fast or faster. */
    | { kind: "covered"; by: Notification }
    /** Nothing ever matched it. */
    | { kind: "silent" }
  );

/** What suggestions are made from. */
export interface Inbox {
  /** The person, with the open notifications. */
  recipient: Recipient;
  /** Of each event in emails that are not sent yet, the ids of the notifications that it is told for. */
  queued: readonly number[][];
  /** All other notifications of the person. */
  silenced: readonly Notification[];
  /** What the last 30 days told. */
  told: readonly Telling[];
  /** The events of the last 90 days, those of each type in the order of the log. */
  events: readonly Event[];
  times: MailTimes;
  /** Whether these are all events of the 90 days. */
  isWhole: boolean;
  /** Whether mail is held back, so that more may be pending than these events. */
  isHeld: boolean;
}

/** Fewer emails than two a week are not worth a change. */
const leastSaved = 9;

const slower: Partial<Record<Frequency, DigestFrequency>> = {
  immediately: "daily",
  hourly: "daily",
  daily: "weekly",
};

/** What would make an inbox quieter or tidier, what saves most emails first. */
export function suggestions(inbox: Inbox): Suggestion[] {
  const covered = coveredOnes(inbox);
  const savedBy = savings(inbox.told, inbox.times);
  const isSilent = silenceIn(inbox);
  return inbox.recipient.notifications
    .map((notification) =>
      covered.get(notification) ?? slowerOf(notification, inbox, savedBy) ??
        silentOf(notification, isSilent)
    )
    .filter((found) => found !== undefined)
    .sort((a, b) => b.saved - a.saved);
}

/** How many of an event type, the widest first, are looked at as what may cover others, and how many of those are tried. */
const mostWide = 100;
const mostTried = 20;

/** The notifications that another one covers: of somebody's thousands only the first few. */
function coveredOnes(inbox: Inbox): Map<Notification, Suggestion> {
  const { notifications } = inbox.recipient;
  const wide = widestOf(notifications);
  const spare = notifications.values()
    .map((notification) => {
      const by = wide.get(notification.type)!.find((other) => outdoes(other, notification));
      return by && { kind: "covered" as const, notification, by, saved: 0 };
    })
    .filter((found) => found !== undefined).take(mostTried)
    .filter(({ notification }) => isSpare(notification, inbox));
  return new Map(spare.map((found) => [found.notification, found]));
}

/** By event type, those with the fewest conditions. */
function widestOf(notifications: readonly Notification[]): Map<string, Notification[]> {
  const byWidth = notifications.toSorted((a, b) => a.conditions.length - b.conditions.length);
  const byType = Map.groupBy(byWidth, ({ type }) => type);
  return new Map([...byType].map(([type, all]) => [type, all.slice(0, mostWide)]));
}

/** Whether `a` tells all that `b` does, as fast or faster. Of two that ask the same in other words, the older one stays. */
function outdoes(a: Notification, b: Notification): boolean {
  if (a === b || isFaster(b.frequency, a.frequency) || !covers(a, b)) return false;
  return isFaster(a.frequency, b.frequency) || !covers(b, a) || a.id < b.id;
}

function slowerOf(
  notification: Notification,
  inbox: Inbox,
  savedBy: SavedBy,
): Suggestion | undefined {
  const frequency = slower[notification.frequency];
  if (!frequency || isDeadlineType(notification.type)) return undefined;
  const saved = savedBy(notification, frequency);
  if (saved < leastSaved) return undefined;
  const found = { kind: "slower", notification, frequency, saved } as const;
  const { type, conditions } = notification;
  const print = fingerprint(type, frequency, conditions);
  const isTwin = (n: Notification) => fingerprint(n.type, n.frequency, n.conditions) === print;
  if (inbox.silenced.some(isTwin)) return undefined;
  const twin = inbox.recipient.notifications.find(isTwin);
  if (!twin) return found;
  return isSpare(notification, inbox) ? { ...found, twin } : undefined;
}

/** Whether everything that is pending comes all the same without a notification. */
function isSpare(notification: Notification, inbox: Inbox): boolean {
  const { recipient, events, queued, isHeld } = inbox;
  if (isHeld) return false;
  const others = recipient.notifications.filter((other) => other !== notification);
  const isToldForOthers = (ids: number[]) => others.some(({ id }) => ids.includes(id));
  if (queued.some((ids) => ids.includes(notification.id) && !isToldForOthers(ids))) return false;
  const { type, bookmark } = notification;
  const pending = events.filter((event) => event.type === type && event.seq > bookmark);
  if (pending.length === 0) return true;
  const owedTo = (notifications: Notification[]) => {
    const { add, owed } = collectOwed([{ ...recipient, notifications }]);
    add(pending);
    return owed.get(recipient.id)!.length;
  };
  return owedTo(others) === owedTo(recipient.notifications);
}

function silentOf(
  notification: Notification,
  isSilent: (notification: Notification) => boolean,
): Suggestion | undefined {
  const { kind, type } = notification;
  return kind === "custom" && !isDeadlineType(type) && isSilent(notification)
    ? { kind: "silent", notification, saved: 0 }
    : undefined;
}

/** Answers whether a notification matched none of the events, where all of them are known. */
function silenceIn({ recipient, events, isWhole }: Inbox): (notification: Notification) => boolean {
  const match = compile(recipient.notifications);
  const fired = new Set(events.flatMap(match));
  return (notification) => isWhole && !fired.has(notification);
}
