import { deepEqual } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, monday, setStage } from "../e2e/stage.ts";
import { loadNotifications } from "./panel.ts";
import { findQuietDigests, passDigests } from "./quiet_digests.ts";

onEachDatabase(
  "a due digest is quiet until its account gets an event that its notifications have not seen",
  async (db) => {
    const { ask, happen, sweepAt } = await setStage(db);
    await ask("ada", "hourly");
    await ask("ben", "daily");
    await ask("sam", "hourly", { type: "source-request.accepted" });
    const quiet = async (now: number) =>
      (await findQuietDigests(db, now)).map(({ userId }) => userId).sort();
    deepEqual(await quiet(monday + hour - 1), []);
    deepEqual(await quiet(monday + hour), ["ada", "sam"]);

    await happen("SR-1", undefined, { accounts: ["meridian-post"] });
    deepEqual(
      await quiet(monday + hour),
      ["ada"],
      "the studio sees every event, Lumen not this one",
    );
    await happen("SR-2");
    deepEqual(await quiet(monday + hour), []);
    await sweepAt(monday + hour);
    deepEqual(await quiet(monday + 2 * hour), ["ada", "sam"]);
  },
);

onEachDatabase("passing moves a digest on once, and not after somebody else did", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "hourly");
  const next = async () => (await loadNotifications(db, "ada")).nextDigests.get("hourly");
  const digest = { userId: "ada", frequency: "hourly" as const, window: monday + hour };
  await passDigests(db, [{ ...digest, next: monday + 2 * hour }]);
  deepEqual(await next(), monday + 2 * hour);
  await passDigests(db, [{ ...digest, next: monday + 9 * hour }]);
  deepEqual(await next(), monday + 2 * hour);
});
