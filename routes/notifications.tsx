import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import { eventTypeIds } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { ListFragment } from "../views/notification_list.tsx";
import { DeletedTypeMessage, OutcomeMessage } from "../views/notification_messages.tsx";
import { NotificationsPage } from "../views/notifications.tsx";
import { isFor } from "./htmx.ts";
import { panelOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

export const notificationParam = z.object({ id: z.coerce.number().int() });
const listQuery = z.object({
  q: z.string().default(""),
  deleted: z.enum(eventTypeIds).optional().catch(undefined),
});
const showQuery = z.object({
  done: z.enum(["saved", "muted", "unmuted"]).optional().catch(undefined),
});

/** The list of a person's notifications. */
export function notificationRoutes({ now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.get("/", zValidator("query", listQuery, refuse), (c) => {
    const { q, deleted } = c.req.valid("query");
    const { visit, shell } = c.var;
    const panel = panelOf(visit, { query: q.trim(), now: now() });
    if (isFor(c, "list")) return c.html(<ListFragment {...panel} />);
    const message = deleted && <DeletedTypeMessage type={deleted} />;
    return c.html(<NotificationsPage shell={shell} panel={panel} message={message} />);
  });

  routes.get("/:id{[0-9]+}", one, zValidator("query", showQuery, refuse), (c) => {
    const { id } = c.req.valid("param");
    const { done } = c.req.valid("query");
    const { visit, shell } = c.var;
    const panel = panelOf(visit, { query: "", current: id, now: now() });
    const notification = panel.notifications.find((each) => each.id === id);
    if (!notification) {
      throw new NotFound(`Cannot show notification "${id}": it was deleted, or never existed`);
    }
    const message = done && <OutcomeMessage outcome={done} notification={notification} />;
    return c.html(<NotificationsPage shell={shell} panel={panel} message={message} />);
  });
  return routes;
}
