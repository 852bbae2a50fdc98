import { deepEqual, equal, ok } from "node:assert/strict";
import { eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { deactivateUser } from "../db/deactivation.ts";
import { pauseUser } from "../db/digests.ts";
import { deleteNotification, muteNotification } from "../db/notification_actions.ts";
import { cleanUp } from "../db/retention.ts";
import { setRoles } from "../db/roles.ts";
import { users } from "../db/schema.ts";
import {
  type Email,
  NotAccepted,
  PermanentFailure,
  type SendEmail,
  TemporaryFailure,
} from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { composeAll } from "./compose.ts";
import { paced } from "./pace.ts";
import { lease } from "./queue.ts";
import { sendAll } from "./send.ts";

/** Sends what is queued as of an instant; resolves to what was sent, what became of all, and what was reported. */
async function sendAt(
  db: Database,
  now: number | (() => number),
  sendEmail?: SendEmail,
  stopping?: AbortSignal,
) {
  const sent: Email[] = [];
  const reported: [string, unknown][] = [];
  const record: SendEmail = (email, { asksOnly }) =>
    asksOnly
      ? Promise.reject(new NotAccepted())
      : Promise.resolve(`<${sent.push(email)}@provider>`);
  const counts = await sendAll({
    db,
    sendEmail: sendEmail ?? record,
    now: typeof now === "number" ? () => now : now,
    report: (what, error) => reported.push([what, error]),
    baseUrl: "https://callboard.example",
    mailDomain: "callboard.example",
    secretKey: "the secret of these tests, long enough",
    stopping,
  });
  return { sent, to: sent.map(({ to }) => to.split("@")[0]).sort(), counts, reported };
}

async function compose(db: Database, now: number): Promise<void> {
  const report = (_: string, error: unknown) => {
    throw error;
  };
  await composeAll(db, { now, report });
}

async function emails(db: Database) {
  return await db.query.emails.findMany({ orderBy: (email) => email.composedAt });
}

const nothing = { sent: 0, canceled: 0, postponed: 0, failed: 0 };

onEachDatabase("a temporary failure is tried again ever later, and sent once", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await compose(db, monday);
  const attempts: [id: string, number: number][] = [];
  const failing = (retryAfter?: number): SendEmail => ({ id }, { number }) => {
    attempts.push([id, number]);
    return Promise.reject(new TemporaryFailure("try later", retryAfter));
  };
  let now = monday;
  const waits: number[] = [];
  for (const retryAfter of [undefined, undefined, 60, 60, 7_200, undefined, undefined, 60]) {
    const { counts } = await sendAt(db, now, failing(retryAfter));
    deepEqual(counts, { ...nothing, postponed: 1 });
    const [email] = await emails(db);
    deepEqual([email!.state, email!.problem], ["queued", "try later"]);
    waits.push((email!.sendAt - now) / minute);
    deepEqual((await sendAt(db, email!.sendAt - 1)).counts, nothing);
    now = email!.sendAt;
  }
  // Up to a fifth less than twice as long, and never less than asked for.
  for (const [index, most] of [1, 2, 4, 8, 120, 32, 60, 60].entries()) {
    const least = [0.8, 1.6, 3.2, 6.4, 120, 25.6, 48, 48][index]!;
    ok(least <= waits[index]! && waits[index]! <= most, `${waits}`);
  }
  deepEqual(attempts.map(([, number]) => number), [1, 2, 3, 4, 5, 6, 7, 8]);
  const { sent, counts } = await sendAt(db, now);
  deepEqual(counts, { ...nothing, sent: 1 });
  deepEqual(new Set([...attempts.map(([id]) => id), sent[0]!.id]).size, 1);
  const [email] = await emails(db);
  deepEqual(
    [email!.state, email!.sentAt, email!.providerId, email!.problem],
    ["sent", now, "<1@provider>", null],
  );
  deepEqual((await sendAt(db, now + 30 * day)).counts, nothing);
});

onEachDatabase(
  "an address that takes no mail is written to no more, another one is",
  async (db) => {
    const { ask, happen } = await setStage(db);
    await ask("ada", "immediately");
    await ask("ben", "immediately");
    await happen("SR-1");
    await compose(db, monday);
    const refuse: SendEmail = ({ to }) =>
      Promise.reject(new PermanentFailure("refused", to.startsWith("ada")));
    deepEqual((await sendAt(db, monday, refuse)).counts, { ...nothing, failed: 2 });
    await happen("SR-2");
    await compose(db, monday + minute);
    const { to, counts } = await sendAt(db, monday + minute);
    deepEqual(to, ["ben"]);
    deepEqual(counts, { ...nothing, sent: 1, canceled: 1 });
    const users = await db.query.users.findMany({ orderBy: (user) => user.id });
    deepEqual(users.map(({ addressFailedAt }) => addressFailedAt), [monday, null, null]);
    const states = (await emails(db)).map(({ userId, state, problem }) => [userId, state, problem]);
    deepEqual(states.sort(), [
      ["ada", "canceled", "the address takes no mail"],
      ["ada", "failed", "refused"],
      ["ben", "failed", "refused"],
      ["ben", "sent", null],
    ]);
  },
);

