import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { queueOutgoing } from "../db/outgoing.ts";
import { loadSupportContext } from "../db/support.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import { contextParts, referenceOf, referencePattern } from "../domain/support.ts";
import { mostWords, supportEmail } from "../views/emails/support.tsx";
import { RequestSentPage, SupportPage } from "../views/support.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { safePath } from "./session.ts";
import { refuse } from "./validation.ts";

const day = 86_400_000;
/** How many requests one person sends in a day. */
const mostRequests = 10;

const page = z.object({ page: z.string().max(2_000).optional().transform(safePath) });
const reference = z.object({ reference: z.string().regex(referencePattern) });
const request = page.extend({
  ...reference.shape,
  words: z.string().transform((words) => words.trim().slice(0, mostWords)),
});

/** Asking support, who gets the request with everything that it takes to answer it. */
export function supportRoutes(parts: Parts): Hono<AppEnv> {
  const { db, now, dispatch, config: { supportEmail: to } } = parts;
  const routes = new Hono<AppEnv>();
  routes.use(createMiddleware(async (_, next) => {
    if (!to) throw new NotFound("Cannot submit a request: nobody answers requests here");
    await next();
  }));

  routes.get("/", zValidator("query", page, refuse), async (c) => {
    const { page } = c.req.valid("query");
    const reference = referenceOf(crypto.getRandomValues(new Uint8Array(16)));
    const context = await contextOf(c, parts, page);
    return c.html(
      <SupportPage {...{ shell: c.var.shell, reference, page, context, mostWords }} />,
    );
  });

  routes.post("/", zValidator("form", request, refuse), async (c) => {
    const { reference, page, words } = c.req.valid("form");
    const { user, shell } = c.var;
    const context = await contextOf(c, parts, page);
    if (words === "") {
      const problem = { field: "words", message: "Write what is the matter." };
      return c.html(
        <SupportPage {...{ shell, reference, page, context, mostWords, problem }} />,
        422,
      );
    }
    const email = supportEmail({ reference, words, context });
    const headers = { "Reply-To": user.email };
    const limits = { userId: user.id, now: now(), most: mostRequests, since: now() - day };
    if (!await queueOutgoing(db, { id: reference, to: to!, headers, ...email }, limits)) {
      throw new Conflict(
        `Cannot send the request: you sent ${mostRequests} since yesterday. Answer one of support's emails instead`,
      );
    }
    dispatch();
    return c.redirect(`/support/${reference}`, 303);
  });

  routes.get("/:reference", zValidator("param", reference, refuse), (c) => {
    const { reference } = c.req.valid("param");
    const { shell, user: { email } } = c.var;
    return c.html(<RequestSentPage {...{ shell, reference, email }} />);
  });
  return routes;
}

async function contextOf(c: Context<AppEnv>, { db, now }: Parts, page: string) {
  const { user } = c.var;
  return contextParts({ page, user, ...await loadSupportContext(db, user.id) }, now());
}
