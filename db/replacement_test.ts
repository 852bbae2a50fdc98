import { deepEqual, equal } from "node:assert/strict";
import { TemporaryFailure } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, monday, setStage, type Stage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { loadNotifications } from "./panel.ts";
import { setRoles } from "./roles.ts";
import { replaceDefault, slowDefault } from "./replacement.ts";
import { undoChange } from "./undo.ts";

// Comments come to content partners by default, and every hour.
const type = "source-request.comment-added";

async function hearComments({ db, owner }: Stage) {
  await setRoles(db, "ada", ["content-partner-operations"], monday);
  const { notifications } = await loadNotifications(db, "ada");
  const byDefault = notifications.find((notification) => notification.type === type)!;
  const slow = async (now: number) =>
    await slowDefault(db, await owner("ada"), byDefault, { frequency: "daily", now });
  const state = async () =>
    (await loadNotifications(db, "ada")).notifications
      .filter((notification) => notification.type === type)
      .map(({ kind, frequency, mutedAt }) => [kind, frequency, mutedAt]);
  return { slow, state };
}

onEachDatabase(
  "a slowed Default one tells daily what it told hourly, and nothing is lost",
  async (db) => {
    const stage = await setStage(db);
    const { happen, sweepAt } = stage;
    const { slow, state } = await hearComments(stage);
    await happen("SR-1", type);
    await sweepAt(monday + hour);
    await happen("SR-2", type);
    await slow(monday + 1.5 * hour);
    deepEqual(await state(), [["default", "hourly", monday + 1.5 * hour], [
      "custom",
      "daily",
      null,
    ]]);

    deepEqual(await sweepAt(monday + 2 * hour), []);
    await happen("SR-3", type);
    deepEqual(await sweepAt(monday + 8 * hour), [
      { to: "ada", frequency: "daily", subjects: ["SR-2", "SR-3"] },
    ]);
  },
);

onEachDatabase("what waits in a queued email comes in the slower one", async (db) => {
  const stage = await setStage(db);
  const { happen, sweepAt } = stage;
  const { slow } = await hearComments(stage);
  await happen("SR-1", type);
  const away = () => Promise.reject(new TemporaryFailure("the provider is away"));
  await sweepAt(monday + hour, away).catch(() => {});
  await happen("SR-2", type);
  await slow(monday + 1.5 * hour);
  deepEqual(await sweepAt(monday + 7 * hour), []);
  deepEqual(await sweepAt(monday + 8 * hour), [
    { to: "ada", frequency: "daily", subjects: ["SR-1", "SR-2"] },
  ]);
});

onEachDatabase("slowing twice is slowing once, and undoing it puts all back", async (db) => {
  const stage = await setStage(db);
  const { happen, owner, sweepAt } = stage;
  const { slow, state } = await hearComments(stage);
  const before = await state();
  const change = await slow(monday + hour / 2);
  const after = await stored(db, { except: ["accounts"] });
  equal(await slow(monday + hour / 2 + 1), change);
  deepEqual(await stored(db, { except: ["accounts"] }), after);

  await happen("SR-1", type);
  await undoChange(db, await owner("ada"), change!, monday + hour / 2 + 2);
  deepEqual(await state(), before);
  deepEqual(await sweepAt(monday + hour), [
    { to: "ada", frequency: "hourly", subjects: ["SR-1"] },
  ]);
  deepEqual(await sweepAt(monday + day), []);
});

onEachDatabase(
  "a narrower one that takes the place of a Default loses and repeats nothing",
  async (db) => {
    const stage = await setStage(db);
    const { happen, sweepAt, owner } = stage;
    const { state } = await hearComments(stage);
    const byDefault = (await loadNotifications(db, "ada")).notifications.find((n) =>
      n.type === type
    )!;
    const replace = async (now: number) =>
      await replaceDefault(db, await owner("ada"), byDefault.id, {
        ...{ type, frequency: "immediately", now },
        conditions: [{ field: "content_type", op: "none", values: ["licensed"] }],
      });
    await happen("SR-1", type);
    await happen("SR-2", type, { content_type: "licensed" });
    const saved = await replace(monday + 1);
    equal(await replace(monday + 2), undefined);
    await happen("SR-3", type);
    deepEqual((await sweepAt(monday + hour)).flatMap(({ subjects }) => subjects).sort(), [
      "SR-1",
      "SR-3",
    ]);
    deepEqual((await state()).length, 2);

    await undoChange(db, await owner("ada"), saved!.change!, monday + hour);
    deepEqual(await state(), [["default", "hourly", null]]);
    equal(
      await replaceDefault(db, await owner("ben"), byDefault.id, {
        ...{ type, conditions: [], frequency: "daily", now: monday },
      }),
      undefined,
    );
  },
);
