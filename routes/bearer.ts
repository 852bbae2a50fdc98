import type { Context, MiddlewareHandler } from "hono";
import { openKeyring } from "../db/keys.ts";
import { rateLimit } from "../domain/rate_limit.ts";

/** A key as far as its pace is concerned. */
interface PacedKey {
  id: string;
  perSecond: number;
}

interface Keys<K> {
  find: (key: string, now: number) => Promise<K | null>;
  now: () => number;
  /** Answers whoever sent no key that counts. */
  unauthorized: (c: Context) => Response;
  /** Answers who comes too often; the wait is in whole seconds, as RFC 6585 has it. */
  tooMany: (c: Context, key: K, wait: number) => Response;
}

/** Lets through whoever sends a key that is known, as `c.var.key`, and not too often. Each process counts for itself. */
export function withKey<K extends PacedKey>(
  { find, now, unauthorized, tooMany }: Keys<K>,
): MiddlewareHandler<{ Variables: { key: K } }> {
  const findKey = openKeyring(find);
  const limits = new Map<string, (now: number) => number>();
  return async (c, next) => {
    const sent = /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const key = sent ? await findKey(sent, now()) : null;
    if (!key) return unauthorized(c);
    const limit = limits.get(key.id) ?? rateLimit(key.perSecond);
    limits.set(key.id, limit);
    const wait = limit(now());
    if (wait > 0) return tooMany(c, key, Math.ceil(wait / 1_000));
    c.set("key", key);
    return await next();
  };
}
