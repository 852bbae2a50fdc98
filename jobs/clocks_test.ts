import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../db/client.ts";
import { type Email, type SendEmail, TooLate } from "../domain/email.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { hour, minute, monday, setStage, type Stage, sweepOn } from "../e2e/stage.ts";
import { mail } from "./sweep.ts";

// Two instances on one database, the clock of one a minute ahead of the other's: nothing is lost, nothing comes twice.

const at8 = monday + 8 * hour;
const instances = { one: 0, other: minute };
type Instance = keyof typeof instances;

/** A provider that both of them use; it can be asked what it took, and must not take anything twice. */
function startProvider() {
  const taken = new Map<string, Email>();
  const sendEmail: SendEmail = (email, { number }) => {
    if (number > 1 && taken.has(email.id)) return Promise.resolve(email.id);
    ok(!taken.has(email.id), "taken twice");
    taken.set(email.id, email);
    return Promise.resolve(email.id);
  };
  return { taken, sendEmail };
}

/** What was told to whom, in any order. */
function told(emails: Iterable<Email>): string[] {
  return [...emails].flatMap(({ to, text }) =>
    [...new Set(text.match(/SR-\d+/g))].map((subject) => `${to.split("@")[0]} ${subject}`)
  ).sort();
}

async function setScene(db: Database): Promise<Stage> {
  const stage = await setStage(db);
  stage.waitUntil(at8);
  await stage.ask("ada", "immediately");
  await stage.ask("ben", "hourly");
  await stage.ask("sam", "daily");
  return stage;
}

interface Step {
  /** Milliseconds since the step before. */
  after: number;
  /** Who takes an event, if any. */
  takes: Instance | null;
  /** Who sweeps, at once where it is both of them. */
  sweep: Instance[];
}

const step: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(
    fc.integer({ min: 0, max: 90 }).map((seconds) => seconds * 1_000),
    fc.integer({ min: 1, max: 40 }).map((minutes) => minutes * minute),
  ),
  takes: fc.constantFrom(null, "one" as const, "other" as const),
  sweep: fc.subarray(["one" as const, "other" as const]),
});

/** Half a minute before the hour, which for the other has begun. */
const aroundTheHour: Step[] = [
  { after: hour - 40_000, takes: "one", sweep: [] },
  { after: 10_000, takes: null, sweep: ["other"] },
  { after: 10_000, takes: "other", sweep: ["one", "other"] },
  { after: 30_000, takes: null, sweep: ["one", "other"] },
];

/** Lives through the steps and an hour and a day more; resolves to what happened, was sent and was kept. */
async function live(steps: readonly Step[]) {
  const { db, close } = await temporaryDatabase();
  const { taken, sendEmail } = startProvider();
  const stage = await setScene(db);
  let [now, happened] = [at8, 0];
  const sweeps = (who: Instance[]) =>
    Promise.all(who.map((each) => sweepOn(db, now + instances[each], sendEmail)));
  for (const { after, takes, sweep } of steps) {
    now += after;
    if (takes) {
      stage.waitUntil(now + instances[takes]);
      await stage.happen(`SR-${happened += 1}`);
    }
    await sweeps(sweep);
  }
  for (const after of [2 * minute, hour, 24 * hour]) {
    now += after;
    await sweeps(["one", "other"]);
  }
  const digests = await db.query.emails.findMany({
    columns: { userId: true, window: true, composedAt: true },
    where: ({ frequency }, { ne }) => ne(frequency, "immediately"),
  });
  await close();
  return { happened, emails: taken.values(), digests };
}

Deno.test("with clocks a minute apart, everybody is told everything once, and digests once for each hour", async () => {
  const steps = fc.array(step, { maxLength: 15, size: "max" });
  const property = fc.asyncProperty(steps, async (steps) => {
    const { happened, emails, digests } = await live(steps);
    const owed = ["ada", "ben", "sam"].flatMap((person) =>
      Array.from({ length: happened }, (_, index) => `${person} SR-${index + 1}`)
    );
    deepEqual(told(emails), owed.sort());
    const hours = digests.map(({ userId, window }) => `${userId} ${window}`);
    equal(new Set(hours).size, hours.length);
    // By its own clock, nobody composes before the hour.
    for (const { window, composedAt } of digests) ok(composedAt >= window);
  });
  await fc.assert(property, { numRuns: 15, endOnFailure: true, examples: [[aroundTheHour]] });
});

/** Lets one of them be slow to hand an email over, while the other looks every minute; resolves to what was told, and by whom. */
async function handOverAfter(minutes: number, { slow, quick }: Record<string, Instance>) {
  const { db, close } = await temporaryDatabase();
  const { taken, sendEmail } = startProvider();
  const stage = await setScene(db);
  await stage.happen("SR-1");
  let now = at8;
  const problems: unknown[] = [];
  const mailBy = (who: Instance, sendEmail: SendEmail) =>
    mail({
      ...{ db, sendEmail, now: () => now + instances[who], baseUrl: "https://callboard.example" },
      ...{ mailDomain: "callboard.example", secretKey: "s".repeat(32) },
      report: (_, problem) => problems.push(problem),
    });
  const [reached, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let wasTooLate = false;
  const slowly = mailBy(slow!, async (email, attempt) => {
    reached.resolve();
    await over.promise;
    if (attempt.isTooLate?.()) {
      wasTooLate = true;
      throw new TooLate();
    }
    return await sendEmail(email, attempt);
  });
  await reached.promise;
  for (let minutesLeft = minutes; minutesLeft > 0; minutesLeft -= 1) {
    now += minute;
    await mailBy(quick!, sendEmail);
  }
  over.resolve();
  await slowly;
  now += 30 * minute;
  await mailBy(quick!, sendEmail);
  await close();
  deepEqual(problems, []);
  return { told: told(taken.values()), wasTooLate };
}

Deno.test("an email that one instance is slow to hand over is taken over once, whoever's clock is ahead", async () => {
  const pairs = [{ slow: "one", quick: "other" }, { slow: "other", quick: "one" }] as const;
  await Promise.all(pairs.flatMap((pair) =>
    [0, 7, 8, 9, 10, 11, 12].map(async (minutes) => {
      const { told, wasTooLate } = await handOverAfter(minutes, pair);
      deepEqual(told, ["ada SR-1"]);
      equal(wasTooLate, minutes > 8);
    })
  ));
});
