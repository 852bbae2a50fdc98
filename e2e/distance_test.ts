import { deepEqual, ok } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { mail } from "../jobs/sweep.ts";
import { startApp } from "./app.ts";
import { startDistance } from "./distance.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { isBuilt } from "./place.ts";
import { startTripwire } from "./tripwire.ts";
import { cloudEvent, single } from "./upstream.ts";

// The service and its database on two continents.

const oneWay = 40;
const day = 86_400_000;

/** What docs/running.md promises: round trips by what is done. */
async function promised(): Promise<Map<string, number>> {
  const text = await Deno.readTextFile(new URL("../docs/running.md", import.meta.url));
  const table = text.slice(text.indexOf("| round trips"));
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2);
  return new Map(rows.map((row) => {
    const [, trips, what] = row.split("|").map((cell) => cell.trim());
    return [what!, Number(trips)];
  }));
}

function parts(db: Database, now: number) {
  return {
    ...{ db, now: () => now, baseUrl: "http://localhost:8000", mailDomain: "localhost" },
    ...{ secretKey: "s".repeat(32), sendEmail: () => Promise.resolve("taken") },
    report: (_: string, error: unknown) => {
      throw error;
    },
  };
}

Deno.test({
  name:
    "with its database far away, everything takes the round trips that running.md says, and works",
  // What is built mails at once what is posted, so that nobody could tell whose round trip is whose.
  ignore: sqldBinary() === null || isBuilt,
  fn: async () => {
    const server = (await startSqld())!;
    const near = await openDatabase(server);
    await migrateDatabase(near);
    const way = startDistance(Number(new URL(server.url).port), oneWay);
    const trips = { count: 0 };
    const line = startTripwire(`http://127.0.0.1:${way.port}`, (crossing) => {
      if (crossing === "before") trips.count += 1;
      return Promise.resolve(false);
    });
    const far = { url: line.url, authToken: server.authToken };
    const db = await openDatabase(far);
    const web = await startApp({}, { ...far, db, close: () => Promise.resolve() });
    try {
      const { app, browse, clock, create } = web;
      const key = await createApiKey(near, { name: "backlot" }, clock.now);
      await create("ana", { conditions: [] });
      const ana = await browse("ana");
      const form = { type: "source-request.redelivery-requested", frequency: "hourly" };
      const post = async (id: string, type: string) => {
        const response = await app.request("/api/events", {
          method: "POST",
          headers: { "authorization": `Bearer ${key}`, "content-type": single },
          body: JSON.stringify(cloudEvent({ id, type, time: new Date(clock.now).toISOString() })),
        });
        return { status: response.status, text: await response.text() };
      };
      const mailAt = async (now: number) => {
        const { composed, sent } = await mail(parts(db, now));
        ok(composed > 0 && sent === composed);
        return { status: 200 };
      };
      await ana.get("/notifications");
      await post("first", "source-request.redelivery-requested");
      const doings = {
        "the panel, or a search in it": () => ana.get("/notifications?q=redelivery"),
        "what a notification would do": () => ana.htmx("POST", "/notifications/forecast", form),
        "saving it": () => ana.htmx("POST", "/notifications", form),
        "a request with events": () => post("second", "source-request.delivered"),
        "immediate mail, for up to 25 accounts, composed and sent": () => mailAt(clock.now),
        "a digest, for up to 25 accounts, composed and sent": () => mailAt(clock.now + day),
      };
      const counted = new Map<string, number>();
      for (const [what, act] of Object.entries(doings)) {
        trips.count = 0;
        const begun = performance.now();
        const { status } = await act();
        ok(status < 300, `${what} answered ${status}`);
        ok(performance.now() - begun >= trips.count * 2 * oneWay, `${what} took a shorter way`);
        counted.set(what, trips.count);
      }
      deepEqual(counted, await promised());
    } finally {
      await web.close();
      db.$client.close();
      near.$client.close();
      await line.stop();
      way.stop();
      await server.stop();
    }
  },
});
