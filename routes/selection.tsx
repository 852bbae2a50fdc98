import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import {
  deleteNotifications,
  muteNotifications,
  rescheduleNotifications,
  unmuteNotifications,
} from "../db/notification_actions.ts";
import type { CurrentUser } from "../db/sessions.ts";
import { frequencyOrder } from "../domain/catalogue.ts";
import { Conflict } from "../domain/errors.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import {
  mostSelected,
  partSelection,
  reasonsText,
  type Stay,
  type Wish,
} from "../domain/selection.ts";
import { listPath } from "../views/list_view.tsx";
import { answerChange } from "./changes.tsx";
import { panelOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

const frequency = z.enum(frequencyOrder);
const wish = z.discriminatedUnion("do", [
  z.object({ do: z.enum(["mute", "unmute", "delete"]) }),
  z.object({ do: z.literal("reschedule"), to: frequency }),
]);
const selection = z.object({
  selected: several(z.coerce.number().int()),
  /** Whole groups of the list, as the search narrows it: where no script ticks their rows. */
  group: several(frequency),
  q: z.string().default(""),
}).and(wish);

/** One value of a form's field, several, or none. */
function several<T>(one: z.ZodType<T>) {
  return z.union([z.array(one), one.transform((value) => [value])]).default([]);
}

/** What is done to several notifications at once: in one commit, to all for which it is possible. */
export function selectionRoutes(parts: Equipped): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();

  routes.post("/", zValidator("form", selection, refuse), async (c) => {
    const { selected, group, q, ...wish } = c.req.valid("form");
    const panel = panelOf(c.var.visit, { query: q, now: now() });
    const inGroups = panel.found.notifications.filter((each) => group.includes(each.frequency));
    const ids = new Set([...selected, ...inGroups.map((each) => each.id)]);
    if (ids.size === 0) throw new Conflict("Nothing is selected: select notifications first");
    if (ids.size > mostSelected) {
      throw new Conflict(`Select at most ${mostSelected.toLocaleString("en")} at a time`);
    }
    const { doable, stays } = partSelection(panel.notifications, ids, wish);
    const { change } = await grant(wish, c.var.user, { ids: [...ids], doable, stays });
    if (!change) throw new Conflict(`Nothing was changed: ${reasonsText(stays)}`);
    return await answerChange(c, parts, change, listPath({ query: q }));
  });

  function grant(
    wish: Wish,
    owner: CurrentUser,
    { ids, doable, stays }: { ids: number[]; doable: ShownNotification[]; stays: Stay[] },
  ) {
    const several = { ids, now: now(), stays };
    switch (wish.do) {
      case "mute":
        return muteNotifications(db, owner.id, several);
      case "unmute":
        return unmuteNotifications(db, owner.id, several);
      case "delete":
        return deleteNotifications(db, owner.id, several);
      case "reschedule":
        return rescheduleNotifications(db, owner, {
          ...several,
          doable,
          frequency: wish.to,
        });
    }
  }
  return routes;
}
