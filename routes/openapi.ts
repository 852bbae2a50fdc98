import { Hono } from "hono";
import * as z from "zod";
import { eventType } from "../domain/catalogue.ts";
import { eventSchemas } from "../domain/events.ts";
import { exampleEvent } from "../domain/example_event.ts";
import { maxEvents } from "./events.ts";

/** `GET /openapi.json`: the API, described from the same schemas that check what is posted. */
export function openapiRoutes() {
  return new Hono().get("/openapi.json", (c) => c.json(openapi()));
}

let document: ReturnType<typeof describe> | undefined;

/** The description of the events API in OpenAPI 3.1, made when it is first asked for. */
export function openapi() {
  return document ??= describe();
}

function describe() {
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
    examples: [exampleEvent],
  };
}

function postEvents() {
  const event = { $ref: "#/components/schemas/Event" };
  return {
    summary: "Append events to the log",
    description: strange.map((each) => `- ${each}`).join("\n"),
    security: [{ key: [] }],
    requestBody: {
      required: true,
      content: {
        "application/cloudevents+json": { schema: event },
        "application/cloudevents-batch+json": {
          schema: {
            type: "array",
            maxItems: maxEvents,
            items: event,
            description:
              "A list of at most 1,000 events. What is wrong with one keeps no other out.",
          },
        },
        "application/json": {
          schema: {
            type: "object",
            description: "Binary mode: the body is data, the attributes come as ce- headers.",
          },
        },
        "application/x-ndjson": { schema: { type: "string", description: bulk } },
      },
    },
    responses: {
      202: {
        description: "Everything that was accepted is durable",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Result" } } },
      },
      ...failures,
    },
  };
}

const bulk =
  "One event to a line, as many as there are: for bulk loads. The answer comes at the end; what was read by then is durable whatever happens to the rest, and posting it all again has no effect on it.";

/** What becomes of input that is strange, but says what it says. */
const strange = [
  "The same source and id again is a duplicate: success, and no effect. With another content it is a conflict, and the first one stays. The same id from two sources is two events.",
  "Events are told in the order in which they came in, whatever their time says: one from last year or from the future is told like any other, and counted on its own day.",
  "Members that the catalogue does not list are kept, and match no condition.",
  "Of a member that stands twice in an object the last one counts. Numbers are doubles: an integer beyond 2^53 is kept as the nearest one, so send ids as text.",
  "Control characters, null bytes included, are refused in ids, names and other single lines. A summary keeps them, and nobody is shown them.",
  "A summary of more than 5,000 characters, another text beyond its limit, and data nested more than 32 levels deep are refused.",
  "Languages and territories are kept by their usual spelling: iw becomes he, PT-br becomes pt-BR.",
  "What is refused leaves nothing behind, and what is accepted is kept whole.",
];

function failure(description: string) {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

/** Every way to fail, and what to do about it. */
const failures = {
  400: failure("Not JSON, or a batch that is not a list. Send one JSON value in UTF-8."),
  401: failure(
    "No key, or one that is unknown or revoked. Ask the studio for a key, and send it as a bearer token.",
  ),
  408: failure("The body stopped coming for a minute. Send it again."),
  409: failure(
    "A single event whose source and id were accepted earlier with another content. Give what is new an id of its own.",
  ),
  413: failure("Over 1 MiB, or over 1,000 events. Split it, or send it as application/x-ndjson."),
  415: failure(
    "Not a CloudEvents media type, or a compressed body. Send one of the four types above, uncompressed.",
  ),
  422: failure(
    "Nothing in it was acceptable. Each problem names the member that is wrong: correct those events and send them again.",
  ),
  429: {
    ...failure(
      "More requests than the key may make. Come again after the seconds of Retry-After, or put more events into one request.",
    ),
    headers: {
      "Retry-After": {
        description: "in how many seconds to come again",
        schema: { type: "integer" },
      },
    },
  },
};
