import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Frequency, Role } from "../domain/catalogue.ts";
import { Conflict, Forbidden, NotFound } from "../domain/errors.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { day, hour, monday, setStage } from "../e2e/stage.ts";
import type { Database } from "./client.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { refreshDefaults } from "./defaults.ts";
import { pauseUser } from "./digests.ts";
import {
  deleteNotification,
  muteNotification,
  muteNotifications,
  unmuteNotification,
  unmuteNotifications,
} from "./notification_actions.ts";
import { createNotification, updateNotification } from "./notifications.ts";
import { findOwner } from "./owners.ts";
import { setRoles } from "./roles.ts";
import { createSession, deleteSession, sessionLength } from "./sessions.ts";
import { undoChange } from "./undo.ts";
import { openVisits, type Visit } from "./visits.ts";

onEachDatabase("a visit is one round trip for whoever was here before", async (db) => {
  const { ask, happen } = await setStage(db);
  const id = await ask("ada", "daily");
  await happen("SR-1");
  const token = await createSession(db, "ada", monday);
  const visits = openVisits(db);
  const trips = countRoundTrips(db);
  const visit = await visits.begin(token, monday);
  equal(trips.count, 2);
  deepEqual(visit!.notifications.map((each) => each.id), [id]);
  deepEqual([...visit!.nextDigests.keys()], ["daily"]);

  await happen("SR-2");
  trips.count = 0;
  const next = await visits.begin(token, monday);
  equal(trips.count, 1);
  deepEqual(next!.events.byType.get("source-request.delivered")!.length, 2);
  equal(next!.notifications, visit!.notifications);
});

onEachDatabase(
  "who may not visit any more is refused at once, however well remembered",
  async (db) => {
    await setStage(db);
    const visits = openVisits(db);
    const token = await createSession(db, "ada", monday);
    const other = await createSession(db, "ada", monday);
    const visit = async (held: string, now = monday) => (await visits.begin(held, now))?.user.id;
    deepEqual([await visit(token), await visit(other)], ["ada", "ada"]);

    await deleteSession(db, token, monday);
    deepEqual([await visit(token), await visit(other)], [undefined, "ada"]);
    equal(await visit(other, monday + sessionLength), undefined);
    equal(await visit(other), "ada");
    await deactivateUser(db, "lumen", "ada", monday);
    equal(await visit(other), undefined);
    equal(await visit("not a token"), undefined);
  },
);

onEachDatabase(
  "what is remembered of a session only guesses: the session itself decides",
  async (db) => {
    const { ask, happen } = await setStage(db);
    const id = await ask("ben", "daily");
    await happen("SR-1", undefined, { accounts: ["meridian-post"] });
    const visits = openVisits(db);
    const token = await createSession(db, "ada", monday);
    await visits.begin(token, monday);
    await db.$client.execute("UPDATE sessions SET user_id = 'ben'");
    const visit = await visits.begin(token, monday);
    equal(visit!.user.id, "ben");
    deepEqual(visit!.notifications.map((each) => each.id), [id]);
    await db.$client.execute("UPDATE users SET account_id = 'meridian-post' WHERE id = 'ben'");
    equal((await visits.begin(token, monday))!.events.byType.size, 1);
  },
);

const input = { type: "source-request.delivered", conditions: [] };

/** Everything that changes what a panel shows, done for or to somebody, mostly on one of their notifications. */
const verbs = {
  create: async ({ db, who, now, frequency }: Doing) =>
    void await createNotification(db, await findOwner(db, who), { ...input, frequency }, now),
  update: async ({ db, who, id, now, frequency }: Doing) =>
    await updateNotification(db, await findOwner(db, who), id, {
      ...input,
      frequency,
      version: 1,
      now,
    }),
  mute: ({ db, who, id, now }: Doing) => muteNotification(db, who, id, now),
  muteSeveral: async ({ db, who, id, now }: Doing) =>
    void await muteNotifications(db, who, { ids: [id, id + 1], now }),
  unmute: ({ db, who, id, now }: Doing) => unmuteNotification(db, who, id, now),
  unmuteSeveral: async ({ db, who, id, now }: Doing) =>
    void await unmuteNotifications(db, who, { ids: [id, id + 1], now }),
  delete: ({ db, who, id, now }: Doing) => deleteNotification(db, who, id, now),
  undo: async ({ db, who }: Doing) => {
    const last = (await db.query.changes.findMany()).findLast(({ userId }) => userId === who);
    if (last) await undoChange(db, await findOwner(db, who), last.id, last.at);
  },
  giveRoles: ({ db, who, roles, now }: Doing) => setRoles(db, who, roles, now),
  deactivate: ({ db, who, now }: Doing) => deactivateUser(db, "lumen", who, now),
  reactivate: ({ db, who, now }: Doing) => reactivateUser(db, "lumen", who, now),
  pause: ({ db, who, now }: Doing) => pauseUser(db, who, now + day, now),
  refresh: ({ db, now }: Doing) => refreshDefaults(db, now),
};

interface Doing {
  db: Database;
  who: string;
  id: number;
  now: number;
  frequency: Frequency;
  roles: Role[];
}

const people = ["ada", "ben"];
const step = fc.record({
  verb: fc.constantFrom(...Object.values(verbs)),
  who: fc.constantFrom(...people),
  id: fc.integer({ min: 1, max: 4 }),
  frequency: fc.constantFrom<Frequency>("immediately", "hourly", "daily"),
  roles: fc.subarray<Role>(["content-partner-operations", "account-admin"]),
});

Deno.test("whoever remembers shows what whoever just came shows, whatever was done meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
      const { db, close } = await temporaryDatabase();
      await setStage(db);
      const visits = openVisits(db);
      for (const [index, { verb, ...doing }] of steps.entries()) {
        const now = monday + index * hour;
        await verb({ ...doing, db, now }).catch(refused);
        for (const who of people) {
          const token = await createSession(db, who, now);
          await visits.begin(token, now);
          deepEqual(
            shown(await visits.begin(token, now)),
            shown(await openVisits(db).begin(token, now)),
          );
        }
      }
      await close();
    }),
    { numRuns: 10 },
  );
});

function shown(visit: Visit | null) {
  return visit && { ...visit, events: [...visit.events.byType] };
}

function refused(error: unknown): void {
  if (![NotFound, Forbidden, Conflict].some((kind) => error instanceof kind)) throw error;
}
