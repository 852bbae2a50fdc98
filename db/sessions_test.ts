import { deepEqual, equal, ok } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday, setStage } from "../e2e/stage.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { endOtherSessions, endSession, listSessions } from "./open_sessions.ts";
import {
  createSession,
  deleteSession,
  findSession,
  idleLength,
  noteSession,
  sessionLength,
} from "./sessions.ts";

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
    seenAt: monday,
    viewing: null,
  });
  equal(await findSession(db, "not a token", monday), null);

  equal(await deleteSession(db, token, monday), false);
  await deleteSession(db, token, monday);
  equal(await findSession(db, token, monday), null);
  ok(await findSession(db, other, monday));
});

onEachDatabase(
  "a session ends after a week without use, and after a month in any case",
  async (db) => {
    await setStage(db);
    const token = await createSession(db, "ada", monday);
    let now = monday + idleLength - 1;
    ok(await findSession(db, token, now));
    equal(await findSession(db, token, monday + idleLength), null);
    for (; now < monday + sessionLength; now += idleLength - 1) {
      equal((await findSession(db, token, now))?.id, "ada");
      await noteSession(db, token, now);
    }
    ok(await findSession(db, token, monday + sessionLength - 1));
    equal(await findSession(db, token, monday + sessionLength), null);
  },
);

onEachDatabase("a clock that goes back does not make a session older", async (db) => {
  await setStage(db);
  const token = await createSession(db, "ada", monday);
  await noteSession(db, token, monday - 1);
  equal((await findSession(db, token, monday))?.seenAt, monday);
});

onEachDatabase(
  "signing in again in the same browser leaves one session, with another token",
  async (db) => {
    await setStage(db);
    const first = await createSession(db, "ada", monday);
    const second = await createSession(db, "ben", monday, { replaced: first });
    equal(await findSession(db, first, monday), null);
    equal((await findSession(db, second, monday))?.id, "ben");
  },
);

onEachDatabase("people see their own open sessions and end them, one or all others", async (db) => {
  await setStage(db);
  const here = await createSession(db, "ada", monday, { userAgent: "Here/1.0" });
  const phone = await createSession(db, "ada", monday + 1, { userAgent: "x".repeat(10_000) });
  const old = await createSession(db, "ada", monday + 2 - idleLength);
  const bens = await createSession(db, "ben", monday);
  await noteSession(db, phone, monday + 5);
  const list = () => listSessions(db, "ada", { token: here, now: monday + 2 });
  const [first, second, ...more] = await list();
  deepEqual(more, []);
  equal(await findSession(db, old, monday + 2), null);
  deepEqual(first, {
    id: first!.id,
    createdAt: monday,
    seenAt: monday,
    userAgent: "Here/1.0",
    isThis: true,
  });
  equal(second!.seenAt, monday + 5);
  equal(second!.userAgent!.length, 400);

  const ended = { id: second!.id, now: monday };
  await endSession(db, "ben", ended);
  equal((await list()).length, 2);
  await endSession(db, "ada", ended);
  await endSession(db, "ada", ended);
  equal(await findSession(db, phone, monday), null);
  const other = await createSession(db, "ada", monday);
  await endOtherSessions(db, "ada", { token: here, now: monday });
  equal(await findSession(db, other, monday), null);
  ok(await findSession(db, here, monday));
  ok(await findSession(db, bens, monday));
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
