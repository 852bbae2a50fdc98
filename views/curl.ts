/** An event as it is posted: its attributes, and what it says in `data`. */
export interface CloudEvent {
  data: unknown;
  [attribute: string]: unknown;
}

/** The command that posts an event in one of the ways that HTTP has for CloudEvents; the key is in `$KEY`. */
export function curlOf(baseUrl: string, mediaType: string, event: CloudEvent): string {
  const { headers, body } = requestOf(mediaType, event);
  return [
    `curl ${baseUrl}/api/events`,
    '-H "Authorization: Bearer $KEY"',
    ...[`Content-Type: ${mediaType}`, ...headers].map((header) => `-H "${header}"`),
    `--data-binary '${body}'`,
  ].join(" \\\n  ");
}

function requestOf(mediaType: string, event: CloudEvent): { headers: string[]; body: string } {
  switch (mediaType) {
    case "application/json": {
      const { data, ...attributes } = event;
      const headers = Object.entries(attributes).map(([name, value]) => `ce-${name}: ${value}`);
      return { headers, body: written(data) };
    }
    case "application/x-ndjson":
      return { headers: [], body: JSON.stringify(event) };
    case "application/cloudevents-batch+json":
      return { headers: [], body: written([event]) };
    default:
      return { headers: [], body: written(event) };
  }
}

function written(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
