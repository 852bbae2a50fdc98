import { deepEqual, equal, match } from "node:assert/strict";
import type { Database } from "../db/client.ts";
import { noteDelivery } from "../db/deliveries.ts";
import { loadOperations } from "../db/operations.ts";
import type { Delivery } from "../domain/email_states.ts";
import type { Email } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import { mail } from "./sweep.ts";

const deadline = "source-request.redelivery-requested";

/** Composes and sends as of an instant; resolves to what the provider took. */
async function mailAt(db: Database, now: number, webhookSigningKey?: string): Promise<Email[]> {
  const sent: Email[] = [];
  await mail({
    db,
    sendEmail: (email) => Promise.resolve(`${sent.push(email)}`),
    now: () => now,
    report: (_, error) => {
      throw error;
    },
    baseUrl: "https://callboard.example",
    mailDomain: "callboard.example",
    secretKey: "the secret of these tests, long enough",
    mail: { transport: "mailgun" },
    webhookSigningKey,
  });
  return sent;
}

async function tell(db: Database, emailId: string, delivery: Delivery, at: number) {
  await noteDelivery(db, { emailId, delivery, at }, { token: crypto.randomUUID(), now: at });
}

const overdueAt = async (db: Database, now: number) =>
  (await loadOperations(db, now)).overdue.emails;

onEachDatabase("what is not delivered in time is raised with the studio, once", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately", { type: deadline });
  await happen("SR-1", deadline);
  const [letter] = await mailAt(db, monday, "key");
  equal(await overdueAt(db, monday + 14 * minute), 0);
  deepEqual(await mailAt(db, monday + 14 * minute, "key"), []);

  await tell(db, letter!.id, "delayed", monday + 10 * minute);
  const [raised, ...more] = await mailAt(db, monday + 15 * minute, "key");
  deepEqual([raised!.to, more], ["sam@studio.example", []]);
  match(raised!.text, /1 email that tells of deadlines[^]*https:\/\/callboard.example\/operations/);
  equal(await overdueAt(db, monday + 15 * minute), 1);
  deepEqual(await mailAt(db, monday + 2 * hour, "key"), []);

  await tell(db, letter!.id, "delivered", monday + 3 * hour);
  equal(await overdueAt(db, monday + 3 * hour), 0);
});

onEachDatabase("what was delivered, or tells of no deadline, is not raised", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately", { type: deadline });
  await ask("ben", "immediately");
  await happen("SR-1", deadline);
  await happen("SR-2");
  const letters = await mailAt(db, monday, "key");
  equal(letters.length, 2);
  const { id } = letters.find(({ to }) => to.startsWith("ada"))!;
  await tell(db, id, "delivered", monday);
  deepEqual(await mailAt(db, monday + hour, "key"), []);
});

onEachDatabase("many that are late are one email an hour", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately", { type: deadline });
  const raised: string[] = [];
  for (let minutes = 0; minutes <= 90; minutes += 10) {
    if (minutes < 60) await happen(`SR-${minutes}`, deadline);
    const sent = await mailAt(db, monday + minutes * minute, "key");
    raised.push(...sent.filter(({ to }) => to.startsWith("sam")).map(({ subject }) => subject));
  }
  deepEqual(raised, [
    "Not delivered in time: 1 email that tells of deadlines",
    "Not delivered in time: 5 emails that tell of deadlines",
  ]);
});

onEachDatabase(
  "delivery that is told before we noted the sending is not waited for",
  async (db) => {
    const { ask, happen } = await setStage(db);
    await ask("ada", "immediately", { type: deadline });
    await happen("SR-1", deadline);
    await mail({
      db,
      sendEmail: async ({ id }) => {
        await tell(db, id, "delivered", monday);
        return "taken";
      },
      now: () => monday,
      report: (_, error) => {
        throw error;
      },
      ...{ baseUrl: "https://callboard.example", mailDomain: "callboard.example" },
      secretKey: "the secret of these tests, long enough",
      ...{ mail: { transport: "mailgun" as const }, webhookSigningKey: "key" },
    });
    equal(await overdueAt(db, monday + hour), 0);
  },
);

onEachDatabase("where nobody tells what was delivered, nothing is raised", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately", { type: deadline });
  await happen("SR-1", deadline);
  equal((await mailAt(db, monday)).length, 1);
  deepEqual(await mailAt(db, monday + hour, "key"), []);
});
