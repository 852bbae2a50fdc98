import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { findApiKey } from "../db/api_keys.ts";
import { appendEvents, type Outcome } from "../db/events.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { readPosted, Unreadable } from "./cloudevents.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

/** The largest body, in bytes, and the largest batch that one request may bring. */
export const maxBytes = 1024 * 1024;
export const maxEvents = 1_000;

interface Rejection {
  index: number;
  id: string | null;
  problem: string;
}

/** `POST /api/events`: takes CloudEvents 1.0 in structured, batched and binary mode. */
export function eventsRoutes({ db, now, dispatch }: Pick<Parts, "db" | "now" | "dispatch">) {
  const limit = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return new Hono()
    .use("/api/events", async (c, next) => {
      const key = /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
      if (!key || !await findApiKey(db, key)) return unauthorized(c);
      return await next();
    })
    .post("/api/events", limit, async (c) => {
      const { events, single } = await readPosted(c.req.raw);
      if (events.length > maxEvents) return tooLarge(c);
      const parsed = events.map(parseEvent);
      const good = parsed.filter((event) => typeof event !== "string");
      const outcomes = good.length > 0 ? await appendEvents(db, good, now()) : [];
      if (outcomes.includes("accepted")) dispatch();
      return answer(c, { single, ...tally(events, parsed, outcomes) });
    })
    .all(
      "/api/events",
      (c) =>
        problem(c, {
          status: 405,
          title: "Method not allowed",
          detail: "Post events to this address.",
        }, {
          allow: "POST",
        }),
    )
    .onError((error, c) => {
      if (!(error instanceof Unreadable)) throw error;
      return problem(c, { status: error.status, title: error.title, detail: error.message });
    });
}

interface Tally {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
  conflict: boolean;
}

function tally(events: unknown[], parsed: (PostedEvent | string)[], outcomes: Outcome[]): Tally {
  const next = outcomes.values();
  const result: Tally = { accepted: 0, duplicates: 0, rejected: [], conflict: false };
  parsed.forEach((event, index) => {
    const outcome = typeof event === "string" ? event : next.next().value!;
    if (outcome === "accepted") result.accepted += 1;
    else if (outcome === "duplicate") result.duplicates += 1;
    else {
      result.conflict ||= outcome === "conflict";
      result.rejected.push({
        index,
        id: idOf(events[index]),
        problem: reasons[outcome] ?? outcome,
      });
    }
  });
  return result;
}

const reasons: Record<string, string> = {
  "conflict":
    "an event with this source and id was accepted earlier with another content: give it an id of its own",
  "unknown account": "data.accounts names no account that is known here",
};

function idOf(event: unknown): string | null {
  const id = event && typeof event === "object" && "id" in event ? event.id : null;
  return typeof id === "string" ? id.slice(0, 200) : null;
}

function answer(c: Context, { single, conflict, ...result }: Tally & { single: boolean }) {
  if (result.rejected.length === 0 || result.accepted + result.duplicates > 0) {
    return c.json(result, 202);
  }
  const detail = single
    ? `The event was rejected: ${result.rejected[0]!.problem}.`
    : "Every event was rejected.";
  return single && conflict
    ? problem(c, { status: 409, title: "Conflict", detail, ...result })
    : problem(c, { status: 422, title: "Nothing acceptable", detail, ...result });
}

function unauthorized(c: Context) {
  const detail = "Send a key that is known and not revoked: Authorization: Bearer <key>.";
  return problem(c, { status: 401, title: "Unauthorized", detail }, {
    "www-authenticate": "Bearer",
  });
}

function tooLarge(c: Context) {
  const detail = `Send at most ${maxEvents.toLocaleString("en")} events and 1 MiB in one request.`;
  return problem(c, { status: 413, title: "Too large", detail });
}
