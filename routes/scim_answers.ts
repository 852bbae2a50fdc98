import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Conflict, Forbidden, Invalid, NotFound } from "../domain/errors.ts";
import { schemas, ScimError, type ScimType } from "../domain/scim.ts";

/** An answer as `application/scim+json`. */
export function answerScim(
  c: Context,
  body: unknown,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Response {
  return c.body(JSON.stringify(body), status, {
    "content-type": "application/scim+json; charset=utf-8",
    ...headers,
  });
}

interface Refusal {
  status: ContentfulStatusCode;
  detail: string;
  scimType?: ScimType | undefined;
}

/** An answer that is not a success: RFC 7644, 3.12. */
export function refuseScim(
  c: Context,
  { status, detail, scimType }: Refusal,
  headers: Record<string, string> = {},
): Response {
  const body = { schemas: [schemas.error], status: String(status), scimType, detail };
  return answerScim(c, body, status, headers);
}

const table = [
  [NotFound, { status: 404 }],
  [Forbidden, { status: 403 }],
  [Conflict, { status: 409, scimType: "uniqueness" }],
  [Invalid, { status: 400, scimType: "invalidValue" }],
] as const;

/** The answer to an error that a directory can do something about; anything else goes on. */
export function answerScimError(error: Error, c: Context): Response {
  if (error instanceof ScimError) {
    const { status, scimType, message: detail } = error;
    return refuseScim(c, { status, scimType, detail });
  }
  const known = table.find(([kind]) => error instanceof kind);
  if (!known) throw error;
  return refuseScim(c, { ...known[1], detail: `${error.message}.` });
}

/** One page of a list: RFC 7644, 3.4.2. */
export function answerList(
  c: Context,
  resources: readonly unknown[],
  { startIndex, total }: { startIndex: number; total: number },
): Response {
  return answerScim(c, {
    schemas: [schemas.list],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  });
}
