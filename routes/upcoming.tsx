import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { loadPending, type Pending } from "../db/pending.ts";
import { frequencyOrder } from "../domain/catalogue.ts";
import { toldEvents } from "../domain/compose.ts";
import { subjectFor } from "../views/emails/notification.ts";
import { UpcomingPage } from "../views/upcoming.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const param = z.object({ frequency: z.enum(frequencyOrder) });
const shown = z.object({ change: z.uuid().optional().catch(undefined) });

/** `/history/:frequency`: the email that comes next, as far as it is known. */
export function upcomingRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", param, refuse);
  return routes.get("/:frequency", one, zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const { frequency } = c.req.valid("param");
    const { change } = c.req.valid("query");
    const pending = await loadPending(db, user, now());
    const emails = upcomingOf(pending, user).filter((email) => email.frequency === frequency);
    const notifications = new Map(pending.notifications.map((each) => [each.id, each]));
    const done = change === undefined ? null : await findChange(db, user.id, change);
    const props = { frequency, emails, notifications, done, zone: user.zone, now: now() };
    return c.html(<UpcomingPage shell={shell} {...props} />);
  });
}

/** The emails that come next, as their reader would know them. */
export function upcomingOf({ emails, events }: Pending, { zone }: { zone: string }) {
  return emails.map(({ frequency, at, content }) => {
    const items = toldEvents(content, events);
    const subject = subjectFor({ items, frequency, composedAt: at, zone });
    const told = items.map(({ event }) => event);
    return { frequency, at, subject, items, events: told };
  });
}
