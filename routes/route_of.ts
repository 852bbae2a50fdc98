import type { Context } from "hono";
import { matchedRoutes } from "hono/route";

/** What was asked for: the method, and the pattern of the address, which holds none of its values. */
export function routeOf(c: Context): string {
  return `${c.req.method} ${patternOf(c)}`;
}

/** The pattern of the address that was asked for. */
export function patternOf(c: Context): string {
  return matchedRoutes(c).findLast(({ path }) => !path.includes("*"))?.path ?? "unknown";
}
