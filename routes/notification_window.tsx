import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { createNotification, type Saved, updateNotification } from "../db/notifications.ts";
import { replaceDefault } from "../db/replacement.ts";
import type { Visit } from "../db/visits.ts";
import { visibleTypes } from "../domain/catalogue.ts";
import {
  type Draft,
  draftFrom,
  draftToEdit,
  emptyDraft,
  parseDraft,
  retyped,
} from "../domain/drafts.ts";
import { controlOf, controlsOf } from "../domain/controls.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../domain/errors.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { readWording } from "../domain/wording.ts";
import {
  NotificationWindow,
  SavedFragment,
  TypePartials,
  WindowForm,
  type WindowProps,
} from "../views/notification_window.tsx";
import { NotificationsPage } from "../views/notifications.tsx";
import { FoundTitles } from "../views/condition_titles.tsx";
import { ForecastFragment } from "../views/forecast.tsx";
import { withQuery } from "./changes.tsx";
import { forecastOf } from "./forecast.ts";
import { isFor, isHtmx } from "./htmx.ts";
import { narrowedDraft, narrowingQuery } from "./narrowing.ts";
import { notificationForm } from "./notification_form.ts";
import { notificationParam } from "./notifications.tsx";
import { panelOf } from "./panel.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { surroundings } from "./surroundings.ts";
import { refuse } from "./validation.ts";

const newQuery = z.object({
  type: z.string().optional(),
  from: z.coerce.number().int().optional(),
  /** What was searched for in vain. */
  q: z.string().optional(),
}).extend(narrowingQuery.shape);

