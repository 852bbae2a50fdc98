import * as z from "zod";
import { eventType, eventTypeIds, type Field, type Fields } from "./catalogue.ts";
import { problemOf, wordingOf } from "./event_problems.ts";
import { once, remembered } from "./maps.ts";
import { canonicalName } from "./names.ts";
import { traceparentOf } from "./telemetry.ts";

// What upstream systems post: CloudEvents 1.0 whose type and data the catalogue describes.

function isPrintable(value: string): boolean {
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

const line = (max: number) =>
  z.string().min(1).max(max).refine(isPrintable, "must not hold control characters");

/** The id and the name of a title, as events carry it. */
const title = z.object({ id: line(200), name: line(500) });

const dateOrInstant = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a date such as "2026-11-24" or an instant such as "2026-11-24T17:00:00Z"',
});

const standards = { language: "a BCP 47 tag", territory: "an ISO 3166 code" };

/** One spelling of each: conditions ask for "he" and "pt-BR", upstream may still say "iw" and "PT-br". */
function named(kind: "language" | "territory") {
  return z.string().max(35).transform((value, context) => {
    const name = canonicalName(kind, value);
    if (name !== undefined) return name;
    context.addIssue(`must be ${standards[kind]}`);
    return z.NEVER;
  });
}

function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case "choice":
      return z.enum(Object.keys(field.values) as [string, ...string[]]);
    case "language":
    case "territory":
      return named(field.kind);
    case "title":
      return title;
    case "number":
      return z.number();
    case "date":
      return dateOrInstant;
    case "flag":
      return z.boolean();
    case "text":
      return line(200);
  }
}

function fieldsSchema(fields: Fields): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map((
      [name, field],
    ) => [name, valueSchema(field).optional().describe(description(field))]),
  );
}

function description({ kind, label }: Field): string {
  return kind === "language" || kind === "territory" ? `${label}: ${standards[kind]}` : label;
}

/** The schema of the members of `data` that the catalogue knows for one event type. */
function dataSchema(type: string) {
  return z.object({
    accounts: z.array(line(200)).min(1, "must name at least one account").max(100)
      .describe("the accounts that it concerns, at least one of them known; the studio sees all"),
    title: title.optional().describe("title"),
    confidential: z.boolean("must be true or false").optional()
      .describe("true where emails must not name the title: they tell its id instead"),
    url: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2000)
      .optional().describe("where people see more: an http or https address"),
    summary: z.string().max(5000).optional().describe("what happened, in a sentence or a few"),
    ...fieldsSchema(eventType(type)!.fields),
  });
}

/** `data` by event type, each made when somebody first posts such an event: a start without one does not pay for it. */
const dataSchemaOf = remembered(dataSchema);

/** The same as one function each: most of what an event costs here is reading it. */
const compiledDataOf = remembered((type) => z.compile(dataSchemaOf(type)));

const attributes = {
  specversion: z.literal("1.0", { error: 'must be "1.0"' }),
  id: line(200).describe("unique within its source: posted again, it has no effect"),
  source: line(500).describe("the system that speaks"),
  time: z.iso.datetime({ offset: true, error: "must be an RFC 3339 instant" }).optional()
    .describe("when it happened, RFC 3339; without it, when it came in"),
  subject: line(200).optional().describe("the request that it is about, such as SR-48213"),
  datacontenttype: z.string().regex(/^application\/json\b/i, "must be application/json").optional()
    .describe("application/json, where it is given"),
};

/** One schema for each event type, for the OpenAPI document. */
export function eventSchemas(): Map<string, z.ZodType> {
  return new Map(
    eventTypeIds.map((
      id,
    ) => [
      id,
      z.looseObject({ ...attributes, type: z.literal(id), data: dataSchemaOf(id).loose() }),
    ]),
  );
}

const envelope = once(() =>
  z.compile(z.object({
    ...attributes,
    type: z.string({ error: "must name an event type" }),
    data: z.custom<Record<string, unknown>>(isObject, "must be a JSON object"),
  }))
);

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An event as it was posted, parsed; `time` in milliseconds since the epoch, null when it was not given. */
export interface PostedEvent {
  source: string;
  id: string;
  type: string;
  time: number | null;
  subject: string | null;
  accounts: string[];
  data: EventData;
  /** The trace that it belongs to, for whoever looks what caused an email. No part of its content. */
  traceparent?: string;
}

/** What an event says: the catalogue's fields of its type, and whatever else was posted. */
export interface EventData {
  title?: { id: string; name: string };
  url?: string;
  summary?: string;
  /** Whether emails tell the title's id in place of its name. */
  confidential?: boolean;
  [field: string]: unknown;
}

/** An event of the log. `seq` orders the log for ever; `time` in milliseconds since the epoch. */
export interface Event {
  seq: number;
  type: string;
  time: number;
  subject: string | null;
  data: EventData;
}

/** How deep `data` may nest: deep enough for any form, shallow enough for every parser on the way. */
const maxDepth = 32;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}

/** The event, or the sentence that says why it cannot be accepted. */
export function parseEvent(input: unknown): PostedEvent | string {
  if (isDeeperThan(input, maxDepth)) return `event is nested more than ${maxDepth} levels deep`;
  const outer = envelope().safeParse(input, { error: wordingOf });
  if (!outer.success) return problemOf(outer.error);
  const { source, id, type, time, subject, data } = outer.data;
  if (!eventType(type)) {
    return `type "${
      type.slice(0, 100)
    }" is not in the catalogue: see /openapi.json for the event types`;
  }
  const inner = compiledDataOf(type).safeParse(data, { error: wordingOf });
  if (!inner.success) return problemOf(inner.error, "data");
  // What the catalogue does not know is kept as it came.
  const traceparent = traceparentOf(input);
  const { accounts, ...rest } = { ...data, ...inner.data };
  return {
    source,
    id,
    type,
    time: time === undefined ? null : Date.parse(time),
    subject: subject ?? null,
    accounts: [...new Set(accounts)],
    data: rest as EventData,
    ...traceparent && { traceparent },
  };
}
