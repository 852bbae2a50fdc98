import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { endOptOut } from "../db/opt_outs.ts";
import { lastHeard } from "../domain/coverage.ts";
import { Invalid } from "../domain/errors.ts";
import { openNotifications } from "../domain/notifications.ts";
import { optOuts } from "../domain/opt_outs.ts";
import { parsePause } from "../domain/pauses.ts";
import { isZone } from "../domain/schedule.ts";
import { SchedulePage } from "../views/schedule.tsx";
import { elsewhereOf, hearerOf } from "./panel.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const zone = z.string().refine(isZone, "Choose a time zone from the list.");
const whole = z.string().regex(/^\d+$/, "Choose from the list.").transform(Number);
const hour = whole.pipe(z.number().max(23, "Choose from the list."));
const quietHour = z.literal("").transform(() => null).or(hour).prefault("");
const times = z.object({
  zone,
  digestHour: hour,
  digestWeekday: whole.pipe(
    z.number().min(1, "Choose from the list.").max(7, "Choose from the list."),
  ),
  quietFrom: quietHour,
  quietUntil: quietHour,
}).refine(({ quietFrom, quietUntil }) => (quietFrom === null) === (quietUntil === null), {
  path: ["quietUntil"],
  message: "Choose both hours, or None twice.",
}).refine(({ quietFrom, quietUntil }) => quietFrom === null || quietFrom !== quietUntil, {
  path: ["quietUntil"],
  message: "Choose an hour other than the one at which they begin: they would never end.",
});
const pause = z.object({ until: z.string().default("") });
const ended = z.object({ optOut: z.enum(optOuts) });
const shown = z.object({
  done: z.enum(["times", "paused", "resumed", "listening"]).optional().catch(undefined),
});

/** When mail comes: zone, digests, quiet hours and pauses. */
export function scheduleRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get("/", zValidator("query", shown, refuse), (c) => {
    const { done } = c.req.valid("query");
    return c.html(<SchedulePage {...page(c)} done={done} />);
  });

  routes.put("/times", zValidator("form", times, refuse), async (c) => {
    await setMailTimes(db, c.var.user.id, c.req.valid("form"), now());
    return c.redirect("/schedule?done=times", 303);
  });

  routes.put("/zone", zValidator("form", z.object({ zone }), refuse), async (c) => {
    const { user } = c.var;
    await setMailTimes(db, user.id, { ...user, ...c.req.valid("form") }, now());
    return c.redirect("/notifications?zone=chosen", 303);
  });

  routes.put("/pause", zValidator("form", pause, refuse), async (c) => {
    const { user } = c.var;
    const until = parsePause(c.req.valid("form").until, user.zone, now());
    await pauseUser(db, user.id, until, now());
    return c.redirect("/schedule?done=paused", 303);
  });

  routes.delete("/pause", async (c) => {
    await pauseUser(db, c.var.user.id, now(), now());
    return c.redirect("/schedule?done=resumed", 303);
  });

  routes.delete("/opt-outs/:optOut", zValidator("param", ended, refuse), async (c) => {
    const { optOut } = c.req.valid("param");
    await endOptOut(db, { userId: c.var.user.id, optOut, at: now(), via: "page" });
    return c.redirect("/schedule?done=listening", 303);
  });

  // What cannot be accepted comes back as it was typed, each problem beside its field.
  routes.onError(async (error, c) => {
    if (!(error instanceof Invalid)) throw error;
    const typed = await c.req.parseBody();
    return c.html(<SchedulePage {...page(c)} typed={typed} problems={error.problems} />, 422);
  });

  function page({ var: { shell, user, visit } }: Context<AppEnv>) {
    const open = openNotifications(visit.notifications, user.roles);
    const asked = new Set(open.map(({ frequency }) => frequency));
    const elsewhere = elsewhereOf(visit, now());
    const last = lastHeard(hearerOf(visit), { leaves: () => true, elsewhere, now: now() });
    return { shell, reader: user, asked, last, nextDigests: visit.nextDigests, now: now() };
  }
  return routes;
}
