import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { byPage } from "../db/audit.ts";
import { loadMembers } from "../db/coverage.ts";
import { deactivateUser, reactivateUser } from "../db/deactivation.ts";
import { resumeMail } from "../db/deliveries.ts";
import type { User } from "../db/users.ts";
import { roles } from "../domain/catalogue.ts";
import { csvText } from "../domain/csv.ts";
import { coverageGaps, heardOnlyBy } from "../domain/gaps.ts";
import { Forbidden, NotFound } from "../domain/errors.ts";
import { mayManagePeople } from "../domain/people.ts";
import { DeactivationPage } from "../views/deactivation.tsx";
import { PeoplePage } from "../views/people.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const person = z.object({ id: z.string() });
const shown = z.object({
  deactivated: z.string().optional(),
  reactivated: z.string().optional(),
  resumed: z.string().optional(),
});

/** The people of an account, for its admins: who gets mail, and who does not any more. */
export function peopleRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const one = zValidator("param", person, refuse);

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, shell, managed } = c.var;
    const { id, profile } = managed.account;
    const people = await loadMembers(db, id);
    const gaps = profile === "studio" ? null : coverageGaps(people, { profile, now: now() });
    const done = c.req.valid("query");
    return c.html(<PeoplePage {...{ shell, user, managed, people, gaps, done, now: now() }} />);
  });

  routes.get("/list.csv", async (c) => {
    const people = await loadMembers(db, c.var.managed.account.id);
    return c.body(csvText([listHeadings, ...people.map(listRow)]), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="people.csv"',
    });
  });

  routes.get("/:id/deactivation", one, async (c) => {
    const { user, shell, managed } = c.var;
    const { account } = managed;
    const people = await loadMembers(db, account.id);
    const colleague = findIn(people, c.req.valid("param").id);
    refuseOneself(user.id, colleague.id);
    const last = account.profile === "studio" ? [] : heardOnlyBy(people, colleague.id, now());
    return c.html(
      <DeactivationPage {...{ shell, managed, person: colleague, last }} />,
    );
  });

  routes.put("/:id/deactivation", one, async (c) => {
    const { user, managed } = c.var;
    const { id } = c.req.valid("param");
    refuseOneself(user.id, id);
    await deactivateUser(db, managed.account.id, id, now(), byPage(user.id));
    return c.redirect(`${managed.path}?deactivated=${encodeURIComponent(id)}`, 303);
  });

  routes.delete("/:id/deactivation", one, async (c) => {
    const { id } = c.req.valid("param");
    const { user, managed } = c.var;
    await reactivateUser(db, managed.account.id, id, now(), byPage(user.id));
    return c.redirect(`${managed.path}?reactivated=${encodeURIComponent(id)}`, 303);
  });

  routes.delete("/:id/address-failure", one, async (c) => {
    const { id } = c.req.valid("param");
    const { user, managed } = c.var;
    await resumeMail(db, managed.account.id, id, { now: now(), by: byPage(user.id) });
    return c.redirect(`${managed.path}?resumed=${encodeURIComponent(id)}`, 303);
  });
  return routes;
}

/** Lets only those through who manage people: those of their own account. */
export const adminsOnly = createMiddleware<AppEnv>(async (c, next) => {
  if (!mayManagePeople(c.var.user.roles)) {
    throw new Forbidden("Only an account admin manages people: ask one of your account");
  }
  c.set("managed", { account: c.var.user.account, path: "/people" });
  await next();
});

const listHeadings = ["Name", "Email address", "Roles", "State", "Last sign-in"];

function listRow({ name, email, roles: held, deactivatedAt, signedInAt }: User): string[] {
  const labels = held.map((role) => roles[role].label).join(", ");
  const state = deactivatedAt === null ? "Active" : "Deactivated";
  return [name, email, labels, state, signedInAt ? new Date(signedInAt).toISOString() : ""];
}

function refuseOneself(userId: string, id: string): void {
  if (id === userId) {
    throw new Forbidden("You cannot deactivate yourself: ask another admin of your account");
  }
}

function findIn<P extends { id: string }>(people: P[], id: string): P {
  const found = people.find((each) => each.id === id);
  if (!found) throw new NotFound(`Cannot find user "${id}": not in this account`);
  return found;
}
