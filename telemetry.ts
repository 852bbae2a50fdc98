import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Link,
  metrics,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { type Alarms, causesOf, loadAlarms } from "./db/alarms.ts";
import type { Database } from "./db/client.ts";
import type { SendEmail } from "./domain/email.ts";
import type { Telemetry } from "./domain/telemetry.ts";

// What Deno exports over OTLP when OTEL_DENO is set, beyond the requests that it sees by itself. Loaded only then.
// Names and counts alone leave: no address, no title, no parameter of a query.

const tracer = trace.getTracer("callboard");
const meter = metrics.getMeter("callboard");
const roundTrips = new AsyncLocalStorage<{ count: number }>();

/** Watches the database, and everything that is done by what comes back. */
export function openTelemetry(db: Database, now: () => number) {
  watchDatabase(db);
  watchAlarms(db, now);
  return {
    ...watchRequests(),
    mail: (sendEmail: SendEmail) => watchMail(db, sendEmail),
    /** The same work, as a trace of its own, whoever asked for it. */
    job: (name: string, work: () => Promise<void>) => () =>
      tracer.startActiveSpan(name, {}, ROOT_CONTEXT, (span) => spanning(span, work)),
  };
}

/** Does the work within a span, and says there whether it failed; the message stays here, for it may quote. */
async function spanning<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: error instanceof Error ? error.name : "",
    });
    throw error;
  } finally {
    span.end();
  }
}

function watchDatabase({ $client: client }: Database): void {
  const kind = SpanKind.CLIENT;
  const attributes = { "db.system.name": client.protocol === "file" ? "sqlite" : "libsql" };
  const asking = <T>(name: string, statements: number, ask: () => Promise<T>) => {
    const trips = roundTrips.getStore();
    if (trips) trips.count += 1;
    const told = { ...attributes, "db.operation.batch.size": statements };
    return tracer.startActiveSpan(name, { kind, attributes: told }, (span) => spanning(span, ask));
  };
  const execute = client.execute.bind(client) as (...args: unknown[]) => Promise<never>;
  const batch = client.batch.bind(client);
  client.execute = (...args: unknown[]) => asking("execute", 1, () => execute(...args));
  client.batch = (statements, mode) =>
    asking("batch", statements.length, () => batch(statements, mode));
}

function watchRequests(): Telemetry {
  const trips = meter.createHistogram("callboard.page.round_trips", {
    description: "How often an answer asked the database, by route",
    advice: { explicitBucketBoundaries: [0, 1, 2, 3, 4, 6, 8, 12, 20] },
  });
  const events = meter.createCounter("callboard.intake.events", {
    description: "Events that came in, by what became of them",
  });
  return {
    traceparent: () => traceparentOf(trace.getActiveSpan()),
    async answering(answer, answered) {
      const span = trace.getActiveSpan();
      const count = { count: 0 };
      await roundTrips.run(count, answer);
      const { method, route } = answered();
      span?.updateName(`${method} ${route}`).setAttribute("http.route", route);
      trips.record(count.count, { "http.request.method": method, "http.route": route });
    },
    received: (counts) => {
      for (const [outcome, count] of Object.entries(counts)) {
        if (count > 0) events.add(count, { "callboard.outcome": outcome });
      }
    },
  };
}

function traceparentOf(span: Span | undefined): string | undefined {
  const context = span?.spanContext();
  return context && `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`;
}

/** The same sender; each email is a span that is linked to what caused its events. */
function watchMail(db: Database, sendEmail: SendEmail): SendEmail {
  const sent = meter.createCounter("callboard.mail.attempts", {
    description: "Emails that were handed over, by what the provider said",
  });
  return async (email, attempt) => {
    const links = (await causesOf(db, email.id)).map(linkTo);
    const attributes = { "callboard.email.id": email.id, "callboard.attempt": attempt.number };
    const kind = SpanKind.PRODUCER;
    return await tracer.startActiveSpan(
      "send email",
      { kind, links, attributes },
      (span) =>
        spanning(span, async () => {
          const outcome = (name: string) => sent.add(1, { "callboard.outcome": name });
          const id = await sendEmail(email, attempt).catch((error) => {
            outcome(error instanceof Error ? error.name : "Error");
            throw error;
          });
          outcome("sent");
          return id;
        }),
    );
  };
}

function linkTo(traceparent: string): Link {
  const [, traceId, spanId, flags] = traceparent.split("-") as [string, string, string, string];
  return { context: { traceId, spanId, traceFlags: Number(flags) & 1, isRemote: true } };
}

function watchAlarms(db: Database, now: () => number): void {
  const watch = (name: string, description: string, value: (alarms: Alarms) => number) =>
    meter.createObservableGauge(`callboard.${name}`, { description })
      .addCallback(async (result) => {
        // While the database is away nothing is told, which is an alarm as well.
        const alarms = await loadAlarms(db, now()).catch(() => null);
        if (alarms) result.observe(value(alarms));
      });
  const secondsSince = (instant: number | null) =>
    instant === null ? 0 : Math.max(0, now() - instant) / 1000;
  watch(
    "mail.oldest_owed",
    "Age of the oldest email that could be sent, in seconds",
    (alarms) => secondsSince(alarms.oldestOwed),
  );
  watch(
    "digests.lateness",
    "How late the latest digest is, in seconds",
    (alarms) => secondsSince(alarms.oldestDigest),
  );
  watch("mail.failing", "Emails that the provider does not take", ({ failing }) => failing);
}