interface Meanwhile {
  name: string;
  change(db: Database, id: number): Promise<unknown>;
  state: "canceled" | "queued";
  problem: string | null;
}

const unwanted = { state: "canceled", problem: "nothing in it is wanted any more" } as const;

/** What may happen between composing and sending, and what then becomes of the email. */
const meanwhile: Meanwhile[] = [
  {
    name: "its notification was muted",
    change: (db, id) => muteNotification(db, "ada", id, monday),
    ...unwanted,
  },
  {
    name: "its notification was deleted",
    change: (db, id) => deleteNotification(db, "ada", id, monday),
    ...unwanted,
  },
  {
    name: "its reader lost the role",
    change: (db) => setRoles(db, "ada", ["account-admin"], monday),
    ...unwanted,
  },
  {
    name: "its reader was deactivated",
    change: (db) => deactivateUser(db, "lumen", "ada", monday),
    ...{ state: "canceled", problem: "the user was deactivated" },
  },
  {
    name: "its reader paused",
    change: (db) => pauseUser(db, "ada", monday + day, monday),
    ...{ state: "queued", problem: null },
  },
  // The last two again, where the email itself was not reached: it was composed a moment too late.
  {
    name: "its reader had just been deactivated",
    change: (db) => db.update(users).set({ deactivatedAt: monday }).where(eq(users.id, "ada")),
    ...{ state: "canceled", problem: "the user was deactivated" },
  },
  {
    name: "its reader had just paused",
    change: (db) => db.update(users).set({ pausedUntil: monday + day }).where(eq(users.id, "ada")),
    ...{ state: "queued", problem: "mail is paused" },
  },
];

for (const { name, change, state, problem } of meanwhile) {
  onEachDatabase(`an email is not sent where ${name}`, async (db) => {
    const { ask, happen } = await setStage(db);
    const id = await ask("ada", "immediately");
    await ask("ben", "immediately");
    await happen("SR-1");
    await compose(db, monday);
    await change(db, id);
    deepEqual((await sendAt(db, monday)).to, ["ben"]);
    deepEqual((await sendAt(db, monday + hour)).to, []);
    const [email] = (await emails(db)).filter(({ userId }) => userId === "ada");
    deepEqual([email!.state, email!.problem], [state, problem]);
    deepEqual((await sendAt(db, monday + day)).to, state === "queued" ? ["ada"] : []);
  });
}

onEachDatabase("of an email only what is still wanted leaves", async (db) => {
  const { ask, happen } = await setStage(db);
  const muted = await ask("ada", "daily");
  await ask("ada", "daily", { type: "source-request.accepted" });
  await happen("SR-1", "source-request.accepted");
  await happen("SR-2");
  await compose(db, monday + 8 * hour);
  await muteNotification(db, "ada", muted, monday + 8 * hour);
  const { sent } = await sendAt(db, monday + 8 * hour);
  equal(sent.length, 1);
  ok(sent[0]!.text.includes("SR-1") && !sent[0]!.text.includes("SR-2"));
  const [email] = await emails(db);
  deepEqual(email!.content.items.map(({ seq }) => seq), [1]);
});

onEachDatabase("the email after a pause says that it tells what happened meanwhile", async (db) => {
  const { ask, happen, waitUntil } = await setStage(db);
  await ask("ada", "immediately");
  await pauseUser(db, "ada", monday + day, monday);
  await happen("SR-1");
  await compose(db, monday + day);
  const [caughtUp] = (await sendAt(db, monday + day)).sent;
  equal(
    caughtUp!.text.split("\n")[0],
    "While your mail was paused: The source was delivered: SR-1",
  );
  ok(caughtUp!.html.includes("While your mail was paused: "));

  waitUntil(monday + 2 * day);
  await happen("SR-2");
  await compose(db, monday + 2 * day);
  const [next] = (await sendAt(db, monday + 2 * day)).sent;
  ok(!next!.text.includes("paused"));
});

