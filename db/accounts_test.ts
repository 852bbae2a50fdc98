import { deepEqual } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";
import { bumpSettings, createAccounts, listAccounts } from "./accounts.ts";

onEachDatabase("accounts are added once and begin at the end of the log", async (db) => {
  const { happen } = await setStage(db);
  await happen("SR-1");
  const newcomer = { id: "aurora", name: "Aurora QC", profile: "qc" as const };
  await createAccounts(db, [newcomer], monday);
  const before = await stored(db);
  await createAccounts(db, [{ ...newcomer, name: "Somebody else" }], monday + 1);
  deepEqual(await stored(db), before);

  deepEqual((await listAccounts(db)).map(({ id }) => id), [
    "lumen",
    "meridian-post",
    "aurora",
    "studio",
  ]);
  const rows = await db.query.accounts.findMany({ columns: { id: true, dispatched: true } });
  deepEqual(rows.filter(({ dispatched }) => dispatched === 1).map(({ id }) => id), ["aurora"]);
});

onEachDatabase("a change to a user makes that user's account stale, and no other", async (db) => {
  await setStage(db);
  const versions = async () => {
    const rows = await db.query.accounts.findMany({ orderBy: (account) => account.id });
    return rows.map(({ settingsVersion }) => settingsVersion);
  };
  const [lumen, meridian, studio] = await versions();
  await bumpSettings(db, "ada");
  await bumpSettings(db, "nobody");
  deepEqual(await versions(), [lumen! + 1, meridian, studio]);
});
