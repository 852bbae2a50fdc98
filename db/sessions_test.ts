import { deepEqual, equal, ok } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { createSession, deleteSession, findSession, sessionLength } from "./sessions.ts";
import { deactivateUser, reactivateUser } from "./users.ts";

onEachDatabase("a session says who is asking until it expires or is ended", async (db) => {
  await setStage(db);
  const token = await createSession(db, "ada", monday);
  const other = await createSession(db, "ada", monday);
  deepEqual(await findSession(db, token, monday), {
    id: "ada",
    name: "Ada Byrne",
    email: "ada@lumen.example",
    roles: ["master-content-partner-operations"],
    zone: "UTC",
    zoneConfirmedAt: null,
    digestHour: 8,
    digestWeekday: 1,
    quietFrom: null,
    quietUntil: null,
    pausedUntil: null,
    optOuts: [],
    addressFailedAt: null,
    complainedAt: null,
    account: { id: "lumen", name: "Lumen Pictures", profile: "content" },
  });
  ok(await findSession(db, token, monday + sessionLength - 1));
  equal(await findSession(db, token, monday + sessionLength), null);
  equal(await findSession(db, "not a token", monday), null);

  await deleteSession(db, token);
  await deleteSession(db, token);
  equal(await findSession(db, token, monday), null);
  ok(await findSession(db, other, monday));
});

onEachDatabase("whoever is deactivated is signed out everywhere, and stays so", async (db) => {
  await setStage(db);
  const tokens = [await createSession(db, "ada", monday), await createSession(db, "ada", monday)];
  const bens = await createSession(db, "ben", monday);
  await deactivateUser(db, "lumen", "ada", monday);
  const late = await createSession(db, "ada", monday);
  equal(await findSession(db, late, monday), null);
  await reactivateUser(db, "lumen", "ada", monday);
  for (const token of tokens) equal(await findSession(db, token, monday), null);
  ok(await findSession(db, bens, monday));
});

onEachDatabase("the database holds no token that would open a session", async (db) => {
  await setStage(db);
  const token = await createSession(db, "ada", monday);
  const [row] = await db.query.sessions.findMany();
  ok(!JSON.stringify(row).includes(token));
  equal(await findSession(db, row!.id, monday), null);
});
