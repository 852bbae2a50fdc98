import type { Context, MiddlewareHandler, Next } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import {
  createSession,
  type CurrentUser,
  deleteSession,
  findSession,
  sessionLength,
} from "../db/sessions.ts";
import { SignedOut } from "../domain/errors.ts";
import { mayManagePeople } from "../domain/people.ts";
import { isHtmx } from "./htmx.ts";
import type { AppEnv, Equipped, Parts } from "./parts.ts";

/** Lets only signed-in people through, as `c.var.user`; everybody else is shown the way to sign in. */
export function signedIn(parts: Parts): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = tokenOf(c, parts);
    const user = token ? await findSession(parts.db, token, parts.now()) : null;
    return user ? await enter(c, user, next) : askToSignIn(c);
  };
}

/** The same, with all that the panel shows as `c.var.visit`, in the same round trip. */
export function visiting(parts: Equipped): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = tokenOf(c, parts);
    const visit = token ? await parts.visits.begin(token, parts.now()) : null;
    if (!visit) return askToSignIn(c);
    c.set("visit", visit);
    return await enter(c, visit.user, next);
  };
}

async function enter(c: Context<AppEnv>, user: CurrentUser, next: Next): Promise<void> {
  const { id, name, account, roles } = user;
  const viewer = { id, name, account, managesPeople: mayManagePeople(roles) };
  c.set("user", user);
  c.set("shell", { ...c.var.shell, viewer });
  await next();
}

function tokenOf(c: Context, parts: Parts): string | undefined {
  return getCookie(c, cookieName(parts, "session"));
}

/** Opens a session in this browser. */
export async function openSession(c: Context, parts: Parts, userId: string): Promise<void> {
  const token = await createSession(parts.db, userId, parts.now());
  setCookie(c, cookieName(parts, "session"), token, {
    ...cookieOptions(parts),
    maxAge: sessionLength / 1000,
  });
}

/** Ends the session of this browser. */
export async function closeSession(c: Context, parts: Parts): Promise<void> {
  const token = tokenOf(c, parts);
  if (token) await deleteSession(parts.db, token);
  deleteCookie(c, cookieName(parts, "session"), cookieOptions(parts));
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
