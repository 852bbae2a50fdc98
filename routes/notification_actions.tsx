import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import type { Deed } from "../domain/changes.ts";
import { isDeadlineType } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "../db/notification_actions.ts";
import type { Visit } from "../db/visits.ts";
import type { Notification } from "../domain/notifications.ts";
import { ActedFragment, GoneFragment } from "../views/changes.tsx";
import { answerChange, backOr, withQuery } from "./changes.tsx";
import { isHtmx } from "./htmx.ts";
import { listViewOfPage } from "./list_view.ts";
import { notificationParam } from "./notifications.tsx";
import { panelOf, rowOf, silenceOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

/** What the three dots of a notification do. */
export function notificationActionRoutes(parts: Equipped): Hono<AppEnv> {
  const { db, visits, now } = parts;
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.put("/:id{[0-9]+}/mute", one, async (c) => {
    const { id } = c.req.valid("param");
    return await answerRow(c, id, {
      deed: "muted",
      change: await muteNotification(db, c.var.user.id, id, now()),
    });
  });

  routes.delete("/:id{[0-9]+}/mute", one, async (c) => {
    const { id } = c.req.valid("param");
    return await answerRow(c, id, {
      deed: "unmuted",
      change: await unmuteNotification(db, c.var.user.id, id, now()),
    });
  });

  routes.delete("/:id{[0-9]+}", one, async (c) => {
    const { id } = c.req.valid("param");
    return await answerChange(c, parts, await deleteNotification(db, c.var.user.id, id, now()));
  });

  // What is gone was deleted in another window: then the list on this page is old as well.
  routes.onError(async (error, c) => {
    if (!(error instanceof NotFound) || !isHtmx(c)) throw error;
    const visit = await visits.again(c.var.user, now());
    const panel = panelOf(visit, { ...listViewOfPage(c), now: now() });
    return c.html(<GoneFragment panel={panel} />, 404);
  });

  async function answerRow(
    c: Context<AppEnv>,
    id: number,
    { deed, change }: { deed: Deed; change: string | undefined },
  ) {
    if (!isHtmx(c)) {
      return c.redirect(withQuery(backOr(c, `/notifications/${id}`), { change }), 303);
    }
    const visit = await visits.again(c.var.user, now());
    const row = rowOf(visit, id, now());
    const silence = silenceOf(visit, now());
    if (!hasPeer(visit, row.notification)) {
      return c.html(<ActedFragment {...{ row, deed, change, silence }} />);
    }
    // That nobody else hears about a deadline may now stand in another menu, or not any more.
    c.header("hx-retarget", "#list");
    const panel = panelOf(visit, { ...listViewOfPage(c), now: now() });
    return c.html(<ActedFragment {...{ row, panel, deed, change, silence }} />);
  }
  return routes;
}

/** Whether there is another notification of the same deadline type. */
function hasPeer({ notifications }: Visit, { type }: Pick<Notification, "type">): boolean {
  return isDeadlineType(type) && notifications.filter((each) => each.type === type).length > 1;
}
