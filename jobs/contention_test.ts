import { deepEqual } from "node:assert/strict";
import { claimAccount } from "../db/account_claims.ts";
import type { Database } from "../db/client.ts";
import { setMailTimes } from "../db/digests.ts";
import { type Listeners, rememberListeners } from "../db/listeners.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage, sweepOn } from "../e2e/stage.ts";
import { composeAll } from "./compose.ts";
import { dispatchPages } from "./dispatch.ts";
import type { At } from "./pages.ts";

// Two processes that compose for the same account at once.

const at8 = monday + 8 * hour;

/** Lets something else happen right before each batch of statements from now on, except before its own. */
function interrupt({ $client: client }: Database, happen: () => Promise<void>): void {
  const batch = client.batch.bind(client);
  let isInterrupted = false;
  client.batch = async (...args) => {
    if (!isInterrupted) {
      isInterrupted = true;
      await happen();
      isInterrupted = false;
    }
    return await batch(...args);
  };
}

onEachDatabase("a look is not refused for ever, however often others compose", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "daily");
  await stage.ask("ben", "immediately");
  await stage.happen("SR-0");
  let happened = 0;
  interrupt(db, async () => {
    await stage.happen(`SR-${happened += 1}`);
    // Before the digest is due, and not so often that it would be a burst, which is held.
    await composeAll(db, { now: monday + happened * 2 * minute, report: fail });
  });
  const woken: number[] = [];
  await composeAll(db, { now: at8, report: fail, wakeAt: (instant) => woken.push(instant) });
  const digests = await db.query.emails.findMany({
    columns: { userId: true },
    where: ({ frequency }, { eq }) => eq(frequency, "daily"),
  });
  deepEqual({ digests, woken }, { digests: [{ userId: "ada" }], woken: [at8] });
});

onEachDatabase("an account whose claimant has died is composed for a minute later", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.happen("SR-1");
  await claimAccount(db, "lumen", at8);
  const toldAt = async (now: number) => (await sweepOn(db, now)).told.map(({ to }) => to);
  deepEqual(await toldAt(at8), []);
  deepEqual(await toldAt(at8 + minute - 1), []);
  deepEqual(await toldAt(at8 + minute), ["ada"]);
});

onEachDatabase(
  "whoever was held when their account was compiled hears of what happens after it",
  async (db) => {
    const stage = await setStage(db);
    const at7 = monday + 7 * hour;
    const times = { zone: "UTC", digestHour: 6, digestWeekday: 1, quietFrom: 22, quietUntil: 7 };
    await setMailTimes(db, "ada", times, monday);
    await stage.ask("ada", "immediately");
    await stage.happen("SR-1");
    // This process finds the account open, and compiles it when the other has held all who listen there.
    const listeners = rememberListeners(db);
    const late: At & { listeners: Listeners } = { now: monday, setAside: fail, listeners };
    await composeAll(db, { now: monday, report: fail });
    await dispatchPages(db, ["lumen"], late);
    deepEqual((await stage.sweepAt(at7)).length, 1);
    await stage.happen("SR-2");
    await composeAll(db, { now: at7, report: fail, listeners });
    deepEqual((await stage.sweepAt(at7)).map(({ subjects }) => subjects), [["SR-2"]]);
  },
);

function fail(what: string | number, problem: unknown): never {
  throw new Error(`${what}`, { cause: problem });
}
