import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { copyNotification, loadColleagues } from "../db/copies.ts";
import { type Fit, fitOf } from "../domain/copies.ts";
import { Forbidden } from "../domain/errors.ts";
import { mayManagePeople } from "../domain/people.ts";
import { CopiesPage } from "../views/copies.tsx";
import { withQuery } from "./changes.tsx";
import { notificationParam } from "./notifications.tsx";
import { rowOf } from "./panel.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const copies = z.object({
  to: z.union([z.array(z.string()), z.string().transform((id) => [id])]).default([]),
  /** Names the form, so that it copies once, however often it is sent. */
  attempt: z.uuid(),
});

/** Giving colleagues a Custom notification of one's own. */
export function copyRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", notificationParam, refuse);

  routes.get("/:id{[0-9]+}/copies", one, async (c) => {
    const page = await load(c, c.req.valid("param").id);
    return c.html(<CopiesPage {...page} attempt={crypto.randomUUID()} />);
  });

  routes.post("/:id{[0-9]+}/copies", one, zValidator("form", copies, refuse), async (c) => {
    const { to, attempt } = c.req.valid("form");
    const page = await load(c, c.req.valid("param").id);
    const { user } = c.var;
    const chosen = page.colleagues.filter(({ id }) => to.includes(id));
    if (chosen.length === 0) {
      const problem = "Choose whom to give a copy.";
      return c.html(<CopiesPage {...page} attempt={attempt} problem={problem} />, 422);
    }
    const recipients = chosen.flatMap(({ fit, ...each }) =>
      isFree(fit) ? [{ ...each, muted: fit.optOut !== undefined }] : []
    );
    const given = { to: recipients, attempt, now: now() };
    const change = await copyNotification(db, user, page.notification, given);
    return c.redirect(withQuery("/notifications", { change }), 303);
  });

  async function load(c: Context<AppEnv>, id: number) {
    const { user, visit, shell } = c.var;
    const { notification } = rowOf(visit, id, now());
    refuseCopying(c, notification.kind);
    const colleagues = (await loadColleagues(db, user, notification.type))
      .map((each) => ({ ...each, fit: fitOf(each, notification) }));
    return { shell, notification, colleagues, account: user.account };
  }
  return routes;
}

function isFree(fit: Fit): fit is Extract<Fit, { kind: "free" }> {
  return fit.kind === "free";
}

/** A copy is mail that somebody else gets, so those decide who answer for what their people get. */
function refuseCopying({ var: { user } }: Context<AppEnv>, kind: "default" | "custom"): void {
  if (!mayManagePeople(user.roles)) {
    throw new Forbidden("Only an account admin copies to colleagues: ask one of your account");
  }
  if (kind === "default") {
    throw new Forbidden("A Default notification comes with a role: duplicate it, and copy that");
  }
}
