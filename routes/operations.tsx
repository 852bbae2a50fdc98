import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { loadOperations, resendEmail, retryEmail } from "../db/operations.ts";
import { OperationsPage } from "../views/operations.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const email = z.object({ id: z.string() });
const shown = z.object({ again: z.string().optional() });

/** `/operations`: how the service is doing, for the studio. */
export function operationsRoutes({ db, now, dispatch }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", email, refuse);

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const operations = await loadOperations(db, now());
    const message = c.req.valid("query").again && "It is on its way again.";
    return c.html(
      <OperationsPage {...operations} {...{ shell, message, zone: user.zone, now: now() }} />,
    );
  });

  routes.put("/emails/:id/retry", one, async (c) => {
    await retryEmail(db, c.req.valid("param").id, now());
    dispatch();
    return c.redirect("/operations?again=yes", 303);
  });

  routes.put("/emails/:id/resending", one, async (c) => {
    await resendEmail(db, c.req.valid("param").id, now());
    dispatch();
    return c.redirect("/operations?again=yes", 303);
  });
  return routes;
}
