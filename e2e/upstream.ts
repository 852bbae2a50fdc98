import { deepEqual } from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { createApiKey } from "../db/api_keys.ts";
import { rowsOf } from "../db/client.ts";
import { type EventTuple, toEvent } from "../db/event_rows.ts";
import { eventsAfter } from "../db/log.ts";
import type { Event } from "../domain/events.ts";
import { exampleEvent } from "../domain/example_event.ts";
import { startApp } from "./app.ts";

export const single = "application/cloudevents+json";
export const batched = "application/cloudevents-batch+json";

/** An event as CONTRACT.md shows it; whatever a test is about is given, and `undefined` takes a member away. */
export function cloudEvent(
  attributes: Record<string, unknown> = {},
  data: Record<string, unknown> = {},
): Record<string, unknown> & { id: string } {
  const { data: known, ...envelope } = exampleEvent;
  return { ...envelope, data: { ...known, ...data }, ...attributes };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** What is posted: a string or bytes as they are, anything else as JSON. */
export interface Posting {
  body?: BodyInit | ReadableStream<Uint8Array>;
  json?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

/** The whole web as an upstream system sees it. Every answer to a post is held to /openapi.json. */
export async function startUpstream() {
  const web = await startApp();
  const key = await createApiKey(web.db, { name: "backlot" }, web.clock.now);
  const described = await describedAnswers(web.app);
  const post = async ({ body, json, type = single, headers }: Posting): Promise<Answer> => {
    const response = await web.app.request("/api/events", {
      method: "POST",
      headers: { "authorization": `Bearer ${key}`, "content-type": type, ...headers },
      body: body ?? JSON.stringify(json),
    });
    return await described(response);
  };
  return {
    ...web,
    key,
    post,
    described,
    /** The whole log, as the studio sees it. */
    log: async (): Promise<Event[]> => {
      const beginning = { account: { id: "", profile: "studio" }, after: 0 };
      const everything = await eventsAfter(web.db, [beginning], 100_000);
      return rowsOf<EventTuple>(everything).map(toEvent);
    },
  };
}

/** Reads an answer, and fails where /openapi.json does not describe it. */
async function describedAnswers(app: { request(path: string): Response | Promise<Response> }) {
  const document = await (await app.request("/openapi.json")).json();
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "api");
  const { responses } = document.paths["/api/events"].post;
  return async (response: Response): Promise<Answer> => {
    const { status, headers } = response;
    const body = await response.json();
    const content = responses[status]?.content ?? {};
    deepEqual(Object.keys(content), [headers.get("content-type")], `${status}`);
    const { schema } = content[headers.get("content-type")!];
    const holds = ajv.getSchema(`api${schema.$ref}`)!;
    deepEqual(holds(body) ? null : holds.errors, null, JSON.stringify(body));
    return { status, headers, body };
  };
}
