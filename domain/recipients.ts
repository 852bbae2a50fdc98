import type { Frequency, Role } from "./catalogue.ts";
import type { Recipient } from "./compose.ts";
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
  /** Set while immediate mail is held through quiet hours, and until the email that tells it. */
  heldUntil: number | null;
  notifications: Notification[];
  /** The digests that the person has, due or not. */
  digests: { frequency: DigestFrequency; nextAt: number }[];
  told: Set<number>;
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

/** What is due for a person at `now`: immediate mail is but in quiet hours. */
export function dueFrequencies(person: Person, now: number): Set<Frequency> {
  const digests = person.digests.filter(({ nextAt }) => nextAt <= now);
  const due = new Set<Frequency>(digests.map(({ frequency }) => frequency));
  return isQuiet(person, now) ? due : due.add("immediately");
}

/** Whether immediate mail is to be held now. */
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
