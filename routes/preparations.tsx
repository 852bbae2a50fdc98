import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { byPage } from "../db/audit.ts";
import {
  dropPreparation,
  listCandidates,
  loadPreparations,
  prepareNotifications,
} from "../db/preparations.ts";
import { type Role, roleIds } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { preparableRoles } from "../domain/preparations.ts";
import { PreparationsPage, PreparePage } from "../views/preparations.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const role = z.object({ role: z.enum(roleIds) });
const one = z.object({ id: z.coerce.number().int() });
const number = z.coerce.number().int();
const chosen = z.object({
  from: z.union([z.array(number), number.transform((id) => [id])]).default([]),
});
const shown = z.object({
  prepared: number.positive().optional().catch(undefined),
  done: z.literal("dropped").optional().catch(undefined),
});

/** What the admins of an account prepare for whoever gets a role for the first time. */
export function preparationRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const forRole = zValidator("param", role, refuse);

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user: { account }, shell } = c.var;
    const preparations = await loadPreparations(db, account.id);
    const roles = preparableRoles(account.profile);
    const props = { shell, account, roles, preparations, ...c.req.valid("query") };
    return c.html(<PreparationsPage {...props} />);
  });

  routes.get("/:role{[a-z-]+}", forRole, async (c) => {
    return c.html(<PreparePage {...await candidatesFor(c, c.req.valid("param").role)} />);
  });

  routes.post("/:role{[a-z-]+}", forRole, zValidator("form", chosen, refuse), async (c) => {
    const { role } = c.req.valid("param");
    const { from } = c.req.valid("form");
    if (from.length === 0) {
      const problem = "Choose what to prepare.";
      return c.html(<PreparePage {...await candidatesFor(c, role)} problem={problem} />, 422);
    }
    refuseOthers(c, role);
    const prepared = await prepareNotifications(db, role, from, wishOf(c));
    return c.redirect(`/people/prepared?prepared=${prepared}`, 303);
  });

  routes.delete("/:id{[0-9]+}", zValidator("param", one, refuse), async (c) => {
    await dropPreparation(db, c.req.valid("param").id, wishOf(c));
    return c.redirect("/people/prepared?done=dropped", 303);
  });

  async function candidatesFor(c: Context<AppEnv>, role: Role) {
    refuseOthers(c, role);
    const { user: { account }, shell } = c.var;
    return { shell, account, role, candidates: await listCandidates(db, account.id, role) };
  }

  function wishOf({ var: { user } }: Context<AppEnv>) {
    return { account: user.account, by: byPage(user.id), now: now() };
  }
  return routes;
}

function refuseOthers({ var: { user } }: Context<AppEnv>, role: Role): void {
  if (preparableRoles(user.account.profile).includes(role)) return;
  throw new NotFound(
    `Cannot prepare anything for role "${role}": it shows nothing to this account`,
  );
}
