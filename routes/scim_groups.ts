import { type Context, Hono } from "hono";
import { byScimKey } from "../db/audit.ts";
import { changeHolders, listHolders } from "../db/holders.ts";
import { type Role, roles as catalogue, rolesFor } from "../domain/catalogue.ts";
import { NotFound } from "../domain/errors.ts";
import { schemas, ScimError } from "../domain/scim.ts";
import type { Condition } from "../domain/scim_filters.ts";
import {
  type MemberChange,
  membersAfter,
  patchedMembers,
  replacedMembers,
} from "../domain/scim_groups.ts";
import { parsePatch } from "../domain/scim_patches.ts";
import type { Parts } from "./parts.ts";
import { answerList, answerScim } from "./scim_answers.ts";
import { bodyOf, projected, queryOf, type ScimEnv, wantsMembers } from "./scim_requests.ts";

interface Member {
  id: string;
  name: string;
}

/** `/Groups`: the roles that the key's account may give. They are ours: none is made, renamed or deleted from outside. */
export function scimGroupRoutes({ db, now, config }: Pick<Parts, "db" | "now" | "config">) {
  const routes = new Hono<ScimEnv>();
  const base = `${config.baseUrl}/scim/v2`;

  async function holdersOf(c: Context<ScimEnv>): Promise<Map<string, Member[]>> {
    return await listHolders(db, c.var.key.account.id);
  }

  routes.get("/", async (c) => {
    const { conditions, startIndex, count } = queryOf(c);
    const holders = await holdersOf(c);
    const found = rolesFor(c.var.key.account.profile)
      .filter((role) => conditions.every(holdsFor(role, holders.get(role) ?? [])));
    const shown = found.slice(startIndex - 1, startIndex - 1 + count)
      .map((role) => projected(c, resourceOf(base, role, holders.get(role))));
    return answerList(c, shown, { startIndex, total: found.length });
  });

  routes.post("/", async (c) => {
    const { displayName } = Object(await bodyOf(c));
    const all = rolesFor(c.var.key.account.profile);
    const known = all.find((role) => isCalled(role, displayName));
    if (known) {
      throw new ScimError(
        `This group is here already, as ${base}/Groups/${known}: link yours to it.`,
        "uniqueness",
        409,
      );
    }
    const labels = all.map((role) => catalogue[role].label).join(", ");
    throw new ScimError(
      `Groups are the roles of Callboard, and none can be made: name yours as one of ${labels}.`,
      undefined,
      403,
    );
  });

  routes.get("/:id", async (c) => await answerOne(c, roleOf(c)));

  routes.put("/:id", async (c) => {
    const role = roleOf(c);
    const group = { displayName: catalogue[role].label };
    await change(c, role, replacedMembers(group, await bodyOf(c)));
    return await answerOne(c, role);
  });

  routes.patch("/:id", async (c) => {
    const role = roleOf(c);
    const group = { displayName: catalogue[role].label };
    await change(c, role, patchedMembers(group, parsePatch(await bodyOf(c))));
    return c.body(null, 204);
  });

  routes.delete("/:id", (c) => {
    roleOf(c);
    throw new ScimError(
      "Groups are the roles of Callboard and stay: remove the members instead.",
      undefined,
      403,
    );
  });

  async function change(c: Context<ScimEnv>, role: Role, changes: MemberChange[]) {
    const { key } = c.var;
    await changeHolders(db, key.account, role, {
      named: changes.flatMap(({ op, ids }) => op === "remove" ? [] : ids),
      holders: (held) => membersAfter(held, changes),
      ...{ by: byScimKey(key), now: now() },
    });
  }

  async function answerOne(c: Context<ScimEnv>, role: Role) {
    const holders = wantsMembers(c) ? await holdersOf(c) : new Map<string, Member[]>();
    return answerScim(c, projected(c, resourceOf(base, role, holders.get(role))));
  }
  return routes;
}

function roleOf(c: Context<ScimEnv, "/:id">): Role {
  const id = c.req.param("id");
  const role = rolesFor(c.var.key.account.profile).find((each) => each === id);
  if (!role) throw new NotFound(`Cannot find group "${id}": no role of this account has that id`);
  return role;
}

function isCalled(role: Role, name: unknown): boolean {
  return String(name).toLowerCase() === catalogue[role].label.toLowerCase();
}

function holdsFor(role: Role, members: readonly Member[]) {
  return ({ attribute, value }: Condition): boolean => {
    if (attribute === "displayname") return isCalled(role, value);
    if (attribute === "id") return value === role;
    if (/^members(\.value)?$/.test(attribute)) return members.some(({ id }) => id === value);
    if (attribute === "externalid") return false;
    throw new ScimError(
      `Groups cannot be found by ${attribute.slice(0, 100)}: use id, displayName or members.`,
      "invalidFilter",
    );
  };
}

function resourceOf(base: string, role: Role, members: readonly Member[] = []) {
  return {
    schemas: [schemas.group],
    id: role,
    displayName: catalogue[role].label,
    members: members.map(({ id, name }) => ({
      value: id,
      display: name,
      $ref: `${base}/Users/${encodeURIComponent(id)}`,
    })),
    meta: { resourceType: "Group", location: `${base}/Groups/${role}` },
  };
}
