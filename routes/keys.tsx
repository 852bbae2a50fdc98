import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { findAccount, listAccounts } from "../db/accounts.ts";
import { createApiKey } from "../db/api_keys.ts";
import { byPage } from "../db/audit.ts";
import { listKeys, revokeKey } from "../db/keys.ts";
import { createScimKey } from "../db/scim_keys.ts";
import { tokenFor } from "../db/tokens.ts";
import { Conflict, Invalid, NotFound, type Problem } from "../domain/errors.ts";
import { parseKey, type WantedKey } from "../domain/keys.ts";
import { KeysPage } from "../views/keys.tsx";
import { NewKeyPage, ShownKeyPage } from "../views/new_key.tsx";
import { RevocationPage } from "../views/revocation.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

/** How many accounts are offered while one types an id; any other can be typed as well. */
const mostOffered = 200;

const one = z.object({ id: z.string() });
const shown = z.object({ revoked: z.string().optional() });
const prefilled = z.object({ account: z.string().max(64).optional().catch(undefined) });
const form = z.object({
  attempt: z.uuid(),
  name: z.string().default(""),
  purpose: z.string().default("events"),
  sources: z.string().default(""),
  account: z.string().default(""),
  perSecond: z.string().default(""),
});

/** Why no key was made, if so. */
interface Refusal {
  problems: Problem[];
  status: 200 | 409 | 422;
}

/** The keys of upstream systems and of directories, for the studio's admins. */
export function keyRoutes({ db, now, config }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const found = zValidator("param", one, refuse);

  routes.get("/", zValidator("query", shown, refuse), async (c) => {
    const { user, shell } = c.var;
    const keys = await listKeys(db);
    const revoked = keys.find(({ id }) => id === c.req.valid("query").revoked);
    return c.html(<KeysPage {...{ shell, keys, revoked, zone: user.zone, now: now() }} />);
  });

  routes.get("/new", zValidator("query", prefilled, refuse), async (c) => {
    const { account } = c.req.valid("query");
    const typed = account === undefined ? {} : { account, purpose: "directory" };
    return await ask(c, { attempt: crypto.randomUUID(), ...typed });
  });

  routes.post("/", zValidator("form", form, refuse), async (c) => {
    const { attempt, ...typed } = c.req.valid("form");
    try {
      const wanted = parseKey(typed);
      const key = await create(wanted, { attempt, by: c.var.user.id });
      const { shell } = c.var;
      c.header("cache-control", "no-store");
      return c.html(<ShownKeyPage {...{ shell, wanted, key, baseUrl: config.baseUrl }} />);
    } catch (error) {
      if (error instanceof Conflict) return await askAnew(c, typed);
      if (!(error instanceof Invalid)) throw error;
      const { problems } = error;
      return await ask(c, { attempt, ...typed }, { problems, status: 422 });
    }
  });

  routes.get("/:id/revocation", found, async (c) => {
    const key = (await listKeys(db)).find(({ id }) => id === c.req.valid("param").id);
    if (!key) throw new NotFound("Cannot find that key: it was never made, or is long revoked");
    const { user, shell } = c.var;
    return c.html(<RevocationPage {...{ shell, of: key, zone: user.zone, now: now() }} />);
  });

  routes.put("/:id/revocation", found, async (c) => {
    const { id } = c.req.valid("param");
    await revokeKey(db, id, now(), byPage(c.var.user.id));
    return c.redirect(`/keys?revoked=${encodeURIComponent(id)}`, 303);
  });

  async function ask(
    c: Context<AppEnv>,
    typed: Partial<z.infer<typeof form>>,
    { problems, status }: Refusal = { problems: [], status: 200 },
  ) {
    const accounts = await listAccounts(db, mostOffered);
    const props = { shell: c.var.shell, typed, problems, accounts };
    return c.html(<NewKeyPage {...props} />, status);
  }

  /** Says that the key which this form made was revoked; what was typed makes another one. */
  async function askAnew(c: Context<AppEnv>, typed: Omit<z.infer<typeof form>, "attempt">) {
    const message = "The key that this form made was revoked. Make key makes another one.";
    const problems = [{ field: "name", message }];
    return await ask(c, { attempt: crypto.randomUUID(), ...typed }, { problems, status: 409 });
  }

  /** Makes the key that a form asks for; the same form sent again gets the same one. */
  async function create(
    wanted: WantedKey,
    { attempt, by }: { attempt: string; by: string },
  ): Promise<string> {
    const { name, perSecond } = wanted;
    const key = {
      name,
      perSecond,
      token: tokenFor(`${attempt} ${JSON.stringify(wanted)}`, config.secretKey),
    };
    if (wanted.purpose === "events") {
      return await createApiKey(db, { ...key, sources: wanted.sources }, now(), byPage(by));
    }
    const accountId = await known(wanted.account);
    return await createScimKey(db, { ...key, accountId }, now(), byPage(by));
  }

  async function known(account: string): Promise<string> {
    return await findAccount(db, account).then(({ id }) => id, (error) => {
      if (!(error instanceof NotFound)) throw error;
      throw new Invalid([{ field: "account", message: `There is no account "${account}".` }]);
    });
  }
  return routes;
}
