import * as z from "zod";

// A collector of OpenTelemetry on loopback: what a service exports over OTLP (http/json), as far as the tests ask for it.

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const span = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  attributes: z.array(attribute).default([]),
});
const scope = z.object({ name: z.string() });
const traces = z.object({
  resourceSpans: z.array(z.object({
    scopeSpans: z.array(z.object({ scope, spans: z.array(span) })),
  })),
});
const point = z.object({
  attributes: z.array(attribute),
  asDouble: z.number().optional(),
  max: z.number().optional(),
});
const points = z.object({ dataPoints: z.array(point) });
const metric = z.object({
  name: z.string(),
  sum: points.optional(),
  gauge: points.optional(),
  histogram: points.optional(),
});
const metrics = z.object({
  resourceMetrics: z.array(z.object({
    scopeMetrics: z.array(z.object({ scope, metrics: z.array(metric) })),
  })),
});

export type Metric = z.infer<typeof metric>;

/** A span, and who made it: "callboard", or "deno" for what Deno sees by itself. */
export type CollectedSpan = z.infer<typeof span> & { by: string };

/** The environment of a service that exports often to a collector at that port of this machine. */
export function telemetryTo(port: number) {
  return {
    ...{ OTEL_DENO: "true", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" },
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    ...{ OTEL_METRIC_EXPORT_INTERVAL: "500", OTEL_BSP_SCHEDULE_DELAY: "200" },
  };
}

/** Starts a collector; its address, and everything that came so far. */
export function startCollector() {
  const spans: CollectedSpan[] = [];
  const latest = new Map<string, Metric>();
  const texts: string[] = [];
  const take = (path: string, body: unknown) => {
    if (path === "/v1/traces") {
      for (const { scopeSpans } of traces.parse(body).resourceSpans) {
        for (const { scope, spans: made } of scopeSpans) {
          spans.push(...made.map((each) => ({ ...each, by: scope.name })));
        }
      }
    } else if (path === "/v1/metrics") {
      const scopes = metrics.parse(body).resourceMetrics.flatMap((each) => each.scopeMetrics);
      for (const each of scopes.flatMap((scope) => scope.metrics)) latest.set(each.name, each);
    }
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const text = await request.text();
    texts.push(text);
    take(new URL(request.url).pathname, JSON.parse(text));
    return Response.json({});
  });
  return {
    env: telemetryTo(server.addr.port),
    spans,
    latest,
    /** Everything that came, as it came. */
    text: () => texts.join("\n"),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
