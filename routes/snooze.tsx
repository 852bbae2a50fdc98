import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { snoozeNotification } from "../db/snoozes.ts";
import { Invalid } from "../domain/errors.ts";
import { parsePause, snoozeDays } from "../domain/pauses.ts";
import { SnoozePage } from "../views/snooze.tsx";
import { backOr, withQuery } from "./changes.tsx";
import { notificationParam } from "./notifications.tsx";
import { rowOf } from "./panel.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const snooze = z.object({ until: z.string().optional() });

/** Muting until a day. A mute without an end is not handled here. */
export function snoozeRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.get("/:id{[0-9]+}/snooze", one, (c) => c.html(<SnoozePage {...page(c)} />));

  routes.put("/:id{[0-9]+}/mute", one, zValidator("form", snooze, refuse), async (c, next) => {
    const { until } = c.req.valid("form");
    if (until === undefined) return await next();
    const { id } = c.req.valid("param");
    const { user } = c.var;
    const end = parsePause(until, user.zone, now());
    const change = await snoozeNotification(db, user.id, id, { until: end, now: now() });
    return c.redirect(withQuery(backOr(c, `/notifications/${id}`), { change }), 303);
  });

  routes.onError(async (error, c) => {
    if (!(error instanceof Invalid)) throw error;
    const { until } = snooze.parse(await c.req.parseBody());
    return c.html(<SnoozePage {...page(c)} typed={until} problems={error.problems} />, 422);
  });

  function page(c: Context<AppEnv>) {
    const { shell, user: { zone }, visit } = c.var;
    const { id } = notificationParam.parse(c.req.param());
    const { notification, lastIn } = rowOf(visit, id, now());
    return { shell, notification, lastIn, zone, days: snoozeDays(zone, now()) };
  }
  return routes;
}
