import { type Frequency, frequencyOrder } from "./catalogue.ts";
import type { Event } from "./events.ts";
import { compile } from "./match.ts";
import type { Notification } from "./notifications.ts";
import { notificationSentence } from "./sentences.ts";

/** What one email tells and why, as it is stored: enough to render it again word for word. */
export interface EmailContent {
  /** The notifications that matched, as they read when the email was composed. */
  reasons: { id: number; sentence: string }[];
  /** The events told, in the order of the log; `reasons` are indexes into the list above. */
  items: { seq: number; reasons: number[] }[];
  /** When the first window was due that this digest makes up for, in milliseconds; absent where it came in time. */
  dueAt?: number;
  /** When the pause ended that this email catches up with, in milliseconds; absent where it follows none. */
  pausedUntil?: number;
  /** What else its words followed from when it was sent; absent until then. */
  sent?: { subject: string; name: string; zone: string; account: string };
}

/** An event that an email tells, and why. */
export interface ToldEvent {
  event: Event;
  reasons: EmailContent["reasons"];
}

/** The events that an email tells, with their reasons; those that retention has taken away are left out. */
export function toldEvents(
  { items, reasons }: EmailContent,
  events: ReadonlyMap<number, Event>,
): ToldEvent[] {
  return items.flatMap((item) => {
    const event = events.get(item.seq);
    return event ? [{ event, reasons: item.reasons.map((index) => reasons[index]!) }] : [];
  });
}

/** How late a digest may come before it says so, in milliseconds. */
const late = 3_600_000;

/** The content with when it was due, where that is an hour ago or more: nobody looked meanwhile. After a pause that is no delay. */
export function sayingIfLate(
  content: EmailContent,
  dueAt: number | undefined,
  now: number,
): EmailContent {
  const isLate = dueAt !== undefined && content.pausedUntil === undefined && now - dueAt >= late;
  return isLate ? { ...content, dueAt } : content;
}

/** Whether any of it happened while its reader's mail was paused. */
export function tellsOfPause({ pausedUntil }: EmailContent, items: readonly ToldEvent[]): boolean {
  return pausedUntil !== undefined && items.some(({ event }) => event.time < pausedUntil);
}

/** Somebody who may be owed something. */
export interface Recipient {
  id: string;
  /** Open ones only, with their true bookmarks. */
  notifications: Notification[];
  /** What earlier emails told already. */
  told: ReadonlySet<number>;
}

/** An event that a person was not told yet, and every notification that wants it told. */
export interface Owed {
  seq: number;
  notifications: Notification[];
}

/** What the recipients are owed of the log, page after page: `add` takes the pages in order. */
export function collectOwed(recipients: readonly Recipient[]) {
  const owners = new Map<Notification, Recipient>();
  for (const person of recipients) {
    for (const notification of person.notifications) owners.set(notification, person);
  }
  const match = compile([...owners.keys()]);
  const owed = new Map<string, Owed[]>(recipients.map(({ id }) => [id, []]));
  const add = (events: readonly Event[]) => {
    for (const event of events) {
      const wanted = match(event).filter((notification) => notification.bookmark < event.seq);
      for (const [person, notifications] of Map.groupBy(wanted, (n) => owners.get(n)!)) {
        if (!person.told.has(event.seq)) {
          owed.get(person.id)!.push({ seq: event.seq, notifications });
        }
      }
    }
  };
  return { add, owed };
}

export interface Composed {
  frequency: Frequency;
  content: EmailContent;
}

/** How many immediate emails one look at the log makes for a person; more events than that share one email. */
const maxSingles = 2;

/**
 * The emails that tell a person what is owed and due, each event once, at the fastest due frequency that wants it.
 * When catching up after a pause, the first email takes along everything else that is owed. Immediate mail that quiet
 * hours held comes as one.
 */
export function composeEmails(
  owed: readonly Owed[],
  { due, pausedUntil, held }: {
    due: ReadonlySet<Frequency>;
    /** When the pause ended that is to be caught up with, in milliseconds, or null. */
    pausedUntil: number | null;
    held: boolean;
  },
): Composed[] {
  const fastest = ({ notifications }: Owed) =>
    frequencyOrder.find((frequency) =>
      due.has(frequency) && notifications.some((n) => n.frequency === frequency)
    );
  const byFrequency = Map.groupBy(owed, fastest);
  const first = frequencyOrder.find((frequency) => byFrequency.has(frequency));
  if (!first) return [];
  if (pausedUntil !== null) {
    return [{ frequency: first, content: { ...contentOf(owed), pausedUntil } }];
  }
  return frequencyOrder.flatMap((frequency) => {
    const items = byFrequency.get(frequency) ?? [];
    const singly = frequency === "immediately" && items.length <= maxSingles && !held;
    const parts = singly ? items.map((i) => [i]) : [items];
    return parts.filter((part) => part.length > 0)
      .map((part) => ({ frequency, content: contentOf(part) }));
  });
}

function contentOf(items: readonly Owed[]): EmailContent {
  const indexes = new Map<Notification, number>();
  for (const { notifications } of items) {
    for (const n of notifications) if (!indexes.has(n)) indexes.set(n, indexes.size);
  }
  return {
    reasons: [...indexes.keys()].map((n) => ({ id: n.id, sentence: notificationSentence(n) })),
    items: items.map(({ seq, notifications }) => ({
      seq,
      reasons: notifications.map((n) => indexes.get(n)!),
    })),
  };
}

/**
 * What of an email still holds at the moment of sending, or null when nothing does. An event stays while one of its
 * notifications is open and has accounted for it; one that has not will tell it itself, later.
 */
export function stillOwed(
  content: EmailContent,
  open: readonly Notification[],
): EmailContent | null {
  const bookmarks = new Map(open.map(({ id, bookmark }) => [id, bookmark]));
  const stands = (seq: number) => (reason: number) =>
    (bookmarks.get(content.reasons[reason]!.id) ?? -1) >= seq;
  const items = content.items.filter(({ seq, reasons }) => reasons.some(stands(seq)));
  if (items.length === 0) return null;
  return items.length === content.items.length ? content : { ...content, items };
}
