import type { Context } from "hono";

/** Whether htmx asks, and wants a fragment; without JavaScript the same handlers answer with whole pages. */
export function isHtmx(c: Context): boolean {
  return c.req.header("hx-request") === "true";
}

/** Whether htmx will put the answer into the element with this id. */
export function isFor(c: Context, id: string): boolean {
  return isHtmx(c) && c.req.header("hx-target")?.endsWith(`#${id}`) === true;
}
