import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import type { Visit } from "../db/visits.ts";
import { activityDays, recentDays } from "../domain/activity.ts";
import { lastDays } from "../domain/days.ts";
import { NotFound } from "../domain/errors.ts";
import type { Event } from "../domain/events.ts";
import { compile } from "../domain/match.ts";
import type { Searchable } from "../domain/search.ts";
import { MatchedEventsPage } from "../views/matched_events.tsx";
import { notificationParam } from "./notifications.tsx";
import { rowOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

const spanQuery = z.object({
  since: z.enum(["mute"]).optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1),
});

/** How many events a page lists. */
const perPage = 100;

/** The events that the figures of a row count. */
export function matchedEventsRoutes({ now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.get("/:id{[0-9]+}/events", one, zValidator("query", spanQuery, refuse), (c) => {
    const { visit, shell } = c.var;
    const { since, page } = c.req.valid("query");
    const { id } = c.req.valid("param");
    const { notification, activity } = rowOf(visit, id, now());
    if (!activity) {
      throw new NotFound(`Cannot show what notification "${id}" matched: its role went`);
    }
    const mutedAt = since === "mute" ? notification.mutedAt : null;
    const matched = matchedBy(notification, visit, { mutedAt, now: now() });
    return c.html(
      <MatchedEventsPage
        shell={shell}
        notification={notification}
        mutedAt={mutedAt}
        total={matched.length}
        events={matched.slice((page - 1) * perPage, page * perPage)}
        page={page}
        pages={Math.ceil(matched.length / perPage)}
        knownSince={visit.events.since}
        zone={visit.user.zone}
        now={now()}
      />,
    );
  });
  return routes;
}

/** What a notification matched on the days that its row counts, or since it was muted; the newest first. */
function matchedBy(
  notification: Searchable,
  { user: { zone }, events }: Visit,
  { mutedAt, now }: { mutedAt: number | null; now: number },
): Event[] {
  const days = lastDays(mutedAt === null ? activityDays : recentDays, { zone, now });
  const match = compile([notification]);
  return (events.byType.get(notification.type) ?? [])
    .filter((event) => days.indexOf(event.time) >= 0 && event.time >= (mutedAt ?? 0))
    .filter((event) => match(event).length > 0)
    .sort((a, b) => b.time - a.time || b.seq - a.seq);
}
