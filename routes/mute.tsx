import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { muteNotifications, unmuteNotifications } from "../db/notification_actions.ts";
import { loadHearings } from "../db/coverage.ts";
import { loadNotifications } from "../db/panel.ts";
import { findActiveUser } from "../db/users.ts";
import { heardElsewhere, lastHeard } from "../domain/coverage.ts";
import { NotFound } from "../domain/errors.ts";
import { type MuteScope, verifyMute } from "../domain/links.ts";
import { granted, type Notification } from "../domain/notifications.ts";
import { MutedPage, MutePage, UnmutedPage } from "../views/mute.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const link = z.object({ token: z.string() });
const id = z.coerce.number().int();
const undo = z.object({ id: z.union([id.transform((one) => [one]), z.array(id)]).default([]) });

/** Muting from an email, without signing in: the signature of the link says whose notifications they are. */
export function muteRoutes(parts: Parts): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", link, refuse);

  routes.get("/:token", one, async (c) => {
    const { user, scope, covered, last } = await open(c.req.valid("param").token);
    return c.html(<MutePage {...page(c)} {...{ user, scope, covered, last }} />);
  });

  // A mail program posts here by itself when its reader presses "unsubscribe" (RFC 8058); so does the button of the page.
  routes.post("/:token", one, async (c) => {
    const { user, covered, last } = await open(c.req.valid("param").token);
    const ids = covered.map((notification) => notification.id);
    const { touched } = await muteNotifications(db, user.id, { ids, now: now() });
    const changed = covered.filter((notification) => touched.includes(notification.id));
    const silence = { account: user.account.name, types: last };
    return c.html(<MutedPage {...page(c)} {...{ user, muted: changed, silence }} />);
  });

  routes.delete("/:token", one, zValidator("form", undo, refuse), async (c) => {
    const { user, covered } = await open(c.req.valid("param").token);
    const wanted = new Set(c.req.valid("form").id);
    const restored = covered.filter((notification) => wanted.has(notification.id));
    const ids = restored.map((notification) => notification.id);
    await unmuteNotifications(db, user.id, { ids, now: now() });
    return c.html(<UnmutedPage {...page(c)} user={user} restored={restored} />);
  });

  async function open(token: string) {
    const scope = await verifyMute(parts.config.secretKey, token);
    if (!scope) {
      throw new NotFound(
        "This link is incomplete or was altered, so nothing was muted. Open it from the email again, or sign in",
      );
    }
    const [user, { notifications }, hearings] = await Promise.all([
      findActiveUser(db, scope.user),
      loadNotifications(db, scope.user),
      loadHearings(db, scope.user),
    ]);
    if (!user) throw new NotFound("This link belongs to somebody who gets no mail any more");
    const [isNamed, isGranted] = [isCovered(scope), granted(user.roles)];
    const covered = notifications.filter((n) => isNamed(n) && isGranted(n));
    const last = lastHeard({ ...user, notifications }, {
      leaves: ({ id }) => covered.some((notification) => notification.id === id),
      elsewhere: heardElsewhere(hearings, { profile: user.account.profile, now: now() }),
      now: now(),
    });
    return { user, scope, covered, last };
  }
  return routes;
}

function page(c: Context<AppEnv>) {
  return { shell: c.var.shell, path: c.req.path };
}

function isCovered(scope: MuteScope): (notification: Notification) => boolean {
  if ("frequency" in scope) return ({ frequency }) => frequency === scope.frequency;
  const ids = new Set(scope.notifications);
  return (notification) => ids.has(notification.id);
}
