import { zValidator } from "@hono/zod-validator";
import { type Context, Hono, type Next } from "hono";
import * as z from "zod";
import { beginViewing, endViewing } from "../db/viewing.ts";
import { Forbidden, NotFound } from "../domain/errors.ts";
import { mayViewAs } from "../domain/people.ts";
import { pathOfAccount } from "../views/account.tsx";
import { pathOfPerson } from "../views/managed.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { giveToken, signedIn, tokenOf } from "./session.ts";
import { refuse } from "./validation.ts";

const person = z.object({ id: z.string() });

/** Seeing everything as somebody else does: for the studio's admins, and only to look. */
export function viewingRoutes(parts: Parts): Hono<AppEnv> {
  const { db, now, config: { secretKey: secret } } = parts;
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", person, refuse);

  routes.put("/people/:id/viewing", one, begin, signedIn(parts), (c) => {
    if (!mayViewAs(c.var.user.roles)) {
      throw new Forbidden("Only the studio's admins see as others see");
    }
    const { id } = c.req.valid("param");
    throw new NotFound(`Cannot see what user "${id}" sees: there is no such active user`);
  });

  routes.delete("/viewing", async (c) => {
    const token = tokenOf(c, parts);
    const ended = token ? await endViewing(db, { token, secret, now: now() }) : null;
    if (!ended) return c.redirect("/", 303);
    giveToken(c, parts, ended.token);
    const { id, account } = ended.as;
    return c.redirect(pathOfPerson({ path: `${pathOfAccount(account)}/people` }, id), 303);
  });

  /** Whoever cannot begin is let on to be told why: who they are is no question before, as another press may have given them a new token. */
  async function begin(c: Context<AppEnv, "/people/:id/viewing">, next: Next) {
    const asked = { token: tokenOf(c, parts) ?? "", secret, as: c.req.param("id"), now: now() };
    const token = await beginViewing(db, asked);
    if (!token) return await next();
    giveToken(c, parts, token);
    return c.redirect("/", 303);
  }
  return routes;
}
