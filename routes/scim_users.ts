import { type Context, Hono } from "hono";
import { byScimKey } from "../db/audit.ts";
import { provisionUser, reviseUser } from "../db/provisioning.ts";
import { findProvisioned, listProvisioned, type ProvisionedUser } from "../db/scim_users.ts";
import { type Role, roles as catalogue } from "../domain/catalogue.ts";
import { schemas } from "../domain/scim.ts";
import { parsePatch } from "../domain/scim_patches.ts";
import { type DirectoryEntry, newEntry, patched, replaced } from "../domain/scim_users.ts";
import type { Parts } from "./parts.ts";
import { answerList, answerScim } from "./scim_answers.ts";
import { bodyOf, projected, queryOf, type ScimEnv } from "./scim_requests.ts";

/** `/Users`: the people of the key's account. */
export function scimUserRoutes({ db, now, config }: Pick<Parts, "db" | "now" | "config">) {
  const routes = new Hono<ScimEnv>();
  const base = `${config.baseUrl}/scim/v2`;
  const doing = (c: Context<ScimEnv>) => {
    const { key } = c.var;
    return { accountId: key.account.id, by: byScimKey(key), now: now() };
  };

  routes.get("/", async (c) => {
    const { conditions, startIndex, count } = queryOf(c);
    const asked = { conditions, offset: startIndex - 1, limit: count };
    const { users, total } = await listProvisioned(db, c.var.key.account.id, asked);
    const resources = users.map((user) => projected(c, resourceOf(base, user)));
    return answerList(c, resources, { startIndex, total });
  });

  routes.post("/", async (c) => {
    const id = await provisionUser(db, newEntry(await bodyOf(c)), doing(c));
    return await answerOne(c, id, 201);
  });

  routes.get("/:id", async (c) => await answerOne(c, c.req.param("id")));

  routes.put("/:id", async (c) => {
    const body = await bodyOf(c);
    return await revise(c, (before) => replaced(before, body));
  });

  routes.patch("/:id", async (c) => {
    const body = await bodyOf(c);
    return await revise(c, (before) => patched(before, parsePatch(body)));
  });

  routes.delete("/:id", async (c) => {
    const leave = (before: DirectoryEntry) => ({ ...before, active: false });
    await reviseUser(db, c.req.param("id"), leave, doing(c));
    return c.body(null, 204);
  });

  async function revise(
    c: Context<ScimEnv, "/:id">,
    change: (before: DirectoryEntry) => DirectoryEntry,
  ) {
    const id = c.req.param("id");
    await reviseUser(db, id, change, doing(c));
    return await answerOne(c, id);
  }

  async function answerOne(c: Context<ScimEnv>, id: string, status: 200 | 201 = 200) {
    const resource = resourceOf(base, await findProvisioned(db, c.var.key.account.id, id));
    return answerScim(c, projected(c, resource), status, { location: resource.meta.location });
  }
  return routes;
}

function resourceOf(base: string, { id, entry, roles, createdAt }: ProvisionedUser) {
  const { userName, externalId, name, givenName, familyName, email, active } = entry;
  return {
    schemas: [schemas.user],
    id,
    ...externalId !== null && { externalId },
    userName,
    displayName: name,
    name: { formatted: name, ...givenName && { givenName }, ...familyName && { familyName } },
    emails: [{ value: email, type: "work", primary: true }],
    active,
    groups: roles.map((role) => groupOf(base, role)),
    meta: {
      resourceType: "User",
      created: new Date(createdAt).toISOString(),
      location: `${base}/Users/${encodeURIComponent(id)}`,
    },
  };
}

function groupOf(base: string, role: Role) {
  const { label } = catalogue[role];
  return { value: role, display: label, type: "direct", $ref: `${base}/Groups/${role}` };
}
