import type { CurrentUser } from "../db/sessions.ts";
import type { Visit } from "../db/visits.ts";
import { type Draft, parseDraft } from "../domain/drafts.ts";
import { Invalid } from "../domain/errors.ts";
import { forecast, warnings } from "../domain/forecast.ts";
import { granted, type NotificationInput } from "../domain/notifications.ts";
import { exactDigestText, nextDigestAt } from "../domain/schedule.ts";
import type { ForecastProps } from "../views/forecast.tsx";

/** What the notification in the window would do; nothing is said of one that cannot be read yet. */
export function forecastOf(
  { user, notifications, events }: Visit,
  draft: Draft,
  now: number,
): ForecastProps {
  const { zone } = user;
  const input = readable(draft, user);
  if (typeof input === "string") return { outlook: null, lacks: input, zone, now };
  const found = forecast(input, events.byType.get(input.type) ?? [], { times: user, now });
  const others = notifications.filter(({ id }) => id !== draft.edited?.id).filter(
    granted(user.roles),
  );
  const outlook = {
    input,
    forecast: found,
    warnings: warnings(input, found, others),
    next: nextEmail(user, input, now),
    isQuietAtTimes: user.quietFrom !== null,
    knownSince: events.since,
  };
  return { outlook, zone, now };
}

/** What the draft asks, or what it lacks to be read. */
function readable(draft: Draft, user: CurrentUser): NotificationInput | string {
  try {
    return parseDraft(draft, user.roles);
  } catch (error) {
    if (error instanceof Invalid) return draft.type === "" ? "" : error.problems[0]!.message;
    throw error;
  }
}

function nextEmail(user: CurrentUser, { frequency }: NotificationInput, now: number) {
  if (frequency === "immediately") return null;
  const after = Math.max(now, (user.pausedUntil ?? 0) - 1);
  const at = nextDigestAt(user, frequency, { after, last: null });
  return { at, text: exactDigestText(at, user.zone, now) };
}
