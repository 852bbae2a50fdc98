import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import {
  addAccount,
  findAccount,
  findAccountDetails,
  renameAccount,
  searchAccounts,
} from "../db/accounts.ts";
import { byPage } from "../db/audit.ts";
import { parseAccount, parseAccountName } from "../domain/accounts.ts";
import { Forbidden, Invalid } from "../domain/errors.ts";
import { forecastDays } from "../domain/forecast.ts";
import { mayManageAccounts } from "../domain/people.ts";
import { wordsOf } from "../domain/spelling.ts";
import { AccountPage, pathOfAccount } from "../views/account.tsx";
import { AccountsPage } from "../views/accounts.tsx";
import { NewAccountPage } from "../views/new_account.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

const day = 86_400_000;
/** How many accounts a page shows. */
const pageSize = 50;

const asked = z.object({
  q: z.string().trim().max(200).default(""),
  from: z.coerce.number().int().nonnegative().catch(0).default(0),
});
const one = z.object({ account: z.string() });
const done = z.object({ done: z.enum(["added", "renamed"]).optional().catch(undefined) });
const added = z.object({
  name: z.string().default(""),
  id: z.string().default(""),
  profile: z.string().default(""),
});
const named = z.object({ name: z.string().default("") });

/** Every account, for the studio's admins: who is there, what each gets, and new ones. */
export function accountRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const found = zValidator("param", one, refuse);
  const since = () => now() - forecastDays * day;

  routes.get("/", zValidator("query", asked, refuse), async (c) => {
    const { q: query, from } = c.req.valid("query");
    const wanted = { words: wordsOf(query), since: since(), offset: from, limit: pageSize + 1 };
    const all = await searchAccounts(db, wanted);
    const accounts = all.slice(0, pageSize);
    const next = all.length > pageSize ? from + pageSize : null;
    return c.html(<AccountsPage shell={c.var.shell} {...{ accounts, query, next }} />);
  });

  routes.get("/new", (c) => c.html(<NewAccountPage shell={c.var.shell} />));

  routes.post("/", zValidator("form", added, refuse), async (c) => {
    const typed = c.req.valid("form");
    try {
      const account = parseAccount(typed);
      await addAccount(db, account, { by: byPage(c.var.user.id), now: now() });
      return c.redirect(`${pathOfAccount(account.id)}?done=added`, 303);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const { problems } = error;
      return c.html(<NewAccountPage shell={c.var.shell} {...{ typed, problems }} />, 422);
    }
  });

  routes.get("/:account", found, zValidator("query", done, refuse), async (c) => {
    const { user, shell } = c.var;
    const account = await findAccountDetails(db, c.req.valid("param").account, since());
    const { done } = c.req.valid("query");
    return c.html(<AccountPage {...{ shell, account, done, zone: user.zone, now: now() }} />);
  });

  routes.put("/:account", found, zValidator("form", named, refuse), async (c) => {
    const { account: id } = c.req.valid("param");
    const { user, shell } = c.var;
    const { name } = c.req.valid("form");
    try {
      const plain = parseAccountName(name);
      await renameAccount(db, id, plain, { by: byPage(user.id), now: now() });
      return c.redirect(`${pathOfAccount(id)}?done=renamed`, 303);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const [problem] = error.problems;
      const account = await findAccountDetails(db, id, since());
      const props = { shell, account, problem, zone: user.zone, now: now() };
      return c.html(<AccountPage {...props} />, 422);
    }
  });

  return routes;
}

/** Lets only those through who manage accounts and keys. */
export const studioAdminsOnly = createMiddleware<AppEnv>(async (c, next) => {
  if (!mayManageAccounts(c.var.user.roles)) {
    throw new Forbidden("Only the studio's admins manage accounts and keys: ask one of them");
  }
  await next();
});

/** Lets the studio's admins manage the people of the account that the path names. */
export function managingAccount({ db }: Parts) {
  return createMiddleware<AppEnv, "/accounts/:account/people">(async (c, next) => {
    const account = await findAccount(db, c.req.param("account"));
    c.set("managed", { account, path: `${pathOfAccount(account.id)}/people` });
    await next();
  });
}
