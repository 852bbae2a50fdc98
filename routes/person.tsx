import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { byPage } from "../db/audit.ts";
import { loadMembers } from "../db/coverage.ts";
import { loadPerson, type Person } from "../db/person.ts";
import { changeRoles } from "../db/roles.ts";
import { forecastDays } from "../domain/forecast.ts";
import { coverageGaps, heardOnlyBy } from "../domain/gaps.ts";
import { areSameRoles, mayManagePeople, mayViewAs, parseRoles } from "../domain/people.ts";
import { whatIf } from "../domain/what_if.ts";
import { pathOfPerson } from "../views/managed.ts";
import { PersonPage } from "../views/person.tsx";
import { WhatIfBox } from "../views/what_if.tsx";
import { isFor } from "./htmx.ts";
import type { AppEnv, Equipped } from "./parts.ts";
import { refuse } from "./validation.ts";

const day = 86_400_000;

const one = z.object({ id: z.string() });
const roleList = z.union([z.string().transform((role) => [role]), z.array(z.string())]);
const held = z.string().transform((text) => text.split(" ").filter((role) => role !== ""));
const shown = z.object({
  role: roleList.default([]),
  /** There once roles were ticked: without a single one the address would look like any other visit. */
  held: held.optional(),
  done: z.literal("roles").optional().catch(undefined),
});
const wanted = z.object({ role: roleList.default([]), held });

/** A person of an account: what their admins see of them, and their roles. */
export function personRoutes({ db, now, visits }: Equipped): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const found = zValidator("param", one, refuse);

  routes.get("/:id", found, zValidator("query", shown, refuse), async (c) => {
    const { role, held, done } = c.req.valid("query");
    const props = await load(c, c.req.valid("param").id, held && role);
    if (isFor(c, "what-if")) {
      const { path, person, managed: { account }, what } = props;
      return c.html(
        <WhatIfBox path={path} name={person.name} account={account.name} what={what} />,
      );
    }
    return c.html(<PersonPage shell={c.var.shell} {...props} done={done} />);
  });

  routes.put("/:id/roles", found, zValidator("form", wanted, refuse), async (c) => {
    const { user, managed } = c.var;
    const { account } = managed;
    const { id } = c.req.valid("param");
    const { role: roles, held } = c.req.valid("form");
    await changeRoles(db, account, id, { roles, held, by: byPage(user.id), now: now() });
    const isAdmin = id !== user.id || mayManagePeople(parseRoles(roles, account.profile));
    return c.redirect(isAdmin ? `${pathOfPerson(managed, id)}?done=roles` : "/", 303);
  });

  async function load(c: Context<AppEnv>, id: string, asked: string[] | undefined) {
    const { user, managed } = c.var;
    const { account } = managed;
    const [person, members, events] = await Promise.all([
      loadPerson(db, account.id, id, now() - forecastDays * day),
      loadMembers(db, account.id),
      visits.events.load(account, now()),
    ]);
    const { profile } = account;
    const chosen = asked ? parseRoles(asked, profile) : person.roles;
    const setting = { profile, byType: events.byType, hearings: person.hearings, now: now() };
    return {
      ...{
        path: pathOfPerson(managed, id),
        person,
        managed,
        chosen,
        isSelf: id === user.id,
        mayViewAs: mayViewAs(user.roles),
        zone: user.zone,
        now: now(),
      },
      what: areSameRoles(chosen, person.roles) ? null : {
        ...whatIf(person, chosen, setting),
        endsAdmin: mayManagePeople(person.roles) && !mayManagePeople(chosen),
      },
      ...profile === "studio" ? { gaps: [], last: [] } : {
        gaps: coverageGaps(members, { profile, now: now() }).filter(isHeardBy(person)),
        last: heardOnlyBy(members, id, now()),
      },
    };
  }
  return routes;
}

/** Whether a gap could be closed by somebody. */
function isHeardBy({ name }: Person) {
  return ({ could }: ReturnType<typeof coverageGaps>[0]) =>
    could.some((each) => each.name === name);
}