onEachDatabase("a pause in which nothing happened is not spoken of afterwards", async (db) => {
  const { ask, happen, waitUntil } = await setStage(db);
  await ask("ada", "immediately");
  await pauseUser(db, "ada", monday + day, monday);
  await compose(db, monday + day);
  waitUntil(monday + 3 * day);
  await happen("SR-1");
  await compose(db, monday + 3 * day);
  const [email] = (await sendAt(db, monday + 3 * day)).sent;
  ok(email!.text.includes("SR-1") && !email!.text.includes("paused"));
});

onEachDatabase("one email's trouble is reported, and holds nobody else's back", async (db) => {
  const { ask, happen } = await setStage(db);
  for (const user of ["ada", "ben", "sam"]) await ask(user, "immediately");
  await happen("SR-1");
  await compose(db, monday);
  const delivered: string[] = [];
  const stumble: SendEmail = ({ to }) => {
    if (to.startsWith("ada")) throw new TypeError("nobody expected this");
    return Promise.resolve(`${delivered.push(to)}`);
  };
  const { counts, reported } = await sendAt(db, monday, stumble);
  deepEqual(counts, { ...nothing, sent: 2, postponed: 1 });
  equal(delivered.length, 2);
  const ada = (await emails(db)).find(({ userId }) => userId === "ada")!;
  deepEqual(reported.map(([what, error]) => [what, String(error)]), [
    [`email ${ada.id}`, "TypeError: nobody expected this"],
  ]);
  deepEqual((await sendAt(db, monday + lease - 1)).to, []);
  deepEqual((await sendAt(db, monday + lease)).to, ["ada"]);
});

onEachDatabase("an email whose events have all left the log is not sent", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await ask("ada", "immediately", { type: "source-request.accepted" });
  await happen("SR-1");
  await compose(db, monday);
  await cleanUp(db, { now: monday + day, before: monday + day });
  deepEqual((await sendAt(db, monday + day)).counts, { ...nothing, canceled: 1 });
  await happen("SR-2");
  await compose(db, monday + day);
  deepEqual((await sendAt(db, monday + 2 * day)).to, ["ada"]);
  equal((await emails(db))[0]!.problem, "its events are older than the retention, or damaged");
});

onEachDatabase(
  "after 48 hours an email is given up, and what it tells comes by another",
  async (db) => {
    const { ask, happen } = await setStage(db);
    await ask("ada", "immediately");
    await happen("SR-1");
    await compose(db, monday);
    const failing: SendEmail = () => Promise.reject(new TemporaryFailure("Mailgun answered 503"));
    await sendAt(db, monday, failing);
    await sendAt(db, monday + 47 * hour, failing);
    const [before] = await emails(db);
    deepEqual([before!.state, before!.failingSince], ["queued", monday]);

    // The provider is asked, and does not know it.
    const asked: [string, unknown][] = [];
    const asking: SendEmail = ({ id }, { asksOnly }) => {
      asked.push([id, asksOnly]);
      return Promise.reject(asksOnly ? new NotAccepted() : new TemporaryFailure("try later"));
    };
    const { counts } = await sendAt(db, monday + 49 * hour, asking);
    deepEqual(counts, { ...nothing, failed: 1, postponed: 1 });
    const [old, successor] = await emails(db);
    deepEqual([old!.state, old!.givenUpAt], ["canceled", monday + 49 * hour]);
    deepEqual(asked, [[old!.id, true], [successor!.id, undefined]]);
    deepEqual(successor!.content, old!.content);

    await compose(db, monday + 50 * hour);
    const { sent } = await sendAt(db, monday + 50 * hour);
    deepEqual(sent.map(({ id }) => id), [successor!.id]);
  },
);

onEachDatabase("an email that the provider turns out to have is not given up", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await compose(db, monday);
  await sendAt(db, monday, () => Promise.reject(new TemporaryFailure("Mailgun answered 503")));
  const { counts } = await sendAt(db, monday + 49 * hour, (email, { asksOnly }) => {
    equal(asksOnly, true);
    return Promise.resolve(`<${email.id}@provider>`);
  });
  deepEqual(counts, { ...nothing, sent: 1 });
  deepEqual((await emails(db)).map(({ state }) => state), ["sent"]);
});

onEachDatabase("whoever cannot be reached any more gets nothing in its place", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await compose(db, monday);
  await sendAt(db, monday, () => Promise.reject(new TemporaryFailure("Mailgun answered 503")));
  await deactivateUser(db, "lumen", "ada", monday + hour);
  await sendAt(db, monday + 49 * hour);
  deepEqual((await emails(db)).map(({ state, givenUpAt }) => [state, givenUpAt]), [
    ["canceled", null],
  ]);
});

