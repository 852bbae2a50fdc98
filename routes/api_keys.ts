import type { Context } from "hono";
import { type ApiKey, findApiKey } from "../db/api_keys.ts";
import { paceText } from "../domain/keys.ts";
import { withKey } from "./bearer.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

export interface KeyEnv {
  Variables: { key: ApiKey };
}

/** Lets through upstream systems whose key is known, and who come not too often. */
export function withApiKey({ db, now }: Pick<Parts, "db" | "now">) {
  const find = (key: string, at: number) => findApiKey(db, key, at);
  return withKey<ApiKey>({ find, now, unauthorized, tooMany });
}

function unauthorized(c: Context) {
  const detail = "Send a key that is known and not revoked: Authorization: Bearer <key>.";
  return problem(c, { status: 401, title: "Unauthorized", detail }, {
    "www-authenticate": "Bearer",
  });
}

function tooMany(c: Context, key: ApiKey, wait: number) {
  const detail = `This key may make ${paceText(key)}. Wait, or send more events in each request.`;
  return problem(c, { status: 429, title: "Too many requests", detail }, {
    "retry-after": String(wait),
  });
}
