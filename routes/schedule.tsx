import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { Invalid } from "../domain/errors.ts";
import { parsePause } from "../domain/pauses.ts";
import { isZone } from "../domain/schedule.ts";
import { SchedulePage } from "../views/schedule.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const whole = z.string().regex(/^\d+$/, "Choose from the list.").transform(Number);
const times = z.object({
  zone: z.string().refine(isZone, "Choose a time zone from the list."),
  digestHour: whole.pipe(z.number().max(23)),
  digestWeekday: whole.pipe(z.number().min(1).max(7)),
});
const pause = z.object({ until: z.string().default("") });
const shown = z.object({
  done: z.enum(["times", "paused", "resumed"]).optional().catch(undefined),
});

/** When mail comes: the zone, hour and weekday of digests, and pauses. */
export function scheduleRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get("/", zValidator("query", shown, refuse), (c) => {
    const { done } = c.req.valid("query");
    return c.html(<SchedulePage {...page(c)} done={done} />);
  });

  routes.put("/times", zValidator("form", times, refuse), async (c) => {
    await setMailTimes(db, c.var.user.id, { ...c.var.user, ...c.req.valid("form") }, now());
    return c.redirect("/schedule?done=times", 303);
  });

  routes.put("/pause", zValidator("form", pause, refuse), async (c) => {
    const { user } = c.var;
    const { until } = c.req.valid("form");
    try {
      await pauseUser(db, user.id, parsePause(until, user.zone, now()), now());
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return c.html(<SchedulePage {...page(c)} until={until} problem={error.message} />, 422);
    }
    return c.redirect("/schedule?done=paused", 303);
  });

  routes.delete("/pause", async (c) => {
    await pauseUser(db, c.var.user.id, now(), now());
    return c.redirect("/schedule?done=resumed", 303);
  });

  function page(c: Context<AppEnv>) {
    return { shell: c.var.shell, reader: c.var.user, now: now() };
  }
  return routes;
}