onEachDatabase("whoever slept through its lease hands nothing over any more", async (db) => {
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await compose(db, monday);
  // The clock jumps, or the process sleeps, between the claim and the sending.
  let now = monday;
  const handedOver: number[] = [];
  const { counts } = await sendAt(db, () => {
    const at = now;
    now = monday + lease;
    return at;
  }, (_, { number }) => Promise.resolve(`${handedOver.push(number)}`));
  deepEqual(counts, { ...nothing, postponed: 1, sent: 1 });
  // Taken over, the provider is asked about the first attempt.
  deepEqual(handedOver, [2]);
});

onEachDatabase("no email leaves whose lease ran out while it waited for its turn", async (db) => {
  const { ask, happen } = await setStage(db);
  for (const user of ["ada", "ben", "sam"]) await ask(user, "immediately");
  await happen("SR-1");
  await compose(db, monday);
  let now = monday;
  const tooLate: unknown[] = [];
  const record: SendEmail = ({ id }, attempt) => {
    tooLate.push(attempt.isTooLate?.());
    return Promise.resolve(id);
  };
  // The first turn takes longer than a lease is of use.
  const slow = paced(record, 1, (work) =>
    setTimeout(() => {
      now = monday + lease - minute;
      work();
    }));
  deepEqual((await sendAt(db, () => now, slow)).counts, { ...nothing, sent: 1, postponed: 2 });
  deepEqual((await sendAt(db, monday + lease, record)).counts, { ...nothing, sent: 2 });
  deepEqual(tooLate, [false, false, false]);
});

onEachDatabase("many emails leave, each once, however many send at the same time", async (db) => {
  const { ask, happen } = await setStage(db);
  for (const user of ["ada", "ben", "sam"]) {
    for (const frequency of ["hourly", "daily", "weekly"] as const) await ask(user, frequency);
  }
  for (let hours = 1; hours <= 10; hours += 1) {
    await happen(`SR-${hours}`);
    await compose(db, monday + hours * hour);
  }
  const count = (await emails(db)).length;
  ok(count > 24, `${count}`);
  const senders = await Promise.all([1, 2, 3].map(() => sendAt(db, monday + day)));
  const sent = senders.flatMap(({ sent }) => sent.map(({ id }) => id));
  deepEqual([sent.length, new Set(sent).size], [count, count]);
});

onEachDatabase(
  "a process that is about to end sends what it began and lets go of the rest",
  async (db) => {
    const { ask, happen } = await setStage(db);
    await ask("ada", "immediately");
    for (let request = 1; request <= 120; request += 1) {
      await happen(`SR-${request}`);
      await compose(db, monday + request * minute);
    }
    const now = monday + 3 * hour;
    const stopping = new AbortController();
    const { counts: { sent } } = await sendAt(db, now, (email) => {
      stopping.abort();
      return Promise.resolve(`<${email.id}@provider>`);
    }, stopping.signal);
    ok(sent > 0 && sent < 120, `${sent}`);
    const left = (await emails(db)).filter(({ state }) => state === "queued");
    deepEqual([left.length, new Set(left.map(({ attempts }) => attempts))], [
      120 - sent,
      new Set([0]),
    ]);
    deepEqual((await sendAt(db, now)).counts, { ...nothing, sent: 120 - sent });
  },
);

onEachDatabase("whatever strange things an event says, its email is fit to be sent", async (db) => {
  const { ask, happen } = await setStage(db);
  const type = "source-request.redelivery-requested";
  await ask("ada", "daily", { type });
  const strange = ["a\u0000b", "\ud800", "]]>\r\n.\r\nBcc: everybody", "<script>", "\u202e"];
  for (const [index, summary] of strange.entries()) {
    const due = index % 2 ? "0000-01-01" : "9999-12-31T23:59:59-23:59";
    const url = `https://upstream.example/${encodeURIComponent(summary.toWellFormed())}`;
    await happen(`SR-${index}`, type, { summary, due, url, reason: "audio-sync", extra: summary });
  }
  await compose(db, monday + 8 * hour);
  const { sent, counts } = await sendAt(db, monday + 8 * hour);
  deepEqual(counts, { ...nothing, sent: 1 });
  const { subject, headers, text, html } = sent[0]!;
  for (const line of [subject, ...Object.keys(headers), ...Object.values(headers)]) {
    ok(!/\p{Cc}/u.test(line), JSON.stringify(line));
  }
  for (const body of [text, html]) {
    ok(body.isWellFormed());
    ok(!/\p{Cc}/u.test(body.replace(/[\r\n\t]/g, "")));
    for (const index of strange.keys()) ok(body.includes(`SR-${index}`));
  }
  ok(!html.includes("<script>"));
});
