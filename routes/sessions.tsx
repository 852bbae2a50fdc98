import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { endOtherSessions, endSession, listSessions } from "../db/open_sessions.ts";
import { listViewings } from "../db/viewing.ts";
import { SessionsPage } from "../views/sessions.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { tokenOf } from "./session.ts";
import { refuse } from "./validation.ts";

const one = z.object({ id: z.string() });
const shown = z.object({ ended: z.enum(["one", "others"]).optional().catch(undefined) });

/** Where somebody is signed in, and signing out there. */
export function sessionRoutes(parts: Parts): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const { ended } = c.req.valid("query");
    const token = tokenOf(c, parts)!;
    const [sessions, viewings] = await Promise.all([
      listSessions(db, user.id, { token, now: now() }),
      listViewings(db, user.id),
    ]);
    const props = { shell, sessions, viewings, ended, zone: user.zone, now: now() };
    return c.html(<SessionsPage {...props} />);
  });

  routes.delete("/others", async (c) => {
    await endOtherSessions(db, c.var.user.id, { token: tokenOf(c, parts)!, now: now() });
    return c.redirect("/sessions?ended=others", 303);
  });

  routes.delete("/:id", zValidator("param", one, refuse), async (c) => {
    await endSession(db, c.var.user.id, { id: c.req.valid("param").id, now: now() });
    return c.redirect("/sessions?ended=one", 303);
  });
  return routes;
}
