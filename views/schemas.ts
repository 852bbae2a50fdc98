/** The part of JSON Schema that describes events. */
export interface Schema {
  title?: string;
  description?: string;
  type?: string;
  const?: unknown;
  enum?: string[];
  format?: string;
  maxLength?: number;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** What a value has to be, in words. */
export function typeText(schema: Schema): string {
  const { const: constant, enum: values, anyOf, items, properties } = schema;
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return `one of ${values.join(", ")}`;
  if (anyOf) return anyOf.map(typeText).join(" or ");
  if (items) return `a list of ${typeText(items)}`;
  if (properties) return `an object with ${Object.keys(properties).join(" and ")}`;
  return textual[schema.format ?? ""] ?? plain(schema);
}

const textual: Record<string, string> = {
  "date": "a date such as 2026-11-24",
  "date-time": "an instant such as 2026-11-24T17:00:00Z",
};

function plain({ type, maxLength }: Schema): string {
  if (type === "boolean") return "true or false";
  if (type !== "string") return type ?? "anything";
  return maxLength === undefined ? "text" : `text of at most ${maxLength} characters`;
}

/** The members that all of these have, and mean alike. */
export function commonTo(all: Record<string, Schema>[]): Record<string, Schema> {
  const [first = {}, ...others] = all;
  const isCommon = ([name, schema]: [string, Schema]) =>
    others.every((each) => JSON.stringify(each[name]) === JSON.stringify(schema));
  return Object.fromEntries(Object.entries(first).filter(isCommon));
}
