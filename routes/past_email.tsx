import { Hono } from "hono";
import { findEmail } from "../db/past_email.ts";
import { subjectFor } from "../views/emails/notification.ts";
import { PastEmailPage } from "../views/past_email.tsx";
import type { AppEnv, Parts } from "./parts.ts";

/** `/emails/:id`: an email again, as it was sent and with what did not fit into it. */
export function pastEmailRoutes({ db, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/:id", async (c) => {
    const { user, shell } = c.var;
    const email = await findEmail(db, user.id, c.req.param("id"));
    const subject = email.content.sent?.subject ??
      (email.items.length > 0 && subjectFor({ ...email, zone: user.zone }));
    const props = { email, subject: subject || "An email of long ago", reader: user, now: now() };
    return c.html(<PastEmailPage shell={shell} {...props} />);
  });
}
