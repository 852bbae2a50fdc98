import { createHash } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { secureHeaders } from "hono/secure-headers";
import { isHtmx } from "./htmx.ts";
import type { AppEnv } from "./parts.ts";

// What browsers of long ago alone understand, or what the policies below say already, is not worth its bytes.
const silent = {
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  xFrameOptions: false,
  xDnsPrefetchControl: false,
  originAgentCluster: false,
} as const;

const ofPages = secureHeaders({
  ...silent,
  // The stricter "no-referrer" would make browsers hide the origin of our own forms from us.
  referrerPolicy: "same-origin",
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    // Made in static/app.js.
    trustedTypes: ["htmx"],
  },
});

/** A fragment is part of a page with a policy of its own; shown by itself it could do nothing at all. */
const ofFragments = secureHeaders({
  ...silent,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  referrerPolicy: false,
  strictTransportSecurity: false,
  contentSecurityPolicy: { defaultSrc: ["'none'"] },
});

/** Lets a page use its own files and nothing else. */
export const securityHeaders = createMiddleware<AppEnv>((c, next) =>
  isHtmx(c) ? ofFragments(c, next) : ofPages(c, next)
);

/** An email brings its own styles, and nothing else: no script, no picture, no form. */
export const letterHeaders = secureHeaders({
  ...silent,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    frameAncestors: ["'self'"],
    sandbox: ["allow-popups", "allow-popups-to-escape-sandbox"],
  },
});

/** Nothing of a page may be shown again unasked, and a fragment never in place of its page. */
export const freshPages = createMiddleware<AppEnv>(async (c, next) => {
  c.header("cache-control", "private, no-cache");
  c.header("vary", "Cookie, HX-Request, HX-Target");
  await next();
  const isPage = c.req.method === "GET" && c.res.status === 200 && !isHtmx(c);
  if (!isPage) return;
  // Weak, because whoever compresses the page makes other bytes of it.
  const content = await c.res.text();
  const tag = `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;
  const isKnown = c.req.header("if-none-match") === tag;
  const { headers } = c.res;
  headers.set("etag", tag);
  // Were the old one still there, its headers would be copied over once more.
  c.res = undefined;
  c.res = new Response(isKnown ? null : content, { status: isKnown ? 304 : 200, headers });
});
