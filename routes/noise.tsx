import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { findChange } from "../db/changes.ts";
import { loadStanding } from "../db/noise.ts";
import { eventTypeLabel } from "../domain/catalogue.ts";
import { noiseOf, type Telling } from "../domain/noise.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { suggestions } from "../domain/suggestions.ts";
import { ChangeMessage } from "../views/changes.tsx";
import { NoisePage } from "../views/noise.tsx";
import { ToldEventsPage } from "../views/told_events.tsx";
import { withQuery } from "./changes.tsx";
import { follow, followed } from "./follow.ts";
import { inboxOf } from "./inbox.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

const id = z.coerce.number().int();
const shown = z.object({ change: z.uuid().optional().catch(undefined) });
const about = z.union([z.object({ notification: id }), z.object({ type: z.string() })]);

/** More suggestions than these at a time are a burden themselves. */
const mostSuggestions = 5;
/** How many events a page lists. */
const mostEvents = 500;

/** What fills a person's inbox, and what to do about it. */
export function noiseRoutes({ db, now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, visit, shell } = c.var;
    const { change: done } = c.req.valid("query");
    const [inbox, change] = await Promise.all([
      load(c),
      done === undefined ? null : findChange(db, user.id, done),
    ]);
    const { recipient, told, times } = inbox;
    return c.html(
      <NoisePage
        shell={shell}
        noise={noiseOf(recipient.notifications, told, times)}
        suggestions={suggestions(inbox).slice(0, mostSuggestions)}
        message={change && (
          <ChangeMessage change={change} notifications={visit.notifications} back="/noise" />
        )}
      />,
    );
  });

  routes.get("/events", zValidator("query", about, refuse), async (c) => {
    const asked = c.req.valid("query");
    const { user, shell } = c.var;
    const told = (await load(c)).told.filter(({ event, by }) =>
      "type" in asked ? event.type === asked.type : by.id === asked.notification
    );
    const events = told.map(({ event }) => event).sort((a, b) => b.time - a.time);
    return c.html(
      <ToldEventsPage
        shell={shell}
        title={"type" in asked ? eventTypeLabel(asked.type) : sentenceOf(told)}
        events={events.slice(0, mostEvents)}
        total={events.length}
        zone={user.zone}
        now={now()}
      />,
    );
  });

  routes.post("/suggestions", zValidator("form", followed, refuse), async (c) => {
    const change = await follow(db, c.var.user, {
      inbox: await load(c),
      asked: c.req.valid("form"),
      now: now(),
    });
    return c.redirect(withQuery("/noise", { change }), 303);
  });

  async function load(c: Context<AppEnv>) {
    const { user, visit } = c.var;
    return inboxOf(visit, await loadStanding(db, user.id), now());
  }
  return routes;
}

function sentenceOf([first]: Telling[]): string {
  return first ? notificationSentence(first.by) : "Nothing was told";
}
