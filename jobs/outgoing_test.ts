import { deepEqual, equal, match } from "node:assert/strict";
import type { Database } from "../db/client.ts";
import { queueOutgoing } from "../db/outgoing.ts";
import { cleanUp } from "../db/retention.ts";
import { type Email, PermanentFailure, type SendEmail, TemporaryFailure } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, minute, monday, setStage } from "../e2e/stage.ts";
import { sendOutgoing } from "./outgoing.ts";
import { lease } from "./queue.ts";

const email: Email = {
  id: "CB-1",
  to: "support@callboard.example",
  subject: "A request",
  headers: { "Reply-To": "ada@lumen.example" },
  text: "Help",
  html: "<p>Help</p>",
};

function queue(db: Database, id = email.id, userId = "ada", now = monday): Promise<boolean> {
  return queueOutgoing(db, { ...email, id }, { userId, now, most: 2, since: now - day });
}

/** Sends what waits as of an instant; resolves to what was taken, in which attempt, and to what was reported. */
async function sendAt(db: Database, at: number, failure?: (email: Email) => Error | null) {
  const taken: [Email, number][] = [];
  const reported: string[] = [];
  const sendEmail: SendEmail = (email, { number }) => {
    const error = failure?.(email);
    if (error) return Promise.reject(error);
    return Promise.resolve(`${taken.push([email, number])}`);
  };
  const report = (what: string) => reported.push(what);
  await sendOutgoing({ db, sendEmail, now: () => at, report });
  return { taken, reported };
}

onEachDatabase("what is queued twice is sent once, as it was written", async (db) => {
  await setStage(db);
  equal(await queue(db), true);
  equal(await queue(db), true);
  deepEqual((await sendAt(db, monday)).taken, [[email, 1]]);
  deepEqual((await sendAt(db, monday + day)).taken, []);
  await cleanUp(db, { now: monday + day, before: monday + 1 });
  deepEqual(await db.query.outgoing.findMany(), []);
});

onEachDatabase("nobody fills the queue, and nobody's email passes for another's", async (db) => {
  await setStage(db);
  equal(await queue(db, "CB-1"), true);
  equal(await queue(db, "CB-1", "ben"), false);
  equal(await queue(db, "CB-2"), true);
  equal(await queue(db, "CB-3"), false);
  equal(await queue(db, "CB-3", "ben"), true);
  equal(await queue(db, "CB-4", "ada", monday + day), true);
});

onEachDatabase(
  "an email that nobody takes waits ever longer, and keeps no other waiting",
  async (db) => {
    await setStage(db);
    await queue(db, "CB-1");
    await queue(db, "CB-2");
    const busy = ({ id }: Email) => id === "CB-1" ? new TemporaryFailure("try later") : null;
    deepEqual((await sendAt(db, monday, busy)).taken.map(([{ id }]) => id), ["CB-2"]);
    // Up to a fifth earlier than twice as late.
    deepEqual((await sendAt(db, monday + 0.8 * minute - 1)).taken, []);
    await sendAt(db, monday + minute, busy);
    await cleanUp(db, { now: monday, before: monday + 1 });
    deepEqual((await sendAt(db, monday + 2.6 * minute - 1)).taken, []);
    deepEqual((await sendAt(db, monday + 3 * minute)).taken, [[email, 3]]);
  },
);

onEachDatabase(
  "an email that nobody will ever take is given up, and the operator hears of it",
  async (db) => {
    await setStage(db);
    await queue(db);
    const refused = () => new PermanentFailure("no such mailbox");
    deepEqual((await sendAt(db, monday, refused)).reported, ["email CB-1"]);
    deepEqual((await sendAt(db, monday + day)).taken, []);
    match(JSON.stringify(await db.query.outgoing.findMany()), /"failed".*no such mailbox/);
  },
);

onEachDatabase("what a process claimed that died is sent when its lease is over", async (db) => {
  await setStage(db);
  await queue(db);
  const fault = () => new Error("the process died");
  deepEqual((await sendAt(db, monday, fault)).reported, ["email CB-1"]);
  deepEqual((await sendAt(db, monday + lease - 1)).taken, []);
  deepEqual((await sendAt(db, monday + lease)).taken, [[email, 2]]);
});
