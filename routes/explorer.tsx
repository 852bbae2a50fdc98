import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { loadLog } from "../db/explorer.ts";
import { Forbidden } from "../domain/errors.ts";
import { logQuery, spanOf } from "../domain/log_query.ts";
import { mayExplore } from "../domain/people.ts";
import { renderingFlaw } from "../views/emails/trial.ts";
import { ExplorerPage, LogList } from "../views/explorer.tsx";
import { isFor } from "./htmx.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

/** `/explorer`: the whole log, for the studio. */
export function explorerRoutes({ db, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/", zValidator("query", logQuery, refuse), async (c) => {
    const { user, shell } = c.var;
    const query = c.req.valid("query");
    const page = await loadLog(db, user, { ...query, ...spanOf(query, user.zone) });
    const isFollowing = isFor(c, "log");
    if (isFollowing && query.seen === page.entries[0]?.event.seq) return c.body(null, 204);
    const entries = page.entries.map((entry) => ({
      ...entry,
      flaw: entry.flaw ?? renderingFlaw(entry.event),
    }));
    const props = { ...page, entries, query, zone: user.zone, now: now() };
    return c.html(
      isFollowing ? <LogList {...props} /> : <ExplorerPage shell={shell} {...props} />,
    );
  });
}

/** Lets only the studio's people through. */
export const studioOnly = createMiddleware<AppEnv>(async (c, next) => {
  const { roles, account } = c.var.user;
  if (account.profile !== "studio" || !mayExplore(roles)) {
    throw new Forbidden("Only the studio sees the whole log: yours is under What happened");
  }
  await next();
});
