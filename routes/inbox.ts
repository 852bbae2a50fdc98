import type { Standing } from "../db/noise.ts";
import type { Visit } from "../db/visits.ts";
import { activityDays } from "../domain/activity.ts";
import { lastDays } from "../domain/days.ts";
import { tellings } from "../domain/noise.ts";
import { openNotifications } from "../domain/notifications.ts";
import type { Inbox } from "../domain/suggestions.ts";

/** What a person's open notifications made of the last events, and what suggestions are made from. */
export function inboxOf(
  { user, events: recent }: Visit,
  { notifications, told, queued }: Standing,
  now: number,
): Inbox {
  const open = openNotifications(notifications, user.roles);
  const types = new Set(open.map(({ type }) => type));
  const events = [...types].flatMap((type) => recent.byType.get(type) ?? []);
  const days = lastDays(activityDays, { zone: user.zone, now });
  return {
    recipient: { id: user.id, notifications: open, told },
    queued,
    silenced: notifications.filter((notification) => !open.includes(notification)),
    told: tellings(open, events.filter(({ time }) => days.indexOf(time) >= 0)),
    events,
    times: user,
    isWhole: recent.since === null,
    isHeld: user.pausedUntil !== null,
  };
}
