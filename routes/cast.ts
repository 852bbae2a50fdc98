import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { findActiveUser } from "../db/users.ts";
import { NotFound } from "../domain/errors.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { openSession, safePath } from "./session.ts";
import { refuse } from "./validation.ts";

const person = z.object({ id: z.string() });
const path = z.object({ next: z.string().optional().transform(safePath) });

/** Signs in as a person of the cast by one press, without proof: only the demo mounts it. */
export function castRoutes(parts: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.post(
    "/sign-in/as/:id",
    zValidator("param", person, refuse),
    zValidator("form", path, refuse),
    async (c) => {
      const { id } = c.req.valid("param");
      if (!await findActiveUser(parts.db, id)) {
        throw new NotFound(`Cannot sign in as "${id}": no such user, or deactivated`);
      }
      await openSession(c, parts, id);
      return c.redirect(c.req.valid("form").next, 303);
    },
  );
  return routes;
}
