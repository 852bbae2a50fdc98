import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { type ApiKey, openKeyring } from "../db/api_keys.ts";
import { rateLimit } from "../domain/rate_limit.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

export interface KeyEnv {
  Variables: { key: ApiKey };
}

/** Lets through whoever sends a key that is known, and not too often. Each process counts for itself. */
export function withApiKey({ db, now }: Pick<Parts, "db" | "now">) {
  const findKey = openKeyring(db);
  const limits = new Map<string, (now: number) => number>();
  return createMiddleware<KeyEnv>(async (c, next) => {
    const sent = /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const key = sent ? await findKey(sent, now()) : null;
    if (!key) return unauthorized(c);
    const limit = limits.get(key.id) ?? rateLimit(key.perSecond);
    limits.set(key.id, limit);
    const wait = limit(now());
    if (wait > 0) return tooMany(c, key, wait);
    c.set("key", key);
    return await next();
  });
}

function unauthorized(c: Context) {
  const detail = "Send a key that is known and not revoked: Authorization: Bearer <key>.";
  return problem(c, { status: 401, title: "Unauthorized", detail }, {
    "www-authenticate": "Bearer",
  });
}

/** RFC 6585: says when to come again, in whole seconds. */
function tooMany(c: Context, { perSecond }: ApiKey, wait: number) {
  const detail =
    `This key may make ${perSecond} requests a second. Wait, or send more events in each request.`;
  return problem(c, { status: 429, title: "Too many requests", detail }, {
    "retry-after": String(Math.ceil(wait / 1_000)),
  });
}
