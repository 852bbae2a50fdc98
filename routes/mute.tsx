import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { loadHearings } from "../db/coverage.ts";
import { muteNotifications, unmuteNotifications } from "../db/notification_actions.ts";
import { endOptOut } from "../db/opt_outs.ts";
import { findOwner } from "../db/owners.ts";
import { loadNotifications } from "../db/panel.ts";
import { undoChange } from "../db/undo.ts";
import { findActiveUser } from "../db/users.ts";
import { heardElsewhere, lastHeard } from "../domain/coverage.ts";
import { NotFound } from "../domain/errors.ts";
import { type MuteScope, narrowedTo, signMute, verifyMute } from "../domain/links.ts";
import { granted, type Notification } from "../domain/notifications.ts";
import { coversOptOut, type OptOut, optOuts } from "../domain/opt_outs.ts";
import { MutePage } from "../views/mute.tsx";
import { MutedPage, UndonePage, UnmutedPage } from "../views/muted.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const link = z.object({ token: z.string() });
const mutedByLink = link.extend({ change: z.uuid() });
const id = z.coerce.number().int();
const linkToOne = link.extend({ id });
const unmute = z.object({ id: z.union([id.transform((one) => [one]), z.array(id)]).default([]) });

/** Whoever holds the link need not be its person: the audit log says by which way it came. */
const via = "unsubscribe link";

/** Muting from an email, without signing in: the signature of the link says whose notifications they are. */
export function muteRoutes(parts: Parts): Hono<AppEnv> {
  const { db, config, now } = parts;
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", link, refuse);

  routes.get("/:token", one, async (c) => {
    const link = await openLink(parts, c.req.valid("param").token);
    const paths = await otherPaths(parts, link);
    return c.html(<MutePage {...page(c)} {...link} {...paths} />);
  });

  // The notifications of an email share a signature.
  routes.get("/:token/:id", zValidator("param", linkToOne, refuse), async (c) => {
    const { token, id } = c.req.valid("param");
    const scope = await openScope(parts, token);
    const one = narrowedTo(scope, id);
    if (!one) throw new NotFound(altered);
    return c.redirect(`/mute/${await signMute(config.secretKey, one)}`);
  });

  // A mail program posts here by itself when its reader presses "unsubscribe" (RFC 8058); so does the button of the page.
  routes.post("/:token", one, async (c) => {
    const { user, scope, covered, last } = await openLink(parts, c.req.valid("param").token);
    const ids = covered.map((notification) => notification.id);
    const optOut = optOutOf(scope);
    const { change } = await muteNotifications(db, user.id, { ids, now: now(), optOut, via });
    const muted = change ? await touchedBy(parts, { user, covered }, change) : [];
    const silence = { account: user.account.name, types: last };
    return c.html(<MutedPage {...page(c)} {...{ user, muted, change, optOut, silence }} />);
  });

  const undoing = zValidator("param", mutedByLink, refuse);
  routes.put("/:token/undo/:change", undoing, async (c) => {
    const { token, change } = c.req.valid("param");
    const { user, covered } = await openLink(parts, token);
    const restored = await touchedBy(parts, { user, covered }, change);
    if (restored.length === 0) throw new NotFound("This link does not reach what is to be undone");
    await undoChange(db, await findOwner(db, user.id), change, now(), via);
    return c.html(<UndonePage shell={c.var.shell} user={user} restored={restored} />);
  });

  routes.delete("/:token", one, zValidator("form", unmute, refuse), async (c) => {
    const { user, scope, covered } = await openLink(parts, c.req.valid("param").token);
    const optOut = optOutOf(scope);
    const wanted = new Set(c.req.valid("form").id);
    const restored = covered.filter((notification) => wanted.has(notification.id));
    const ids = restored.map((notification) => notification.id);
    await unmuteNotifications(db, user.id, { ids, now: now(), via });
    if (optOut) await endOptOut(db, { userId: user.id, optOut, at: now(), via });
    return c.html(<UnmutedPage shell={c.var.shell} {...{ user, restored, optOut }} />);
  });
  return routes;
}

type OpenLink = Awaited<ReturnType<typeof openLink>>;

const altered =
  "This link is incomplete or was altered, so nothing was muted. Open it from the email again, or sign in";

/** What a link mutes. Throws NotFound. */
async function openScope({ config }: Parts, token: string): Promise<MuteScope> {
  const scope = await verifyMute(config.secretKey, token);
  if (!scope) throw new NotFound(altered);
  return scope;
}

/** Whose link it is, and the notifications that it reaches. Throws NotFound. */
async function openLink(parts: Parts, token: string) {
  const { db, now } = parts;
  const scope = await openScope(parts, token);
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

/** With more than these, one by one is no way. */
const mostSingly = 30;

/** Where a page of this link leads: to each of its notifications alone, and to everything of its kind. */
async function otherPaths({ config }: Parts, { user: { id: user }, scope, covered }: OpenLink) {
  const pathOf = async (scope: MuteScope) => `/mute/${await signMute(config.secretKey, scope)}`;
  const singly = covered.length > 1 && covered.length <= mostSingly ? covered : [];
  const offered = new Set<OptOut>(covered.map(({ frequency }) => frequency))
    .add("everything-but-deadlines").difference(new Set([optOutOf(scope)]));
  return {
    alone: new Map(
      await Promise.all(
        singly.map(async ({ id }) => [id, await pathOf({ user, notifications: [id] })] as const),
      ),
    ),
    wider: new Map(
      await Promise.all(
        optOuts.filter((each) => offered.has(each)).map(async (optOut) =>
          [optOut, await pathOf({ user, optOut })] as const
        ),
      ),
    ),
  };
}

/** The notifications that a change touched; none where it touched one that the link does not reach. */
async function touchedBy(
  { db }: Parts,
  { user, covered }: Pick<OpenLink, "user" | "covered">,
  id: string,
): Promise<Notification[]> {
  const change = await findChange(db, user.id, id);
  const ids = new Set(change?.touched.map((each) => each.id));
  const touched = covered.filter((notification) => ids.has(notification.id));
  return touched.length === ids.size ? touched : [];
}

function page(c: Context<AppEnv>) {
  return { shell: c.var.shell, path: c.req.path };
}

function optOutOf(scope: MuteScope): OptOut | undefined {
  return "optOut" in scope ? scope.optOut : undefined;
}

function isCovered(scope: MuteScope): (notification: Notification) => boolean {
  if ("optOut" in scope) return (notification) => coversOptOut(scope.optOut, notification);
  const ids = new Set(scope.notifications);
  return (notification) => ids.has(notification.id);
}
