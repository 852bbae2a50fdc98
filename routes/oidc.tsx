import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import * as z from "zod";
import { takeIdentity } from "../db/identities.ts";
import { NotFound } from "../domain/errors.ts";
import { rateLimit } from "../domain/rate_limit.ts";
import type { Report } from "../domain/reporting.ts";
import { ProviderAwayPage, RefusedPage, UnknownPersonPage } from "../views/oidc.tsx";
import { freshPages } from "./headers.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { callbackPath, ProviderAway } from "./provider.ts";
import { cookieName, cookieOptions, openSession, safePath } from "./session.ts";
import { refuse } from "./validation.ts";

const path = z.object({ next: z.string().optional().transform(safePath) });

/** How long somebody may take at the provider, in milliseconds. */
const attemptLength = 10 * 60_000;
/** How many sign-ins a second the provider is asked about by this process. */
const mostPerSecond = 10;

const attempts = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  until: z.number(),
});
type Begun = z.infer<typeof attempts>;

/** Signing in by OpenID Connect: to the provider, and back. */
export function oidcRoutes(parts: Equipped): Hono<AppEnv> {
  const { db, provider, now, report } = parts;
  const routes = new Hono<AppEnv>();
  if (!provider) return routes.get("/sign-in/oidc", notSetUp).get(callbackPath, notSetUp);
  const tooEarly = rateLimit(mostPerSecond);
  routes.use("/sign-in/oidc/*", freshPages, async (c, next) => {
    if (tooEarly(now()) === 0) return await next();
    return await explain(c, new ProviderAway("asked too often"), { next: "/", report });
  });

  routes.get("/sign-in/oidc", zValidator("query", path, refuse), async (c) => {
    const { next } = c.req.valid("query");
    const begun = await provider.begin().catch((error) => explain(c, error, { next, report }));
    if (begun instanceof Response) return begun;
    await keepAttempt(c, parts, { ...begun.attempt, next, until: now() + attemptLength });
    return c.redirect(begun.address, 303);
  });

  routes.get(callbackPath, async (c) => {
    const begun = await takeAttempt(c, parts);
    if (!begun) return c.html(<RefusedPage shell={c.var.shell} />, 403);
    const { search } = new URL(c.req.url);
    const identity = await provider.finish(search, begun)
      .catch((error) => explain(c, error, { next: begun.next, report }));
    if (identity instanceof Response) return identity;
    const userId = await takeIdentity(db, identity);
    if (!userId) return c.html(<UnknownPersonPage shell={c.var.shell} />, 403);
    await openSession(c, parts, userId, { singleSignOn: true });
    return c.redirect(begun.next, 303);
  });
  return routes;
}

function notSetUp(): never {
  throw new NotFound("Cannot sign in by single sign-on: it is not set up here");
}

/** Says what is the matter to whoever signs in, and to the log by its name alone: the rest may quote tokens and addresses. */
async function explain(
  c: Context<AppEnv>,
  error: unknown,
  { next, report }: { next: string; report: Report },
): Promise<Response> {
  const { shell } = c.var;
  if (error instanceof ProviderAway) {
    report("single sign-on", error);
    return await c.html(<ProviderAwayPage shell={shell} next={next} />, 503);
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const name = code ?? (error instanceof Error && error.name);
  report("single sign-on", new Error(`refused: ${name}`));
  return await c.html(<RefusedPage shell={shell} next={next} />, 403);
}

/** Signed with a key of its own, so that no other signature of ours passes for one. */
function cookieKey({ config }: Equipped): string {
  return `single sign-on ${config.secretKey}`;
}

async function keepAttempt(c: Context, parts: Equipped, begun: Begun): Promise<void> {
  const options = { ...cookieOptions(parts), maxAge: attemptLength / 1000 };
  const name = cookieName(parts, "single-sign-on");
  await setSignedCookie(c, name, JSON.stringify(begun), cookieKey(parts), options);
}

/** What this browser began, once; null where it began nothing, or too long ago. */
async function takeAttempt(c: Context, parts: Equipped): Promise<Begun | null> {
  const name = cookieName(parts, "single-sign-on");
  const kept = await getSignedCookie(c, cookieKey(parts), name);
  deleteCookie(c, name, cookieOptions(parts));
  if (!kept) return null;
  const begun = attempts.parse(JSON.parse(kept));
  return begun.until > parts.now() ? begun : null;
}
