import { Hono } from "hono";
import { findOutboxEmail } from "../db/outbox.ts";
import { findEmail, type PastEmail } from "../db/past_email.ts";
import type { CurrentUser } from "../db/sessions.ts";
import { newToken } from "../db/tokens.ts";
import { tellsOfPause } from "../domain/compose.ts";
import { NotFound } from "../domain/errors.ts";
import type { RenderedEmail } from "../views/emails/notification.ts";
import { signedEmail } from "../views/emails/signed.ts";
import { freshPages, letterHeaders } from "./headers.ts";
import type { AppEnv, Parts, WebConfig } from "./parts.ts";
import { signedIn } from "./session.ts";

/** The emails themselves, to be shown in a frame of a page. */
export function letterRoutes(parts: Parts): Hono<AppEnv> {
  const { db, config } = parts;
  const routes = new Hono<AppEnv>();
  routes.get("/emails/:id/letter", letterHeaders, freshPages, signedIn(parts), async (c) => {
    const { user } = c.var;
    const email = await findEmail(db, user.id, c.req.param("id"));
    if (email.items.length === 0) {
      throw new NotFound("Cannot show this email: all of it is too old");
    }
    // Whoever sees it as its reader does gets no links that act in the reader's name.
    const secretKey = user.viewing ? newToken() : config.secretKey;
    const { html } = await letterAgain({ ...config, secretKey }, user, email);
    return c.html(html.replace("<head>", linksInNewTabs));
  });
  if (config.demo) {
    routes.get(
      "/outbox/:id/html",
      letterHeaders,
      async (c) => c.html((await findOutboxEmail(db, c.req.param("id"))).html),
    );
  }
  return routes;
}

/** No page of ours may be opened in a frame, so the links of a framed email have to leave it. */
const linksInNewTabs = '<head><base target="_blank">';

/** The email word for word as it was sent; one that was not, as it would be sent now. */
export function letterAgain(
  { baseUrl, mailDomain, secretKey }: WebConfig,
  user: CurrentUser,
  { id: emailId, frequency, composedAt, content, items }: PastEmail,
): Promise<RenderedEmail> {
  const { sent, reasons, dueAt } = content;
  const reader = { id: user.id, name: sent?.name ?? user.name, zone: sent?.zone ?? user.zone };
  const account = { id: user.account.id, name: sent?.account ?? user.account.name };
  const catchUp = tellsOfPause(content, items);
  const composed = { emailId, frequency, composedAt, items, reasons, catchUp, dueAt };
  return signedEmail({ ...composed, reader, account, baseUrl, mailDomain }, secretKey);
}
