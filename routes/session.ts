import type { Context, MiddlewareHandler, Next } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import {
  createSession,
  type CurrentUser,
  deleteSession,
  findSession,
  noteEvery,
  noteSession,
  sessionLength,
} from "../db/sessions.ts";
import { forgetViewing } from "../db/viewing.ts";
import { Forbidden, SignedOut } from "../domain/errors.ts";
import { mayManagePeople } from "../domain/people.ts";
import type { Viewing } from "../domain/viewing.ts";
import { isHtmx } from "./htmx.ts";
import type { AppEnv, Equipped, Parts } from "./parts.ts";

/** Lets only signed-in people through, as `c.var.user`; everybody else is shown the way to sign in. */
export function signedIn(parts: Parts): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = tokenOf(c, parts);
    const user = token ? await findSession(parts.db, token, parts.now()) : null;
    if (!user) return askToSignIn(c);
    return await noting(c, parts, user, () => enterAsViewed(c, parts, user, next));
  };
}

/** The same as who they are themselves, also while they view as somebody else. */
export function signedInThemselves(parts: Parts): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = tokenOf(c, parts);
    const user = token ? await findSession(parts.db, token, parts.now(), { own: true }) : null;
    return user ? await noting(c, parts, user, () => enter(c, user, next)) : askToSignIn(c);
  };
}

/** The same, with all that the panel shows as `c.var.visit`, in the same round trip. */
export function visiting(parts: Equipped): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = tokenOf(c, parts);
    const visit = token ? await parts.visits.begin(token, parts.now()) : null;
    if (!visit) return askToSignIn(c);
    c.set("visit", visit);
    return await noting(c, parts, visit.user, () => enterAsViewed(c, parts, visit.user, next));
  };
}

/** Notes once an hour that the session is in use, beside the page and not before it; without the note the page is as good. */
async function noting(
  c: Context<AppEnv>,
  parts: Parts,
  { seenAt }: CurrentUser,
  answer: () => Promise<void>,
): Promise<void> {
  const now = parts.now();
  if (now - seenAt < noteEvery) return await answer();
  const noted = noteSession(parts.db, tokenOf(c, parts)!, now)
    .catch((error) => parts.report("note of a session in use", error));
  await Promise.all([answer(), noted]);
}

async function enter(c: Context<AppEnv>, user: CurrentUser, next: Next): Promise<void> {
  const { id, account, roles, zone, viewing } = user;
  // The name stands beside the way to sign out.
  const { name } = viewing?.by ?? user;
  const viewer = { id, name, account, managesPeople: mayManagePeople(roles) };
  c.set("user", user);
  c.set("shell", { ...c.var.shell, viewer, viewing: viewing && { ...viewing, zone } });
  await next();
}

/** What is posted because it is long, not because it changes anything. */
const questions = ["/notifications/draft", "/notifications/forecast", "/notifications/titles"];

/** Whoever views as somebody else changes nothing, for them or for themselves; a page that they left open does not either. */
async function enterAsViewed(
  c: Context<AppEnv>,
  parts: Parts,
  user: CurrentUser,
  next: Next,
): Promise<void> {
  const { viewing } = user;
  if (!viewing) return await enter(c, user, next);
  const asks = c.req.method === "GET" || questions.includes(c.req.path);
  if (asks && !viewing.as) await forgetViewing(parts.db, tokenOf(c, parts)!, parts.now());
  return await enter(c, user, async () => {
    if (!asks) throw refusalWhile(viewing);
    await next();
  });
}

function refusalWhile({ as }: Viewing): Forbidden {
  return new Forbidden(
    as
      ? `Nothing was changed: you see what ${as.name} sees, and only look. End the viewing to work as yourself`
      : "Nothing was changed: you no longer see what somebody else sees. Open the page again to work as yourself",
  );
}

/** The token of this browser's session, whether or not it still counts. */
export function tokenOf(c: Context, parts: Parts): string | undefined {
  return getCookie(c, cookieName(parts, "session"));
}

/** Opens a session in this browser, always with a token of its own: whoever knew the last one knows nothing. */
export async function openSession(
  c: Context,
  parts: Parts,
  userId: string,
  { singleSignOn = false } = {},
): Promise<void> {
  const userAgent = c.req.header("user-agent");
  const replaced = tokenOf(c, parts);
  const arrival = { userAgent, singleSignOn, replaced };
  giveToken(c, parts, await createSession(parts.db, userId, parts.now(), arrival));
}

/** Lets this browser hold the token of a session. */
export function giveToken(c: Context, parts: Parts, token: string): void {
  setCookie(c, cookieName(parts, "session"), token, {
    ...cookieOptions(parts),
    maxAge: sessionLength / 1000,
  });
}

/** Ends the session of this browser; resolves to whether single sign-on had opened it. */
export async function closeSession(c: Context, parts: Parts): Promise<boolean> {
  const token = tokenOf(c, parts);
  deleteCookie(c, cookieName(parts, "session"), cookieOptions(parts));
  return token !== undefined && await deleteSession(parts.db, token, parts.now());
}

/** The name of a cookie; over https the browser itself then guarantees that nobody but this host set it. */
export function cookieName({ config }: Parts, name: string): string {
  return isSecure(config.baseUrl) ? `__Host-${name}` : name;
}

/** How all of our cookies are set. */
export function cookieOptions({ config }: Parts) {
  return {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    secure: isSecure(config.baseUrl),
  } as const;
}

function isSecure(baseUrl: string): boolean {
  return baseUrl.startsWith("https:");
}

/** A path of this site that is safe to redirect to; anything else leads home. */
export function safePath(path: string | undefined): string {
  if (!path?.startsWith("/")) return "/";
  const here = "https://here.invalid";
  try {
    const url = new URL(path, here);
    // "/.//elsewhere.example" resolves to a path that a browser would read as another host.
    const stays = url.origin === here && !url.pathname.startsWith("//");
    return stays ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
}

function askToSignIn(c: Context<AppEnv>): Response {
  const url = new URL(c.req.url);
  const seen = isHtmx(c) ? c.req.header("hx-current-url") ?? "" : c.req.url;
  const page = URL.canParse(seen) ? new URL(seen) : url;
  const next = isHtmx(c) || c.req.method === "GET" ? page.pathname + page.search : "/";
  const signIn = `/sign-in?next=${encodeURIComponent(next)}`;
  if (!isHtmx(c)) return c.redirect(signIn, 303);
  // To leave the page now would be to lose what was typed.
  if (c.req.method !== "GET") {
    throw new SignedOut(
      "You were signed out meanwhile, so nothing was changed. Everything is still here: sign in in another tab, then try again here",
    );
  }
  return c.html(`<a href="${signIn}">Sign in again</a>`, 401, { "hx-redirect": signIn });
}
