import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { findOutboxEmail, listOutbox } from "../db/outbox.ts";
import { OutboxEmailPage, OutboxPage } from "../views/outbox.tsx";
import type { AppEnv, Parts } from "./parts.ts";

/** `/outbox`: the mail of the demo, which never leaves it. */
export function outboxRoutes({ db }: Parts) {
  return new Hono<AppEnv>()
    .use("/outbox/:id/html", emailHeaders)
    .get(
      "/outbox/:id/html",
      async (c) => c.html((await findOutboxEmail(db, c.req.param("id"))).html),
    )
    .use("/outbox/*", pageHeaders)
    .get(
      "/outbox",
      async (c) => c.html(<OutboxPage shell={c.var.shell} emails={await listOutbox(db)} />),
    )
    .get("/outbox/:id", async (c) => {
      const email = await findOutboxEmail(db, c.req.param("id"));
      return c.html(<OutboxEmailPage shell={c.var.shell} email={email} />);
    });
}

/** An email brings its own styles, and nothing else: no script, no picture, no form. */
const emailHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    frameAncestors: ["'self'"],
    sandbox: ["allow-popups", "allow-popups-to-escape-sandbox"],
  },
});

const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
  },
});
