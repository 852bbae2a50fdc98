import { Hono } from "hono";
import { findEmail } from "../db/history.ts";
import { EmailPage } from "../views/history.tsx";
import type { AppEnv, Parts } from "./parts.ts";

/** `/emails/:id`: an email again, with what did not fit into it. */
export function historyRoutes({ db, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/:id", async (c) => {
    const { user, shell } = c.var;
    const email = await findEmail(db, user.id, c.req.param("id"));
    return c.html(<EmailPage shell={shell} email={email} zone={user.zone} now={now()} />);
  });
}
