import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { findEmail } from "../db/past_email.ts";
import { partOf } from "../domain/parts.ts";
import { inTellingOrder, requestStates } from "../domain/requests.ts";
import { subjectFor } from "../views/emails/notification.ts";
import { PastEmailPage } from "../views/past_email.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const number = z.coerce.number().int().positive().optional().catch(undefined);
const shown = z.object({
  change: z.uuid().optional().catch(undefined),
  part: number,
  /** The `seq` of an event that the part has to hold. */
  event: number,
});

/** `/emails/:id`: an email again, as it was sent and with what did not fit into it. */
export function pastEmailRoutes({ db, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/:id", zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const { change, part: wanted, event } = c.req.valid("query");
    const email = await findEmail(db, user.id, c.req.param("id"));
    const { sent, dueAt } = email.content;
    const subject = sent?.subject ??
      (email.items.length > 0 && subjectFor({ ...email, dueAt, zone: user.zone }));
    const done = change === undefined ? null : await findChange(db, user.id, change);
    const part = partOf(inTellingOrder(requestStates(email.items)), {
      number: wanted,
      holding: ({ event: { seq } }) => seq === event,
    });
    const props = { email, part, subject: subject || "An email of long ago", done, reader: user };
    return c.html(<PastEmailPage shell={shell} {...props} now={now()} />);
  });
}
