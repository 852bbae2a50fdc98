import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { undoChange } from "../db/undo.ts";
import { ChangedFragment } from "../views/changes.tsx";
import { listPath } from "../views/list_view.tsx";
import { isHtmx } from "./htmx.ts";
import { listViewOfPage } from "./list_view.ts";
import { panelOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { safePath } from "./session.ts";
import { refuse } from "./validation.ts";

const changeParam = z.object({ change: z.uuid() });

/** Taking back what was done to notifications. */
export function changeRoutes(parts: Equipped): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();

  routes.put("/:change/undo", zValidator("param", changeParam, refuse), async (c) => {
    const { change } = c.req.valid("param");
    await undoChange(db, c.var.user, change, now());
    return await answerChange(c, parts, change);
  });
  return routes;
}

/** The list as it is after a change, and what is to be said about it. */
export async function answerChange(
  c: Context<AppEnv>,
  { db, visits, now }: Equipped,
  id: string | undefined,
  path = backOr(c, "/notifications"),
): Promise<Response> {
  if (!isHtmx(c)) return c.redirect(withQuery(path, { change: id }), 303);
  const { user } = c.var;
  const [change, visit] = await Promise.all([
    id === undefined ? null : findChange(db, user.id, id),
    visits.again(user, now()),
  ]);
  const view = listViewOfPage(c);
  const panel = panelOf(visit, { ...view, now: now() });
  const first = change?.undone ? change.touched[0]?.id : undefined;
  const focus = first === undefined ? undefined : `actions-${first}`;
  return c.html(<ChangedFragment panel={panel} change={change} focus={focus} />, 200, {
    "hx-replace-url": listPath(view),
  });
}

/** A path with those of the questions that are asked; what it names within its page stays last. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const asked = Object.entries(query).flatMap(([name, value]) => value ? [[name, value]] : []);
  if (asked.length === 0) return path;
  const [page, place] = path.split("#");
  const sign = page!.includes("?") ? "&" : "?";
  return `${page}${sign}${new URLSearchParams(asked)}${place ? `#${place}` : ""}`;
}

/** Where a plain form leads: to the page that asks to come back to, or else to this one. */
export function backOr(c: Context, path: string): string {
  const back = c.req.query("back");
  return back ? safePath(back) : path;
}
