import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import * as z from "zod";
import { listCast } from "../db/cast.ts";
import { createSignInLink, linkLength, takeSignInLink } from "../db/sign_in_links.ts";
import { newToken } from "../db/tokens.ts";
import { parseAddress } from "../domain/addresses.ts";
import { Conflict } from "../domain/errors.ts";
import { signInEmail } from "../views/emails/sign_in.tsx";
import { SigningOutPage } from "../views/oidc.tsx";
import { LinkSentPage, SignInPage, UseLinkPage } from "../views/sign_in.tsx";
import type { AppEnv, Equipped, Parts } from "./parts.ts";
import { closeSession, cookieName, cookieOptions, openSession, safePath } from "./session.ts";
import { refuse } from "./validation.ts";

const mostCast = 40;
const path = z.object({ next: z.string().optional().transform(safePath) });
const request = path.extend({
  email: z.string().refine(parseAddress, "Write an email address, such as name@example.com."),
});
const asked = path.extend({ email: z.string().max(254).optional().catch(undefined) });
const link = z.object({ token: z.string().min(1) });

/** Signing in by a link in an email, and out again. */
export function signInRoutes(parts: Equipped): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();

  routes.get("/sign-in", zValidator("query", asked, refuse), async (c) => {
    const cast = parts.config.demo ? await castOf(parts) : [];
    const singleSignOn = parts.provider !== undefined;
    const { next, email } = c.req.valid("query");
    return c.html(<SignInPage {...{ shell: c.var.shell, singleSignOn, cast, next, email }} />);
  });

  // The same answer whether or not the address is known: nobody learns here who works where.
  routes.post("/sign-in", zValidator("form", request, refuse), async (c) => {
    const { email, next } = c.req.valid("form");
    await emailLink(c, parts, { email, next });
    return c.html(<LinkSentPage shell={c.var.shell} email={email} minutes={linkMinutes} />);
  });

  // Looking is not using: programs that scan mail follow links, but press no buttons.
  routes.get(
    "/sign-in/:token",
    zValidator("param", link, refuse),
    zValidator("query", path, refuse),
    (c) => {
      const { next } = c.req.valid("query");
      const { token } = c.req.valid("param");
      return c.html(<UseLinkPage shell={c.var.shell} token={token} next={next} />);
    },
  );

  routes.post(
    "/sign-in/:token",
    zValidator("param", link, refuse),
    zValidator("form", path, refuse),
    async (c) => {
      const browser = getCookie(c, cookieName(parts, browserCookie)) ?? "";
      const userId = await takeSignInLink(db, c.req.valid("param").token, { browser, now: now() });
      if (!userId) {
        throw new Conflict(
          "This sign-in link cannot be used: it was used already, is older than 15 minutes, or was asked for in " +
            "another browser. Ask for a new one on the sign-in page",
        );
      }
      await openSession(c, parts, userId);
      return c.redirect(c.req.valid("form").next, 303);
    },
  );

  routes.post("/sign-out", async (c) => {
    const bySingleSignOn = await closeSession(c, parts);
    const address = bySingleSignOn ? await parts.provider?.signOutAddress() : null;
    if (!address) return c.redirect("/sign-in", 303);
    // Not a redirect: a browser lets no form of ours end at another site.
    c.header("refresh", `0; url=${address}`);
    return c.html(<SigningOutPage shell={c.var.shell} address={address} />);
  });
  return routes;
}

const browserCookie = "sign-in-browser";
const linkMinutes = linkLength / 60_000;

/** Sends a link to whoever has that address, bound to the browser that asked. */
async function emailLink(
  c: Context,
  parts: Parts,
  { email, next }: { email: string; next: string },
): Promise<void> {
  const { db, now, config, sendEmail, report } = parts;
  const browser = getCookie(c, cookieName(parts, browserCookie)) ?? newToken();
  setCookie(c, cookieName(parts, browserCookie), browser, {
    ...cookieOptions(parts),
    maxAge: linkLength / 1000,
  });
  const found = await createSignInLink(db, email, { browser, now: now() });
  if (!found) return;

  const address = `${config.baseUrl}/sign-in/${found.token}?next=${encodeURIComponent(next)}`;
  const content = signInEmail({ name: found.name, link: address, minutes: linkMinutes });
  const id = crypto.randomUUID();
  // Not awaited: how long the provider takes would tell that the address is known.
  sendEmail({ id, to: found.email, headers: {}, ...content }, { number: 1 })
    .catch(() => report(`sign-in email ${id}`, new Error("the provider did not take it")));
}

async function castOf({ db, purposes }: Parts) {
  const members = await listCast(db, mostCast);
  return members.map((member) => ({ ...member, purpose: purposes?.get(member.id) }));
}
