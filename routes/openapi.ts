import { Hono } from "hono";
import { z } from "zod";
import { eventType } from "../domain/catalogue.ts";
import { eventSchemas } from "../domain/events.ts";
import { maxEvents } from "./events.ts";

/** `GET /openapi.json`: the API, described from the same schemas that check what is posted. */
export function openapiRoutes() {
  let document: ReturnType<typeof openapi> | undefined;
  return new Hono().get("/openapi.json", (c) => c.json(document ??= openapi()));
}

function openapi() {
  return {
    openapi: "3.1.0",
    info: {
      title: "Callboard events API",
      version: "1.0.0",
      description:
        "Upstream systems append CloudEvents 1.0 to the log. Posting the same source and id again has no effect.",
    },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: {
        ...eventSchemasById(),
        Event: anyEvent(),
        Result: schema(result),
        Problem: schema(problemDetails),
      },
    },
    paths: { "/api/events": { post: postEvents() } },
  };
}

const rejected = z.array(
  z.object({ index: z.int(), id: z.string().nullable(), problem: z.string() }),
);
const unlisted = z.int().optional().describe("how many more were rejected than are listed");
const result = z.object({ accepted: z.int(), duplicates: z.int(), rejected, unlisted });
const problemDetails = z.looseObject({
  type: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
  rejected: rejected.optional(),
});

function schema(of: z.ZodType) {
  // A refinement has no JSON Schema of its own; its description says what it asks for.
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io: "input", unrepresentable: "any" });
  return rest;
}

function eventSchemasById() {
  return Object.fromEntries(
    [...eventSchemas()].map(([id, of]) => [id, { title: eventType(id)!.label, ...schema(of) }]),
  );
}

function anyEvent() {
  const ids = [...eventSchemas().keys()];
  const reference = (id: string) => `#/components/schemas/${id}`;
  return {
    oneOf: ids.map((id) => ({ $ref: reference(id) })),
    discriminator: {
      propertyName: "type",
      mapping: Object.fromEntries(ids.map((id) => [id, reference(id)])),
    },
  };
}

function postEvents() {
  const event = { $ref: "#/components/schemas/Event" };
  const failure = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    summary: "Append events to the log",
    security: [{ key: [] }],
    requestBody: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: event },
        "application/cloudevents-batch+json": {
          schema: { type: "array", maxItems: maxEvents, items: event },
        },
        "application/json": {
          schema: { type: "object", description: "data, with the attributes as ce- headers" },
        },
        "application/x-ndjson": {
          schema: {
            type: "string",
            description:
              "One event to a line, as many as there are: for bulk loads. The answer comes at the end; what was read by then is durable whatever happens to the rest, and posting it all again has no effect on it.",
          },
        },
      },
    },
    responses: {
      202: {
        description: "Everything that was accepted is durable",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Result" } } },
      },
      400: failure("Not JSON"),
      401: failure("No key, or one that is unknown or revoked"),
      409: failure("A single event whose source and id were accepted earlier with another content"),
      413: failure("Over 1 MiB, or over 1,000 events"),
      415: failure("Not a CloudEvents media type, or a compressed body"),
      422: failure("Nothing in it was acceptable"),
      429: {
        ...failure("More requests than the key may make"),
        headers: {
          "Retry-After": {
            description: "in how many seconds to come again",
            schema: { type: "integer" },
          },
        },
      },
    },
  };
}
