import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { findScimKey, type ScimKey } from "../db/scim_keys.ts";
import { NotFound } from "../domain/errors.ts";
import { paceText } from "../domain/keys.ts";
import { ScimError } from "../domain/scim.ts";
import { resourceTypes, schemaResources, serviceProviderConfig } from "../domain/scim_schemas.ts";
import { withKey } from "./bearer.ts";
import type { Parts } from "./parts.ts";
import { answerList, answerScim, answerScimError, refuseScim } from "./scim_answers.ts";
import { scimGroupRoutes } from "./scim_groups.ts";
import { mostResults, type ScimEnv } from "./scim_requests.ts";
import { scimUserRoutes } from "./scim_users.ts";

/** The largest body, in bytes: a group of several thousand. */
const maxSize = 1024 * 1024;

/** `/scim/v2`: a company's directory says who works there. */
export function scimRoutes(parts: Pick<Parts, "db" | "now" | "config">): Hono<ScimEnv> {
  const { db, now, config } = parts;
  const base = `${config.baseUrl}/scim/v2`;
  const find = (key: string, at: number) => findScimKey(db, key, at);
  const routes = new Hono<ScimEnv>();
  routes.onError(answerScimError);
  routes.use(withKey<ScimKey>({ find, now, unauthorized, tooMany }));
  routes.use(bodyLimit({ maxSize, onError: tooLarge }));

  routes.get("/ServiceProviderConfig", (c) => {
    const meta = located(base, "ServiceProviderConfig", "ServiceProviderConfig");
    return answerScim(c, { ...serviceProviderConfig(mostResults), ...meta });
  });
  const described = {
    ResourceTypes: resourceTypes.map((each) => ({
      ...each,
      ...located(base, "ResourceType", `ResourceTypes/${each.id}`),
    })),
    Schemas: schemaResources.map((each) => ({
      ...each,
      ...located(base, "Schema", `Schemas/${each.id}`),
    })),
  };
  for (const [name, list] of Object.entries(described)) {
    routes.get(`/${name}`, (c) => answerList(c, list, { startIndex: 1, total: list.length }));
    routes.get(`/${name}/:id`, (c) => {
      const found = list.find(({ id }) => id === c.req.param("id"));
      if (!found) throw new NotFound(`Cannot find that among the ${name}: see the list`);
      return answerScim(c, found);
    });
  }
  routes.route("/Users", scimUserRoutes(parts));
  routes.route("/Groups", scimGroupRoutes(parts));
  routes.all("/*", () => {
    throw new ScimError(
      "Callboard has /Users, /Groups, /ServiceProviderConfig, /ResourceTypes and /Schemas, and no bulk requests: " +
        "send one request for each change.",
      undefined,
      501,
    );
  });
  return routes;
}

function located(base: string, resourceType: string, path: string) {
  return { meta: { resourceType, location: `${base}/${path}` } };
}

function unauthorized(c: Context) {
  const detail = "Send a SCIM key that is known and not revoked: Authorization: Bearer <key>.";
  return refuseScim(c, { status: 401, detail }, { "www-authenticate": "Bearer" });
}

function tooMany(c: Context, key: ScimKey, wait: number) {
  const detail = `This key may make ${paceText(key)}. Wait, then go on.`;
  return refuseScim(c, { status: 429, detail }, { "retry-after": String(wait) });
}

function tooLarge(c: Context) {
  const detail = "Send at most 1 MiB in one request: split the members over several.";
  return refuseScim(c, { status: 413, scimType: "tooMany", detail });
}
