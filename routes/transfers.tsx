import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { importNotifications } from "../db/transfers.ts";
import { Invalid } from "../domain/errors.ts";
import { readTransfer, transferText } from "../domain/transfers.ts";
import { ImportPage, ReportPage } from "../views/transfers.tsx";
import { withQuery } from "./changes.tsx";
import { fileText } from "./csv.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const given = z.object({ text: z.string().default(""), file: z.instanceof(File).optional() });
const confirmed = z.object({
  text: z.string(),
  /** Names the report, so that it is carried out once. */
  attempt: z.uuid(),
});

/** A person's notifications as a file: taking them along, and bringing them. */
export function transferRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get("/export", (c) =>
    c.body(transferText(c.var.visit.notifications), 200, {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="notifications.json"',
    }));

  routes.get("/import", (c) => c.html(<ImportPage shell={c.var.shell} />));

  // What it would do. Nothing is saved before it was looked at.
  routes.post("/import/report", zValidator("form", given, refuse), async (c) => {
    const { text: typed, file } = c.req.valid("form");
    const text = file && file.size > 0 ? fileText(await file.bytes()) : typed;
    try {
      const entries = readTransfer(text, ownerOf(c));
      const attempt = crypto.randomUUID();
      return c.html(<ReportPage {...{ shell: c.var.shell, entries, text, attempt }} />);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const [problem] = error.problems;
      return c.html(<ImportPage shell={c.var.shell} text={typed} problem={problem!} />, 422);
    }
  });

  routes.post("/import", zValidator("form", confirmed, refuse), async (c) => {
    const { text, attempt } = c.req.valid("form");
    const entries = readTransfer(text, ownerOf(c));
    const list = entries.flatMap((each) => each.outcome === "new" ? [each.brought] : []);
    const change = await importNotifications(db, c.var.user, list, { attempt, now: now() });
    return c.redirect(withQuery("/notifications", { change }), 303);
  });
  return routes;
}

function ownerOf({ var: { user: { roles }, visit: { notifications } } }: Context<AppEnv>) {
  return { roles, notifications };
}
