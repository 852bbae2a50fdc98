import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer of the API that is not a success: RFC 9457. */
export interface ProblemDetails {
  status: ContentfulStatusCode;
  title: string;
  /** What happened and what to do about it. */
  detail: string;
  [member: string]: unknown;
}

/** The answer as `application/problem+json`. */
export function problem(c: Context, details: ProblemDetails, headers: Record<string, string> = {}) {
  return c.body(JSON.stringify({ type: "about:blank", ...details }), details.status, {
    "content-type": "application/problem+json",
    ...headers,
  });
}
