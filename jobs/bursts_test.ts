import { deepEqual, equal, match, ok } from "node:assert/strict";
import { muteNotification } from "../db/notification_actions.ts";
import { composeAll } from "./compose.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage, type Stage } from "../e2e/stage.ts";

// Many events for one person within a minute: two emails at once, and one for all the rest.

const second = 1_000;
const at9 = monday + 9 * hour;
const told = (...subjects: string[]) => ({ to: "ada", frequency: "immediately", subjects });

/** Lets something happen to these requests and looks at once, each time. */
async function happenAt({ happen, sweepAt }: Stage, now: number, ...subjects: string[]) {
  for (const subject of subjects) await happen(subject);
  return await sweepAt(now);
}

onEachDatabase(
  "fifty events within a minute are three emails, and the third says so",
  async (db) => {
    const stage = await setStage(db);
    await stage.ask("ada", "immediately");
    const emails = [];
    for (let count = 1; count <= 50; count += 1) {
      emails.push(...await happenAt(stage, at9 + count * second, `SR-${count}`));
    }
    deepEqual(emails, [told("SR-1"), told("SR-2")]);
    const letters: string[] = [];
    await stage.sweepAt(at9 + minute, () => Promise.reject(new Error("too early")));
    await stage.sweepAt(
      at9 + second + minute,
      ({ text }) => Promise.resolve(`${letters.push(text)}`),
    );
    equal(letters.length, 1);
    match(letters[0]!, /^48 events in one email: /);
    ok(letters[0]!.includes("SR-3:") && letters[0]!.includes("SR-50:"));
    deepEqual(await stage.sweepAt(at9 + 3 * minute), []);
  },
);

onEachDatabase("a storm that goes on is one email a minute", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  const perMinute: number[] = [];
  for (let count = 0; count < 40; count += 1) {
    const emails = await happenAt(stage, at9 + count * 10 * second, `SR-${count}`);
    perMinute[Math.floor(count / 6)] = (perMinute[Math.floor(count / 6)] ?? 0) + emails.length;
  }
  deepEqual(perMinute, [2, 1, 1, 1, 1, 1, 1]);
});

onEachDatabase(
  "what comes further apart comes at once, and a colleague's burst is nobody else's",
  async (db) => {
    const stage = await setStage(db);
    const { ask, sweepAt } = stage;
    await ask("ada", "immediately");
    await happenAt(stage, at9, "SR-1");
    await happenAt(stage, at9 + minute / 2, "SR-2");
    await ask("ben", "immediately");
    const ben = { ...told("SR-3"), to: "ben" };
    deepEqual(await happenAt(stage, at9 + 40 * second, "SR-3"), [ben]);
    deepEqual(await sweepAt(at9 + minute), [told("SR-3")]);
    const later = await happenAt(stage, at9 + 5 * minute, "SR-4");
    // Emails are handed over side by side, in any order.
    deepEqual(new Set(later), new Set([told("SR-4"), { ...ben, subjects: ["SR-4"] }]));
  },
);

onEachDatabase(
  "what is gathered can still be muted, and comes with a digest that is due before",
  async (db) => {
    const stage = await setStage(db);
    const { ask, happen, sweepAt } = stage;
    const begin = monday + 8 * hour - 30 * second;
    await ask("ada", "immediately");
    await ask("ada", "daily");
    const muted = await ask("ada", "immediately", { type: "source-request.accepted" });
    await happenAt(stage, begin, "SR-1", "SR-2", "SR-3");
    await happen("SR-5", "source-request.accepted");
    deepEqual(await happenAt(stage, begin + second, "SR-4"), []);
    await muteNotification(db, "ada", muted, begin + 2 * second);
    deepEqual(await sweepAt(monday + 8 * hour), [{ ...told("SR-4"), frequency: "daily" }]);
    deepEqual(await sweepAt(begin + 2 * minute), []);
  },
);

onEachDatabase("two services at once gather what comes as one would", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "immediately");
  const report = (what: string, error: unknown) => {
    throw new Error(what, { cause: error });
  };
  for (let count = 1; count <= 12; count += 1) {
    await happen(`SR-${count}`);
    const now = at9 + count * second;
    await Promise.all([composeAll(db, { now, report }), composeAll(db, { now, report })]);
  }
  await composeAll(db, { now: at9 + 2 * minute, report });
  const emails = await db.query.emails.findMany({ orderBy: ({ lastSeq }) => lastSeq });
  deepEqual(emails.map(({ content }) => content.items.length), [1, 1, 10]);
  equal((await sweepAt(at9 + day)).length, 3);
});
