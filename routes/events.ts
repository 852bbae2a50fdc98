import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ApiKey } from "../db/api_keys.ts";
import { openIntake } from "../db/intake.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import type { Telemetry } from "../domain/telemetry.ts";
import { type KeyEnv, withApiKey } from "./api_keys.ts";
import { isEncoded, readPosted, Unreadable, unsupported } from "./cloudevents.ts";
import { BadLine, readLines } from "./ndjson.ts";
import type { Parts } from "./parts.ts";
import { wholeInTime } from "./patience.ts";
import { problem } from "./problems.ts";
import { emptyTally, type Tally, tally } from "./tally.ts";

/** The largest body, in bytes, and the largest batch that one request may bring. */
export const maxBytes = 1024 * 1024;
export const maxEvents = 1_000;

/** `POST /api/events`: takes CloudEvents 1.0 in structured, batched and binary mode, and bulk loads of any size line by line. */
export function eventsRoutes(parts: Pick<Parts, "db" | "now" | "dispatch" | "telemetry">) {
  const { db, now, dispatch, telemetry } = parts;
  const append = openIntake(db);
  const limit = bodyLimit({ maxSize: maxBytes, onError: tooLarge });

  /** Appends what is good among the events and adds to the tally what became of each. */
  async function take(events: unknown[], key: ApiKey, sum: Tally): Promise<void> {
    const parsed = events.map((event) => parsePosted(event, key));
    const traceparent = telemetry?.traceparent();
    const good = parsed.filter((event) => typeof event !== "string")
      .map((event) => traceparent ? { traceparent, ...event } : event);
    const outcomes = good.length > 0 ? await append({ events: good, now: now() }) : [];
    if (outcomes.includes("accepted")) dispatch();
    tally(sum, { events, parsed, outcomes });
  }

  return new Hono<KeyEnv>()
    .use("/api/events", withApiKey(parts))
    .post("/api/events", async (c, next) => {
      if (isEncoded(c.req.raw)) throw unsupported();
      if (!isBulk(c)) return await next();
      const sum = emptyTally();
      for await (const events of readLines(c.req.raw, { maxEvents, maxLine: maxBytes })) {
        await take(events, c.var.key, sum);
      }
      return answer(c, sum, { single: false, telemetry });
    })
    .post("/api/events", wholeInTime, limit, async (c) => {
      const { events, single } = await readPosted(c.req.raw);
      if (events.length > maxEvents) return tooLarge(c);
      const sum = emptyTally();
      await take(events, c.var.key, sum);
      return answer(c, sum, { single, telemetry });
    })
    .all("/api/events", methodNotAllowed)
    .onError((error, c) => {
      if (!(error instanceof Unreadable)) throw error;
      return problem(c, { status: error.status, title: error.title, detail: error.message });
    });
}

function isBulk(c: Context): boolean {
  return /^application\/x-ndjson\b/i.test(c.req.header("content-type") ?? "");
}

/** The event, or the sentence that says why it cannot be accepted from this key. */
function parsePosted(input: unknown, { sources }: ApiKey): PostedEvent | string {
  if (input instanceof BadLine) return input.problem;
  const event = parseEvent(input);
  if (typeof event === "string" || !sources) return event;
  return sources.some((source) => event.source.startsWith(source))
    ? event
    : `this key may not speak for the source "${event.source}": it is for ${sources.join(", ")}`;
}

function answer(
  c: Context,
  { conflict, ...result }: Tally,
  { single, telemetry }: { single: boolean; telemetry: Telemetry | undefined },
) {
  const { accepted, duplicates, rejected, unlisted = 0 } = result;
  telemetry?.received({ accepted, duplicates, rejected: rejected.length + unlisted });
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

function tooLarge(c: Context) {
  const detail = `Send at most ${
    maxEvents.toLocaleString("en")
  } events and 1 MiB in one request, or any number of them one to a line as application/x-ndjson.`;
  return problem(c, { status: 413, title: "Too large", detail });
}

function methodNotAllowed(c: Context) {
  const detail = "Post events to this address.";
  return problem(c, { status: 405, title: "Method not allowed", detail }, { allow: "POST" });
}
