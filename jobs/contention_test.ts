import { deepEqual } from "node:assert/strict";
import { claimAccount } from "../db/account_claims.ts";
import type { Database } from "../db/client.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage, sweepOn } from "../e2e/stage.ts";
import { composeAll } from "./compose.ts";

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

function fail(what: string, problem: unknown): never {
  throw new Error(what, { cause: problem });
}
