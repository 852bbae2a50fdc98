// The three ways in which HTTP carries CloudEvents (HTTP Protocol Binding 1.0.2, section 3).

/** A request whose events cannot even be read. */
export class Unreadable extends Error {
  override name = "Unreadable";
  constructor(readonly status: 400 | 408 | 415, readonly title: string, message: string) {
    super(message);
  }
}

export interface Posted {
  events: unknown[];
  /** Whether the request could only bring one event. */
  single: boolean;
}

/** The events of a request, not yet checked; throws Unreadable. */
export async function readPosted(request: Request): Promise<Posted> {
  const [type = ""] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  switch (type.trim()) {
    case "application/cloudevents+json":
      return { events: [await readJson(request)], single: true };
    case "application/cloudevents-batch+json":
      return { events: await readBatch(request), single: false };
    case "application/json":
      if (request.headers.has("ce-specversion")) {
        return { events: [await readBinary(request)], single: true };
      }
  }
  throw unsupported();
}

/** What is said of a body in a form that nobody here reads. */
export function unsupported(): Unreadable {
  return new Unreadable(
    415,
    "Unsupported media type",
    "Send application/cloudevents+json, application/cloudevents-batch+json, application/json with ce- headers, or application/x-ndjson, uncompressed.",
  );
}

/** Whether a body is compressed: how large it is inside, nobody can know beforehand. */
export function isEncoded(request: Request): boolean {
  return !/^(identity)?$/i.test(request.headers.get("content-encoding") ?? "");
}

async function readJson(request: Request): Promise<unknown> {
  const body = await request.arrayBuffer();
  try {
    // Fatal: a title with signs that nobody wrote would be in the log for ever.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Unreadable(400, "Not JSON", "The body is not JSON: send one JSON value in UTF-8.");
  }
}

async function readBatch(request: Request): Promise<unknown[]> {
  const batch = await readJson(request);
  if (Array.isArray(batch)) return batch;
  throw new Unreadable(400, "Not a batch", "The body of a batch must be a JSON array of events.");
}

/** Binary mode: the attributes are headers; the body is `data`. */
async function readBinary(request: Request): Promise<unknown> {
  const attributes = [...request.headers]
    .filter(([name]) => name.startsWith("ce-"))
    .map(([name, value]) => [name.slice(3), decode(value)]);
  const datacontenttype = request.headers.get("content-type");
  return { ...Object.fromEntries(attributes), datacontenttype, data: await readJson(request) };
}

/** An attribute as its header spells it: perhaps quoted, then percent-encoded once. */
function decode(value: string): string {
  const text = /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone "%": not encoded, then
  }
}
