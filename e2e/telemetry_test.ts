import { deepEqual, equal, ok } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { listOutbox } from "../db/outbox.ts";
import { type CollectedSpan, startCollector } from "./collector.ts";
import { temporaryPlace } from "./place.ts";
import { startServer } from "./production_server.ts";
import { setStage } from "./stage.ts";
import { until } from "./until.ts";
import { cloudEvent, single } from "./upstream.ts";

const upstream = { trace: "0af7651916cd43dd8448eb211c80319c", span: "b7ad6b7169203331" };
const others = { trace: "4bf92f3577b34da6a3ce929d0e0e4736", span: "00f067aa0ba902b7" };
const traceparent = ({ trace, span }: typeof upstream) => `00-${trace}-${span}-01`;
const [title, sought] = ["The Title That Nobody Knows Yet", "what-somebody-sought"];

Deno.test("whoever watches from outside sees an event become an email, and what an operator has to know", async () => {
  await using place = await temporaryPlace();
  await using collector = startCollector();
  const { spans, latest } = collector;
  const db = await openDatabase(place.database);
  try {
    await migrateDatabase(db);
    const { ask } = await setStage(db);
    await ask("sam", "immediately", { type: "source-request.redelivery-requested" });
    const key = await createApiKey(db, { name: "backlot" }, Date.now());
    await using server = await startServer(place.path, { ...place.env, ...collector.env });
    ok(server.origin, server.output);
    const post = async (attributes: Record<string, unknown>) => {
      const response = await fetch(`${server.origin}/api/events`, {
        method: "POST",
        headers: {
          "authorization": `Bearer ${key}`,
          "content-type": single,
          "traceparent": traceparent(upstream),
        },
        body: JSON.stringify(cloudEvent(attributes, { title: { id: "81", name: title } })),
      });
      equal(response.status, 202);
      await response.body?.cancel();
    };
    await post({ id: "1" });
    await post({ id: "1" });
    await post({ id: "2", subject: "SR-2", traceparent: traceparent(others) });
    const page = await fetch(`${server.origin}/mute/${sought}`);
    equal(page.status, 404);
    await page.body?.cancel();
    await until(async () => (await listOutbox(db)).length > 1);

    const named = (name: string) => spans.filter((span) => span.name === name);
    const linked = () => named("send email").flatMap(({ links }) => links);
    await until(() => linked().length > 1 && named("GET /mute/:token").length > 0);
    const [intake] = named("POST /api/events");
    equal(intake!.traceId, upstream.trace);
    ok(hasChild(spans, intake!, "batch"));
    deepEqual(
      linked().map((link) => [link.traceId, link.spanId]).toSorted(),
      [
        [intake!.traceId, intake!.spanId],
        [others.trace, others.span],
      ].toSorted(),
    );
    const mail = named("mail").find((span) => hasChild(spans, span, "send email"));
    ok(mail && ![upstream.trace, others.trace].includes(mail.traceId));

    const value = (name: string, outcome: string) =>
      latest.get(name)?.sum?.dataPoints.find(({ attributes }) =>
        attributes.some((each) => each.value.stringValue === outcome)
      )?.asDouble;
    await until(() => value("callboard.intake.events", "accepted") === 2);
    equal(value("callboard.intake.events", "duplicates"), 1);
    await until(() => value("callboard.mail.attempts", "sent") === 2);
    for (const name of ["mail.oldest_owed", "mail.failing", "digests.lateness"]) {
      // What was owed while the first email left is told as well, until the next word.
      const gauge = () => latest.get(`callboard.${name}`)?.gauge?.dataPoints[0]?.asDouble;
      await until(() => gauge() === 0);
      equal(gauge(), 0, name);
    }
    const trips = latest.get("callboard.page.round_trips")!.histogram!.dataPoints;
    ok(
      trips.some(({ attributes, max }) => max! > 0 && JSON.stringify(attributes).includes("/api/")),
    );
  } finally {
    db.$client.close();
  }
  const own = JSON.stringify(spans.filter(({ by }) => by === "callboard"));
  for (const secret of [title, sought, "sam@studio.example", "Sam Ortiz"]) {
    ok(!own.includes(secret), secret);
    ok(secret === sought || !collector.text().includes(secret), secret);
  }
});

function hasChild(spans: CollectedSpan[], parent: CollectedSpan, name: string): boolean {
  return spans.some((span) => span.name === name && span.parentSpanId === parent.spanId);
}
