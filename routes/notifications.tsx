import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { ChangeMessage } from "../views/changes.tsx";
import { FoundFragment, ListFragment, type PanelProps } from "../views/notification_list.tsx";
import { NotificationsPage } from "../views/notifications.tsx";
import { ZoneMessage } from "../views/zone_notice.tsx";
import { isFor } from "./htmx.ts";
import { listQuery, listViewOf } from "./list_view.ts";
import { panelOf, rowOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

export const notificationParam = z.object({ id: z.coerce.number().int() });
const change = z.uuid().optional().catch(undefined);
const zone = z.literal("chosen").optional().catch(undefined);
const pageQuery = listQuery.extend({ change, zone });
const showQuery = z.object({ change });

/** The list of a person's notifications. */
export function notificationRoutes({ db, now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.get("/", zValidator("query", pageQuery, refuse), async (c) => {
    const { change, zone, ...view } = c.req.valid("query");
    const { user, visit, shell } = c.var;
    const panel = panelOf(visit, { ...listViewOf(view), now: now() });
    if (isFor(c, "list")) {
      return c.html(isHeld(c, panel) ? <FoundFragment {...panel} /> : <ListFragment {...panel} />);
    }
    const message = zone
      ? <ZoneMessage reader={user} now={panel.now} />
      : await messageOf(user.id, change, panel);
    return c.html(<NotificationsPage shell={shell} panel={panel} message={message} />);
  });

  routes.get("/:id{[0-9]+}", one, zValidator("query", showQuery, refuse), async (c) => {
    const { id } = c.req.valid("param");
    const { change } = c.req.valid("query");
    const { user, visit, shell } = c.var;
    const { notification } = rowOf(visit, id, now());
    const panel = panelOf(visit, { query: "", current: notification.id, now: now() });
    const message = await messageOf(user.id, change, panel);
    return c.html(<NotificationsPage shell={shell} panel={panel} message={message} />);
  });

  async function messageOf(userId: string, id: string | undefined, panel: PanelProps) {
    const change = id === undefined ? null : await findChange(db, userId, id);
    return change && <ChangeMessage {...panel} change={change} />;
  }
  return routes;
}

/** Whether the page has all rows of the list as they are now, and needs but to be told which of them were found. */
function isHeld(c: Context, { edition, found }: PanelProps): boolean {
  return c.req.header("x-edition") === edition && found.notifications.length > 0;
}
