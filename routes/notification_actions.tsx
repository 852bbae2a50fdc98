import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import {
  deleteNotification,
  findNotification,
  muteNotification,
  unmuteNotification,
} from "../db/notifications.ts";
import { granted } from "../domain/notifications.ts";
import { ListFragment } from "../views/notification_list.tsx";
import { DeletedMessage, OutcomeMessage, StatusPartial } from "../views/notification_messages.tsx";
import { NotificationRow } from "../views/notification_row.tsx";
import { isHtmx } from "./htmx.ts";
import { notificationParam } from "./notifications.tsx";
import { panelOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

/** What the three dots of a notification do. */
export function notificationActionRoutes({ db, now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.put("/:id{[0-9]+}/mute", one, async (c) => {
    const { id } = c.req.valid("param");
    await muteNotification(db, c.var.user.id, id, now());
    return await answerMute(c, id, "muted");
  });

  routes.delete("/:id{[0-9]+}/mute", one, async (c) => {
    const { id } = c.req.valid("param");
    await unmuteNotification(db, c.var.user.id, id);
    return await answerMute(c, id, "unmuted");
  });

  routes.delete("/:id{[0-9]+}", one, async (c) => {
    const { id } = c.req.valid("param");
    const { user, visit } = c.var;
    await deleteNotification(db, user.id, id, now());
    const deleted = visit.notifications.find((each) => each.id === id);
    if (!isHtmx(c)) return c.redirect(`/notifications?deleted=${deleted?.type ?? ""}`, 303);
    const notifications = visit.notifications.filter((each) => each.id !== id);
    const panel = panelOf({ ...visit, notifications }, { query: queryOfPage(c), now: now() });
    return c.html(
      <>
        <ListFragment {...panel} />
        {deleted && (
          <StatusPartial>
            <DeletedMessage notification={deleted} />
          </StatusPartial>
        )}
      </>,
    );
  });

  async function answerMute(c: Context<AppEnv>, id: number, outcome: "muted" | "unmuted") {
    if (!isHtmx(c)) return c.redirect(`/notifications/${id}?done=${outcome}`, 303);
    const { user } = c.var;
    const found = await findNotification(db, user.id, id);
    const notification = { ...found, granted: granted(user.roles)(found) };
    return c.html(
      <>
        <NotificationRow notification={notification} />
        <StatusPartial>
          <OutcomeMessage outcome={outcome} notification={notification} />
        </StatusPartial>
      </>,
    );
  }
  return routes;
}

/** What is being searched for on the page from which htmx asks. */
function queryOfPage(c: Context): string {
  const page = c.req.header("hx-current-url") ?? "";
  return URL.canParse(page) ? new URL(page).searchParams.get("q") ?? "" : "";
}
