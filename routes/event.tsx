import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { loadEventStory } from "../db/event.ts";
import { visibleTypes } from "../domain/catalogue.ts";
import { reasonsIn, verdictOn } from "../domain/why.ts";
import { EventPage } from "../views/event.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const param = z.object({ seq: z.coerce.number().int() });

/** `/events/:seq`: an event of the account, and why one was told of it, or was not. */
export function eventRoutes({ db, now }: Parts): Hono<AppEnv> {
  const one = zValidator("param", param, refuse);
  return new Hono<AppEnv>().get("/:seq{[0-9]+}", one, async (c) => {
    const { user, shell } = c.var;
    const { seq } = c.req.valid("param");
    const story = await loadEventStory(db, user, { seq, now: now() });
    const told = story.emails.filter(({ state }) => state !== "canceled");
    const reasons = new Set(told.flatMap(({ content }) => reasonsIn(content, seq)));
    const question = { ...story, roles: user.roles, reasons };
    const answered = story.notifications.map((notification) => ({
      notification,
      verdict: verdictOn(notification, question),
    }));
    const isVisible = visibleTypes(user.roles).includes(story.event.type);
    const props = { ...story, told, answered, isVisible };
    return c.html(<EventPage shell={shell} {...props} reader={user} now={now()} />);
  });
}
