import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { beginViewing, endViewing } from "../db/viewing.ts";
import { Forbidden } from "../domain/errors.ts";
import { mayViewAs } from "../domain/people.ts";
import { pathOfAccount } from "../views/account.tsx";
import { pathOfPerson } from "../views/managed.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { giveToken, signedIn, tokenOf } from "./session.ts";
import { refuse } from "./validation.ts";

const person = z.object({ id: z.string() });

/** Seeing everything as somebody else does: for the studio's admins, and only to look. */
export function viewingRoutes(parts: Parts): Hono<AppEnv> {
  const { db, now } = parts;
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", person, refuse);

  routes.put("/people/:id/viewing", signedIn(parts), one, async (c) => {
    const { user } = c.var;
    if (!mayViewAs(user.roles)) throw new Forbidden("Only the studio's admins see as others see");
    const { id: as } = c.req.valid("param");
    const given = { token: tokenOf(c, parts)!, by: user.id, as, now: now() };
    giveToken(c, parts, await beginViewing(db, given));
    return c.redirect("/", 303);
  });

  routes.delete("/viewing", async (c) => {
    const token = tokenOf(c, parts);
    const ended = token ? await endViewing(db, token, now()) : null;
    if (!ended) return c.redirect("/", 303);
    giveToken(c, parts, ended.token);
    const { id, account } = ended.as;
    return c.redirect(pathOfPerson({ path: `${pathOfAccount(account)}/people` }, id), 303);
  });
  return routes;
}
