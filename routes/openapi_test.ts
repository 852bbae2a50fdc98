import { deepEqual, equal, ok } from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { eventTypes } from "../domain/catalogue.ts";
import { parseEvent } from "../domain/events.ts";
import { cloudEvent } from "../e2e/upstream.ts";
import { openapiRoutes } from "./openapi.ts";

/** What a reader of the document can know of a schema. */
interface Schema {
  type?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

const document = await (await openapiRoutes().request("/openapi.json")).json();
const schemas: Record<string, Schema> = document.components.schemas;
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "api");
const holds = (name: string, value: unknown) =>
  ajv.validate(`api#/components/schemas/${name}`, value);

Deno.test("the API describes itself in valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  deepEqual(await validator.validate(structuredClone(document)), { valid: true });
  equal(validator.version, "3.1");
  const broken = await new Validator().validate({ ...structuredClone(document), info: {} });
  equal(broken.valid, false);
  const { responses } = document.paths["/api/events"].post;
  deepEqual(Object.keys(responses), [
    "202",
    "400",
    "401",
    "408",
    "409",
    "413",
    "415",
    "422",
    "429",
  ]);
});

Deno.test("every event type of the catalogue is described with every field and value", () => {
  for (const [id, { label, fields }] of Object.entries(eventTypes)) {
    const { data } = schemas[id]!.properties!;
    equal((schemas[id] as { title?: string }).title, label);
    for (const [name, field] of Object.entries(fields)) {
      const described = data!.properties![name]!;
      ok(described.description!.startsWith(field.label), `${id} ${name}`);
      const values = field.kind === "choice" ? Object.keys(field.values) : undefined;
      deepEqual(described.enum, values, `${id} ${name}`);
    }
  }
  const { oneOf, discriminator } = document.components.schemas.Event;
  const references = Object.keys(eventTypes).map((id) => `#/components/schemas/${id}`);
  deepEqual(oneOf.map(({ $ref }: { $ref: string }) => $ref), references);
  deepEqual(Object.values(discriminator.mapping), references);
});

/** A value that fits a schema, by nothing but what the document says. */
function example(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum.at(-1);
  if (schema.anyOf) return example(schema.anyOf.at(-1)!);
  if (schema.format) return formats[schema.format];
  if (schema.items) return [example(schema.items)];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, example(member)]),
    );
  }
  if (schema.type !== "string") return schema.type === "boolean" ? true : 3;
  return words.find(([standard]) => schema.description?.includes(standard))?.[1] ?? "some words";
}

const formats: Record<string, string> = {
  "date": "2026-11-24",
  "date-time": "2026-11-24T17:00:00+01:00",
  "uri": "https://upstream.example/requests/1",
};
const words = [["BCP 47", "pt-BR"], ["ISO 3166", "KR"]] as const;

Deno.test("an event that is written by the document alone is accepted", () => {
  const ofAll = ["accounts", "confidential", "summary", "title", "url"];
  for (const id of Object.keys(eventTypes)) {
    const event = { ...example(schemas[id]!) as object, datacontenttype: "application/json" };
    ok(holds(id, event), JSON.stringify(ajv.errors));
    ok(holds("Event", event), JSON.stringify(ajv.errors));
    const parsed = parseEvent(event);
    ok(typeof parsed === "object", String(parsed));
    deepEqual(
      [...Object.keys(parsed.data), "accounts"].sort(),
      [...new Set([...ofAll, ...Object.keys(eventTypes[id]!.fields)])].sort(),
    );
  }
});

Deno.test("the document refuses what the API refuses", () => {
  ok(holds("Event", cloudEvent()));
  const wrong = [
    cloudEvent({ specversion: "0.3" }),
    cloudEvent({ source: undefined }),
    cloudEvent({ type: "source-request.imagined" }),
    cloudEvent({ time: "yesterday" }),
    cloudEvent({}, { accounts: [] }),
    cloudEvent({}, { content_type: "home-made" }),
    cloudEvent({}, { due: "tomorrow" }),
    cloudEvent({}, { title: "Harbour Lights" }),
    cloudEvent({}, { confidential: "yes" }),
  ].map((event) => JSON.parse(JSON.stringify(event)));
  for (const event of wrong) {
    equal(holds("Event", event), false, JSON.stringify(event));
    equal(typeof parseEvent(event), "string", JSON.stringify(event));
  }
});
