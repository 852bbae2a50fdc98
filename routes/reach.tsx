import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { loadReach, type Reached } from "../db/reach.ts";
import type { LogEntry } from "../domain/event_log.ts";
import { reasonsIn, verdictOn } from "../domain/why.ts";
import { renderingFlaw } from "../views/emails/trial.ts";
import { ReachPage } from "../views/reach.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const param = z.object({ seq: z.coerce.number().int() });
const page = z.object({ skipped: z.coerce.number().int().min(0).catch(0) });

/** `/explorer/:seq`: an event, and whom it reached. */
export function reachRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", param, refuse);
  routes.get("/:seq{[0-9]+}", one, zValidator("query", page, refuse), async (c) => {
    const { user, shell } = c.var;
    const { seq } = c.req.valid("param");
    const { entry, ...reach } = await loadReach(db, user, { seq, ...c.req.valid("query") });
    const flaw = entry.flaw ?? renderingFlaw(entry.event);
    const people = reach.people.map((person) => ({
      ...person,
      answered: flaw ? [] : answersOf(person, entry),
    }));
    const props = { ...reach, people, entry: { ...entry, flaw }, zone: user.zone, now: now() };
    return c.html(<ReachPage shell={shell} {...props} />);
  });
  return routes;
}

/** What became of an event in each of somebody's notifications. */
function answersOf({ notifications, emails, roles }: Reached, { event, receivedAt }: LogEntry) {
  const told = emails.filter(({ state }) => state !== "canceled");
  const reasons = new Set(told.flatMap(({ content }) => reasonsIn(content, event.seq)));
  return notifications.map((notification) => ({
    notification,
    verdict: verdictOn(notification, { event, receivedAt, roles, reasons }),
  }));
}
