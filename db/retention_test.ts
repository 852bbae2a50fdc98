import { deepEqual, equal, ok } from "node:assert/strict";
import { lt, sql } from "drizzle-orm";
import fc from "fast-check";
import { temporaryDatabase } from "../e2e/database.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, event, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { appendEvents } from "./events.ts";
import { deleteNotification } from "./notification_actions.ts";
import { findNotification } from "./notifications.ts";
import { deliverToOutbox } from "./outbox.ts";
import { cleanUp } from "./retention.ts";
import { events } from "./schema.ts";
import { createSession } from "./sessions.ts";
import { createSignInLink } from "./sign_in_links.ts";

const delivered = { type: "source-request.delivered", data: {} };

onEachDatabase("old events go in steps, and no number is given twice", async (db) => {
  const { ask, sweepAt } = await setStage(db);
  const batch = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => from + index)
      .map((id) => event({ id: `${id}`, subject: `SR-${id}`, ...delivered }));
  await appendEvents(db, batch(0, 1_200), monday);
  const id = await ask("ada", "immediately");
  const before = monday + day;
  deepEqual(await cleanUp(db, { now: before, before }), { events: 1_200, emails: 0 });
  deepEqual(await cleanUp(db, { now: before, before }), { events: 0, emails: 0 });
  deepEqual(await db.query.eventAccounts.findMany(), []);
  equal((await findNotification(db, "ada", id)).bookmark, 1_200);

  await appendEvents(db, batch(1_200, 1_202), before);
  deepEqual(await cleanUp(db, { now: before, before }), { events: 0, emails: 0 });
  const kept = await db.query.events.findMany({ columns: { seq: true } });
  deepEqual(kept.map(({ seq }) => seq), [1_201, 1_202]);
  equal((await db.query.eventAccounts.findMany()).length, 4);
  const told = (await sweepAt(before)).flatMap(({ subjects }) => subjects);
  deepEqual(told.sort(), ["SR-1200", "SR-1201"]);
});

onEachDatabase("emails go once nothing is left to do for them", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const { TemporaryFailure } = await import("../domain/email.ts");
  await ask("ada", "immediately");
  await happen("SR-1");
  await sweepAt(monday + minute);
  await happen("SR-2");
  await sweepAt(monday + 2 * minute, () => Promise.reject(new TemporaryFailure("not now")));
  const later = monday + day;
  deepEqual(await cleanUp(db, { now: later, before: monday }), { events: 0, emails: 0 });
  deepEqual(await cleanUp(db, { now: later, before: later }), { events: 2, emails: 1 });
  deepEqual((await db.query.emails.findMany()).map(({ state }) => state), ["queued"]);
});

onEachDatabase("whatever has expired goes, and nothing before", async (db) => {
  const { ask } = await setStage(db);
  await createSession(db, "ada", monday);
  await createSignInLink(db, "ada@lumen.example", { browser: "this", now: monday });
  await deliverToOutbox(db, {
    ...{ id: "1", to: "ada@lumen.example", subject: "Daily", text: "", html: "" },
    headers: {},
  }, monday);
  const deleted = await ask("ada", "daily");
  const kept = await ask("ben", "daily");
  await deleteNotification(db, "ada", deleted, monday);
  const counts = async () => [
    (await db.query.sessions.findMany()).length,
    (await db.query.signInLinks.findMany()).length,
    (await db.query.outbox.findMany()).length,
    (await db.query.notifications.findMany()).length,
  ];
  await cleanUp(db, { now: monday + minute, before: monday });
  deepEqual(await counts(), [1, 1, 1, 2]);
  await cleanUp(db, { now: monday + 15 * minute, before: monday });
  deepEqual(await counts(), [1, 0, 1, 2]);
  await cleanUp(db, { now: monday + 30 * day, before: monday + 1 });
  deepEqual(await counts(), [0, 0, 0, 1]);
  ok(await findNotification(db, "ben", kept));
});

onEachDatabase(
  "the intake goes on while a long log is cleaned, and never waits for long",
  async (db) => {
    await setStage(db);
    const rows = Array.from({ length: 6_000 }, (_, id) => id);
    await db.run(sql`
    INSERT INTO events (source, id, type, time, data, hash, received_at)
    SELECT '/old', value, 'material.received', 0, '{}', '', 0 FROM json_each(${
      JSON.stringify(rows)
    })`);
    await db.run(sql`INSERT INTO event_accounts SELECT 'lumen', seq FROM events`);
    const old = () => db.$count(events, lt(events.receivedAt, monday));
    let isCleaning = true;
    const cleaning = cleanUp(db, { now: monday, before: monday }).finally(() => isCleaning = false);
    // What counts is how much was removed while a post waited: on a busy machine everything takes long.
    const removed: number[] = [];
    let left = await old();
    let posts = 0;
    for (; isCleaning; posts++) {
      const outcome = await appendEvents(
        db,
        [event({ id: `${posts}`, subject: `SR-${posts}`, ...delivered })],
        monday,
      );
      deepEqual(outcome, ["accepted"]);
      const before = left;
      left = await old();
      removed.push(before - left);
      await new Promise((resolve) => setTimeout(resolve));
    }
    equal((await cleaning).events, 6_000);
    equal((await db.query.events.findMany()).length, posts);
    // Twelve steps, with a pause after each; a post in which one or two more fit came late, not last.
    ok(Math.max(...removed) <= 3_000, `in the time of one post ${Math.max(...removed)} went`);
    ok(removed.filter((count) => count > 0).length >= 4, removed.join());
  },
);

Deno.test("whatever retention takes away, everybody is told what is younger, once, as without it", async () => {
  const hourly = fc.array(
    fc.record({
      hours: fc.integer({ min: 1, max: 20 }),
      posts: fc.integer({ min: 0, max: 3 }),
      cleans: fc.boolean(),
    }),
    { minLength: 4, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(hourly, async (steps) => {
      const [kept, cleaned] = [await live(steps, false), await live(steps, true)];
      deepEqual(cleaned, kept);
    }),
    { numRuns: 8 },
  );
});

/** What is told in a life in which every digest comes within two days. */
async function live(steps: { hours: number; posts: number; cleans: boolean }[], cleans: boolean) {
  const { db, close } = await temporaryDatabase();
  try {
    const { ask, happen, sweepAt } = await setStage(db);
    for (const frequency of ["immediately", "hourly", "daily"] as const) {
      await ask("ada", frequency);
    }
    await ask("ben", "daily", { conditions: [] });
    const told = [];
    let [now, request] = [monday, 0];
    for (const step of steps) {
      for (let post = 0; post < step.posts; post++) await happen(`SR-${request++}`);
      now += step.hours * hour;
      const emails = await sweepAt(now);
      told.push(
        emails.map(({ to, frequency, subjects }) => `${to} ${frequency} ${subjects}`).sort(),
      );
      if (cleans && step.cleans) await cleanUp(db, { now, before: now - 2 * day });
    }
    return told;
  } finally {
    await close();
  }
}
