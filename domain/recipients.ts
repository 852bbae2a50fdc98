import type { Frequency, Role } from "./catalogue.ts";
import { burstEnd, countImmediate, type Telling } from "./bursts.ts";
import type { Owed, Recipient } from "./compose.ts";
import { type Notification, openNotifications } from "./notifications.ts";
import { quietEnd, type QuietHours } from "./quiet_hours.ts";
import type { DigestFrequency, DigestTimes } from "./schedule.ts";

// Who is owed emails, and when: asked when they are composed, and when their reader wants to see what comes next.

/** Somebody for whom emails are composed. */
export interface Person extends DigestTimes, QuietHours {
  id: string;
  roles: Role[];
  behind: boolean;
  /** Once set and passed, the next email catches up. */
  pausedUntil: number | null;
  /** Set while immediate mail is held through quiet hours or a burst, and until the email that tells it. */
  heldUntil: number | null;
  notifications: Notification[];
  /** The digests that the person has, due or not. */
  digests: { frequency: DigestFrequency; nextAt: number }[];
  told: Set<number>;
  /** The immediate emails of the last minute. */
  tellings: Telling[];
}

/** A person with their true bookmarks, as the account stands. */
export function recipient(person: Person, account: { dispatched: number }): Recipient {
  const notifications = openNotifications(person.notifications, person.roles).map((notification) =>
    notification.frequency === "immediately" && !person.behind
      ? { ...notification, bookmark: Math.max(notification.bookmark, account.dispatched) }
      : notification
  );
  return { id: person.id, notifications, told: person.told };
}

/** What is due for a person at `now` of what they are owed: immediate mail is where nothing holds it. */
export function dueFrequencies(
  person: Person,
  { now, heldUntil }: { now: number; heldUntil: number | null },
): Set<Frequency> {
  const digests = person.digests.filter(({ nextAt }) => nextAt <= now);
  const due = new Set<Frequency>(digests.map(({ frequency }) => frequency));
  return heldUntil === null ? due.add("immediately") : due;
}

/** Until when the immediate part of what somebody is owed waits, in milliseconds: for the end of quiet hours, or of a burst. Null where it may come now. */
export function heldEnd(person: Person, owed: readonly Owed[], now: number): number | null {
  const events = countImmediate(owed);
  if (events === 0) return null;
  const quiet = quietEnd(person, now);
  if (quiet !== null) return quiet;
  if (person.heldUntil !== null) return person.heldUntil > now ? person.heldUntil : null;
  return isCatchingUp(person, now) ? null : burstEnd(person.tellings, { events, now });
}

/** Whether quiet hours are going on. */
export function isQuiet(person: Person, now: number): boolean {
  return quietEnd(person, now) !== null;
}

/** When the pause ended after which the email that catches up is still to come, in milliseconds, or null. */
export function endedPause({ pausedUntil }: Person, now: number): number | null {
  return pausedUntil !== null && pausedUntil <= now ? pausedUntil : null;
}

/** Whether a pause is over and the email that catches up is still to come. */
export function isCatchingUp(person: Person, now: number): boolean {
  return endedPause(person, now) !== null;
}
