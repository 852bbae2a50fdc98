import { deepEqual, equal, match } from "node:assert/strict";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { notifications } from "../db/schema.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { logText } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { clean, sweep } from "./sweep.ts";

/** A sweep at an instant: what it sums up, what it sent to whom, and what it reported. */
async function sweepAt(db: Database, now: number) {
  const to: string[] = [];
  const reported: [string, string][] = [];
  const summary = await sweep({
    db,
    sendEmail: (email) => Promise.resolve(`${to.push(email.to)}`),
    now: () => now,
    report: (what, error) => reported.push([what, logText(error)]),
    baseUrl: "https://callboard.example",
    mailDomain: "callboard.example",
    secretKey: "the secret of these tests, long enough",
    retentionDays: 30,
  });
  return { summary, to: to.map((address) => address.split("@")[0]).sort(), reported };
}

const nothing = {
  ...{ composed: 0, sent: 0, canceled: 0, postponed: 0, failed: 0 },
  ...{ events: 0, emails: 0, problems: 0 },
};

onEachDatabase("a sweep composes, sends and cleans up, and sums up what it did", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.ask("ben", "daily");
  deepEqual(await sweepAt(db, monday), { summary: nothing, to: [], reported: [] });
  await stage.happen("SR-1");
  await stage.sweepAt(monday, () => Promise.reject(new TemporaryFailure("not now")));
  deepEqual(stage.summary(), { ...nothing, composed: 1, postponed: 1 });

  const morning = await sweepAt(db, monday + 8 * hour);
  deepEqual(morning.summary, { ...nothing, composed: 1, sent: 2 });
  deepEqual(morning.to, ["ada", "ben"]);
  deepEqual((await sweepAt(db, monday + 8 * hour)).summary, nothing);

  const after = await sweepAt(db, monday + 30 * day + 8 * hour + 1);
  deepEqual(after, { summary: { ...nothing, events: 1, emails: 2 }, to: [], reported: [] });
});

onEachDatabase("the retention is counted in days from now", async (db) => {
  const { happen } = await setStage(db);
  await happen("SR-1");
  const cleanAt = (now: number) => clean(db, { now: () => now, retentionDays: 30 });
  deepEqual(await cleanAt(monday + 30 * day), { events: 0, emails: 0 });
  deepEqual(await cleanAt(monday + 30 * day + 1), { events: 1, emails: 0 });
});

onEachDatabase("one account's trouble is reported, and keeps no other waiting", async (db) => {
  const { ask, happen } = await setStage(db);
  const broken = await ask("ada", "immediately");
  await ask("sam", "immediately");
  await happen("SR-1");
  await db.update(notifications).set({ conditions: sql`'not JSON'` })
    .where(eq(notifications.id, broken));
  const { summary, to, reported } = await sweepAt(db, monday + minute);
  deepEqual(summary, { ...nothing, composed: 1, sent: 1, problems: 1 });
  deepEqual(to, ["sam"]);
  equal(reported[0]![0], "account lumen");
  match(reported[0]![1], /malformed JSON/);

  await db.update(notifications).set({ conditions: [] }).where(eq(notifications.id, broken));
  deepEqual((await sweepAt(db, monday + minute)).to, ["ada"]);
});

onEachDatabase("trouble with cleaning up is reported, and the mail goes out", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await db.run(sql`DROP TABLE outbox`);
  const { summary, to, reported } = await sweepAt(db, monday + minute);
  deepEqual(summary, { ...nothing, composed: 1, sent: 1, problems: 1 });
  deepEqual(to, ["ada"]);
  deepEqual(reported.map(([what]) => what), ["clean-up"]);
});
