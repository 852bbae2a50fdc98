import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { unavailability } from "../db/client.ts";
import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  SignedOut,
  withoutWords,
} from "../domain/errors.ts";
import type { Report } from "../domain/reporting.ts";
import { ErrorFragment, ErrorPage, type WayOut } from "../views/errors.tsx";
import { isHtmx } from "./htmx.ts";
import type { AppEnv } from "./parts.ts";
import { routeOf } from "./route_of.ts";
import { refuseScim } from "./scim_answers.ts";

/** The one table from the domain's errors to HTTP. */
const table = [
  [SignedOut, 401, "Signed out"],
  [NotFound, 404, "Nothing here"],
  [Forbidden, 403, "Not yours to change"],
  [Conflict, 409, "Something stands in the way"],
  [Invalid, 422, "Some of this cannot be accepted"],
] as const;

interface Answer {
  status: ContentfulStatusCode;
  title: string;
  text: string;
  way?: WayOut;
}

/** Answers an error as its asker can use it: a page, a fragment for htmx, or a problem for a program. */
export function answerError(report: Report) {
  return (error: Error, c: Context<AppEnv>) => answer(c, explain(error, c, report));
}

/** Answers a request for an address that does not exist. */
export function answerNotFound(c: Context<AppEnv>): Response | Promise<Response> {
  const text = "There is no page at this address. It may have moved, or the link is incomplete.";
  return answer(c, { status: 404, title: "Nothing here", text });
}

function answer(
  c: Context<AppEnv>,
  { status, title, text, way }: Answer,
): Response | Promise<Response> {
  if (status === 503) c.header("retry-after", "10");
  if (c.req.path.startsWith("/api")) {
    const problem = { type: "about:blank", title, status, detail: text };
    return c.json(problem, status, { "content-type": "application/problem+json" });
  }
  if (c.req.path.startsWith("/scim")) return refuseScim(c, { status, detail: text });
  if (isHtmx(c)) {
    return c.html(<ErrorFragment text={text} way={way} />, status);
  }
  return c.html(<ErrorPage shell={c.var.shell} title={title} text={text} />, status);
}

function explain(error: Error, c: Context<AppEnv>, report: Report): Answer {
  const known = table.find(([kind]) => error instanceof kind);
  if (known) {
    return {
      status: known[1],
      title: known[2],
      text: sentence(error.message),
      way: wayOutOf(error),
    };
  }
  if (error instanceof HTTPException) return explainHttp(error.status);
  const absence = unavailability(error);
  if (absence) {
    report(routeOf(c), absence);
    return explainHttp(503);
  }
  const id = crypto.randomUUID();
  // Nobody foresaw it, so nobody knows what its words quote.
  report(`${routeOf(c)}, ${id}`, withoutWords(error));
  return {
    status: 500,
    title: "Something went wrong here",
    text: `Nothing was changed, as far as we know. Try again; if it happens again, quote ${id}.`,
  };
}

function explainHttp(status: ContentfulStatusCode): Answer {
  if (status === 403) {
    const text = "This request did not come from a page of Callboard. Open the page and try again.";
    return { status, title: "Not from here", text };
  }
  if (status === 413) {
    return { status, title: "Too large", text: "This is more than the form can take: shorten it." };
  }
  if (status === 503) {
    const text =
      "Callboard's database does not answer. What was saved is safe, and mail goes out as soon as it is back. " +
      "Try again in a moment; if you were saving something, look first whether it is there.";
    return { status, title: "Out of reach for a moment", text };
  }
  const text = "The request could not be read. Open the page again and repeat what you did.";
  return { status, title: "Not understood", text };
}

function wayOutOf(error: Error): WayOut | undefined {
  if (error instanceof SignedOut) return { href: "/sign-in", label: "Sign in", elsewhere: true };
  if (!(error instanceof Conflict) || error.existing === undefined) return undefined;
  return { href: `/notifications/${error.existing}`, label: "Go to that one" };
}

function sentence(message: string): string {
  return /[.?]$/.test(message) ? message : `${message}.`;
}
