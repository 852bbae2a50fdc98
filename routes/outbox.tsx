import { Hono } from "hono";
import { findOutboxEmail, listOutbox } from "../db/outbox.ts";
import { OutboxEmailPage, OutboxPage } from "../views/outbox.tsx";
import type { AppEnv, Parts } from "./parts.ts";

/** `/outbox`: the mail of the demo, which never leaves it. */
export function outboxRoutes({ db }: Parts) {
  return new Hono<AppEnv>()
    .get(
      "/outbox",
      async (c) => c.html(<OutboxPage shell={c.var.shell} emails={await listOutbox(db)} />),
    )
    .get("/outbox/:id", async (c) => {
      const email = await findOutboxEmail(db, c.req.param("id"));
      return c.html(<OutboxEmailPage shell={c.var.shell} email={email} />);
    });
}
