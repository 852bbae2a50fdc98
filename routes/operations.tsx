import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { byPage } from "../db/audit.ts";
import { loadOperations, resendEmail, retryEmail, takeBackEmail } from "../db/operations.ts";
import { mayManageAccounts } from "../domain/people.ts";
import { OperationsPage } from "../views/operations.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const email = z.object({ id: z.string() });
const shown = z.object({ done: z.enum(["again", "back"]).optional().catch(undefined) });
const messages = {
  again: "It is on its way again.",
  back: "It is taken back. Send it again to undo that.",
};

/** `/operations`: how the service is doing, for the studio. */
export function operationsRoutes({ db, now, dispatch }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", email, refuse);
  const openedAt = now();

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const manages = mayManageAccounts(user.roles);
    const operations = await loadOperations(db, now());
    const { done } = c.req.valid("query");
    const message = done && messages[done];
    return c.html(
      <OperationsPage
        {...operations}
        {...{ shell, message, manages, openedAt, zone: user.zone, now: now() }}
      />,
    );
  });

  routes.put("/emails/:id/retry", one, async (c) => {
    await retryEmail(db, c.req.valid("param").id, now(), byPage(c.var.user.id));
    dispatch();
    return c.redirect("/operations?done=again", 303);
  });

  routes.put("/emails/:id/cancellation", one, async (c) => {
    await takeBackEmail(db, c.req.valid("param").id, now(), byPage(c.var.user.id));
    return c.redirect("/operations?done=back", 303);
  });

  routes.put("/emails/:id/resending", one, async (c) => {
    await resendEmail(db, c.req.valid("param").id, now(), byPage(c.var.user.id));
    dispatch();
    return c.redirect("/operations?done=again", 303);
  });
  return routes;
}