/** The window in which a notification is created, duplicated and edited. */
export function notificationWindowRoutes({ db, visits, now }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);
  const form = zValidator("form", notificationForm, refuse);

  routes.get("/new", zValidator("query", newQuery, refuse), async (c) => {
    const { type, from, q = "", unlike, by } = c.req.valid("query");
    if (from === undefined) {
      const worded = readWording(q, c.var.user.roles);
      return answerWindow(c, { draft: worded ? draftFrom(worded) : retyped(emptyDraft(type)) });
    }
    const original = findIn(c.var.visit, from);
    const replaces = original.kind === "default" && original.mutedAt === null ? from : undefined;
    const path = `/notifications/new?from=${from}&unlike=${unlike}`;
    const options = { draft: draftFrom(original), path, replaces, unlike, by };
    return answerWindow(c, await narrowedDraft(c, db, options));
  });

  routes.get("/:id{[0-9]+}/edit", one, zValidator("query", narrowingQuery, refuse), async (c) => {
    const { id } = c.req.valid("param");
    const { unlike, by } = c.req.valid("query");
    const notification = findIn(c.var.visit, id);
    if (notification.kind === "default") {
      throw new Forbidden("A Default notification cannot be edited: duplicate it instead");
    }
    const draft = draftToEdit(notification);
    const path = `/notifications/${id}/edit?unlike=${unlike}`;
    return answerWindow(c, await narrowedDraft(c, db, { draft, path, unlike, by }));
  });

  // Another event type has other conditions and frequencies. Nothing is saved here.
  routes.post("/draft", form, (c) => {
    const draft = retyped(c.req.valid("form"));
    if (!isHtmx(c)) return answerWindow(c, { draft });
    return c.html(<TypePartials {...propsFor(c, draft)} />);
  });

  // What it would do, as it stands now. Nothing is saved here either.
  routes.post("/forecast", form, (c) => {
    const draft = c.req.valid("form");
    if (!isHtmx(c)) return answerWindow(c, { draft });
    return c.html(<ForecastFragment {...forecastOf(c.var.visit, draft, now())} />);
  });

  // The titles that are looked for, on their way into the list of titles.
  routes.post("/titles", form, (c) => {
    const draft = c.req.valid("form");
    if (!isHtmx(c)) return answerWindow(c, { draft });
    const titles = controlOf(draft, "title", surroundings(c, draft.type, now()));
    return c.html(<FoundTitles control={titles} />);
  });

  routes.post("/", form, async (c) => {
    const { user } = c.var;
    const draft = { ...c.req.valid("form"), edited: undefined };
    try {
      const input = { ...parseDraft(draft, user.roles), attempt: draft.attempt };
      const replaced = draft.replaces !== undefined &&
        await replaceDefault(db, user, draft.replaces, { ...input, now: now() });
      return await answerSaved(c, replaced || await createNotification(db, user, input, now()));
    } catch (error) {
      return answerRefused(c, draft, error);
    }
  });

  routes.put("/:id{[0-9]+}", one, form, async (c) => {
    const { user, visit } = c.var;
    const { id } = c.req.valid("param");
    const draft = c.req.valid("form");
    const version = draft.edited?.version ?? 0;
    draft.edited = { id, version };
    try {
      // Whose it is comes before what was typed.
      findIn(visit, id);
      const input = parseDraft(draft, user.roles);
      const change = { ...input, version, now: now() };
      return await answerSaved(c, await updateNotification(db, user, id, change));
    } catch (error) {
      return answerRefused(c, draft, error);
    }
  });

  /** What the window shows of a draft, whatever became of it. */
  function propsFor(c: Context<AppEnv>, draft: Draft) {
    const controls = controlsOf(draft, surroundings(c, draft.type, now()));
    return { draft, controls, forecast: forecastOf(c.var.visit, draft, now()) };
  }

  async function answerSaved(c: Context<AppEnv>, { id, change }: Saved) {
    if (!isHtmx(c)) return c.redirect(withQuery(`/notifications/${id}`, { change }), 303);
    const visit = await visits.again(c.var.user, now());
    const panel = panelOf(visit, { query: "", current: id, now: now() });
    const notification = findIn(visit, id);
    return c.html(<SavedFragment {...{ panel, notification, change }} />, 200, {
      "hx-replace-url": `/notifications/${id}`,
    });
  }

  /** The window again, with everything that was typed and what is wrong with it. */
  function answerRefused(c: Context<AppEnv>, draft: Draft, error: unknown) {
    const refusal = refusalOf(error, draft);
    c.status(error instanceof Invalid ? 422 : error instanceof Conflict ? 409 : 404);
    return answerWindow(c, { draft, ...refusal });
  }

  function answerWindow(
    c: Context<AppEnv>,
    said: Pick<WindowProps, "draft" | "problems" | "obstacle" | "narrowing">,
  ) {
    const { user, visit, shell } = c.var;
    const draft = { ...said.draft, attempt: said.draft.attempt ?? crypto.randomUUID() };
    const props = { ...said, ...propsFor(c, draft), types: visibleTypes(user.roles) };
    if (isFor(c, "window-form")) return c.html(<WindowForm {...props} />);
    if (isHtmx(c)) return c.html(<NotificationWindow {...props} />);
    const panel = panelOf(visit, { query: "", now: now() });
    const window = <NotificationWindow {...props} open />;
    return c.html(<NotificationsPage shell={shell} panel={panel} window={window} />);
  }
  return routes;
}

function findIn({ notifications }: Visit, id: number): ShownNotification {
  const found = notifications.find((notification) => notification.id === id);
  if (found) return found;
  throw new NotFound(`Cannot open notification "${id}": it was deleted, or never existed`);
}

/** What the window says about an error; one that is not about what was typed is thrown on. */
function refusalOf(
  error: unknown,
  draft: Draft,
): Pick<WindowProps, "problems" | "obstacle"> & { draft?: Draft } {
  if (error instanceof Invalid) return { problems: error.problems };
  // What was typed for one that is gone can still become a new one.
  if (error instanceof NotFound) {
    return { obstacle: { kind: "gone" }, draft: { ...draft, edited: undefined } };
  }
  if (!(error instanceof Conflict)) throw error;
  if (error.existing !== undefined) return { obstacle: { kind: "exists", id: error.existing } };
  return { obstacle: { kind: "changed", id: draft.edited!.id } };
}
