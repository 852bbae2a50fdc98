import { deepEqual, rejects } from "node:assert/strict";
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { logText } from "../domain/errors.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { hour, minute, monday, setStage } from "./stage.ts";

// The jobs, while the primary is lost: before they compose, and between the provider's yes and our note of it.

Deno.test({
  name:
    "mail that a database took away with it comes once it is back, and the log says why it waited",
  ignore: sqldBinary() === null,
  fn: async () => {
    const server = (await startSqld())!;
    const db = await openDatabase(server);
    await migrateDatabase(db);
    const { ask, happen, sweepAt } = await setStage(db);
    const attempts: number[] = [];
    const isNotReached = (error: unknown) =>
      logText(error) === "query failed: Unavailable: The database was not reached";
    try {
      await ask("ada", "immediately");
      await happen("SR-1");
      await server.kill();
      await rejects(sweepAt(monday + minute), isNotReached);

      await server.restart();
      const leaving = sweepAt(monday + 2 * minute, async (_, { number }) => {
        attempts.push(number);
        await server.kill();
        return "taken, and nobody noted it";
      });
      await rejects(leaving, isNotReached);

      await server.restart();
      // Only once nobody else can be about to hand it over, and asking the provider first.
      for (const now of [monday + 3 * minute, monday + 13 * minute, monday + hour]) {
        await sweepAt(now, (_, { number }) => Promise.resolve(`${attempts.push(number)}`));
      }
      deepEqual(attempts, [1, 2]);
    } finally {
      db.$client.close();
      await server.stop();
    }
  },
});
