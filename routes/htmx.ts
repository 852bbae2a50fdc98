import type { Context } from "hono";

/** Whether htmx asks, and wants a fragment; without JavaScript the same handlers answer with whole pages. */
export function isHtmx(c: Context): boolean {
  return c.req.header("hx-request") === "true";
}

/** What the page from which htmx asks was asked for itself: its search and how it is sorted. */
export function pageQuery(c: Context): URLSearchParams {
  const page = c.req.header("hx-current-url") ?? "";
  return URL.canParse(page) ? new URL(page).searchParams : new URLSearchParams();
}

/** Whether htmx will put the answer into the element with this id. */
export function isFor(c: Context, id: string): boolean {
  return isHtmx(c) && c.req.header("hx-target")?.endsWith(`#${id}`) === true;
}
