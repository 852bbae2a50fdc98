import { deepEqual } from "node:assert/strict";
import { claimAccount } from "../db/account_claims.ts";
import type { Database } from "../db/client.ts";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { type Listeners, rememberListeners } from "../db/listeners.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { undoChange } from "../db/undo.ts";
import { NotAccepted, type SendEmail, TemporaryFailure } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage, sweepOn } from "../e2e/stage.ts";
import { composeAll } from "./compose.ts";
import { dispatchPages } from "./dispatch.ts";
import type { At } from "./pages.ts";
import { sendAll } from "./send.ts";

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

onEachDatabase(
  "whoever was held when their account was compiled hears of what happens after it",
  async (db) => {
    const stage = await setStage(db);
    const at7 = monday + 7 * hour;
    const times = { zone: "UTC", digestHour: 6, digestWeekday: 1, quietFrom: 22, quietUntil: 7 };
    await setMailTimes(db, "ada", times, monday);
    await stage.ask("ada", "immediately");
    await stage.happen("SR-1");
    // This process finds the account open, and compiles it when the other has held all who listen there.
    const listeners = rememberListeners(db);
    const late: At & { listeners: Listeners } = { now: monday, setAside: fail, listeners };
    await composeAll(db, { now: monday, report: fail });
    await dispatchPages(db, ["lumen"], late);
    deepEqual((await stage.sweepAt(at7)).length, 1);
    await stage.happen("SR-2");
    await composeAll(db, { now: at7, report: fail, listeners });
    deepEqual((await stage.sweepAt(at7)).map(({ subjects }) => subjects), [["SR-2"]]);
  },
);

/** Sends what waits on Monday, midnight, after `meanwhile` where an email is about to be handed over; resolves to whom it was handed. */
async function sendMeanwhile(db: Database, meanwhile: () => Promise<unknown> = async () => {}) {
  const to: string[] = [];
  const parts = { now: () => monday, baseUrl: "https://callboard.example", report: fail };
  const secrets = { mailDomain: "callboard.example", secretKey: "s".repeat(32) };
  await sendAll({
    ...{ db, ...parts, ...secrets },
    sendEmail: async (email) => {
      await meanwhile();
      return `${to.push(email.to)}`;
    },
  });
  return to;
}

onEachDatabase("whoever ends a pause while an email is on its way gets it once", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.happen("SR-1");
  await composeAll(db, { now: monday, report: fail });
  const others: string[] = [];
  const to = await sendMeanwhile(db, async () => {
    await pauseUser(db, "ada", monday + hour, monday);
    await pauseUser(db, "ada", monday, monday);
    others.push(...await sendMeanwhile(db));
  });
  deepEqual([to, others], [["ada@lumen.example"], []]);
});

/** Lets something happen once, right before statements of which one holds these words. */
function before({ $client: client }: Database, words: string, happen: () => Promise<unknown>) {
  const [batch, execute] = [client.batch.bind(client), client.execute.bind(client)];
  let isOver = false;
  const meanwhile = async (statements: unknown) => {
    if (isOver || !JSON.stringify(statements).includes(words)) return;
    isOver = true;
    await happen();
  };
  client.batch = async (...args) => {
    await meanwhile(args[0]);
    return await batch(...args);
  };
  client.execute = async (...args: Parameters<typeof client.execute>) => {
    await meanwhile(args[0]);
    return await execute(...args);
  };
}

onEachDatabase(
  "a mute that is undone while a sender has read it takes no event along",
  async (db) => {
    const stage = await setStage(db);
    const id = await stage.ask("ada", "immediately");
    await stage.happen("SR-1");
    await composeAll(db, { now: monday, report: fail });
    const change = await muteNotification(db, "ada", id, monday);
    const owner = await stage.owner("ada");
    before(db, "SET state = 'canceled'", () => undoChange(db, owner, change!, monday));
    deepEqual(await sendMeanwhile(db), ["ada@lumen.example"]);
  },
);

onEachDatabase("a pause that ends while a sender has read it keeps nothing waiting", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.happen("SR-1");
  await composeAll(db, { now: monday, report: fail });
  before(db, "account_name", () => pauseUser(db, "ada", monday + day, monday));
  before(db, "failing_since = coalesce", () => pauseUser(db, "ada", monday, monday));
  deepEqual(await sendMeanwhile(db), ["ada@lumen.example"]);
});

onEachDatabase("what a provider took and failed is not told again when it is muted", async (db) => {
  const stage = await setStage(db);
  const id = await stage.ask("ada", "immediately");
  await stage.ask("ada", "daily");
  await stage.happen("SR-1");
  const taken: string[] = [];
  const sendEmail: SendEmail = ({ id }, { number, asksOnly }) => {
    if (number > 1 && taken.includes(id)) return Promise.resolve(id);
    if (asksOnly) return Promise.reject(new NotAccepted());
    taken.push(id);
    return Promise.reject(new TemporaryFailure("Mailgun answered 500"));
  };
  await stage.sweepAt(monday, sendEmail);
  await muteNotification(db, "ada", id, monday);
  await stage.sweepAt(at8, sendEmail);
  deepEqual(taken.length, 1);
  deepEqual((await db.query.emails.findMany()).map(({ state }) => state), ["sent"]);
});

function fail(what: string | number, problem: unknown): never {
  throw new Error(`${what}`, { cause: problem });
}
