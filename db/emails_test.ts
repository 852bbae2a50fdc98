import { deepEqual, equal } from "node:assert/strict";
import type { EmailContent } from "../domain/compose.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import { type ClaimedEmail, claimEmails, postpone, releaseEmails } from "./claims.ts";
import type { Database } from "./client.ts";
import { cancelEmail, giveUp, markFailed, markSent, narrowEmail } from "./emails.ts";
import { muteNotification } from "./notification_actions.ts";
import { loadForSending } from "./readers.ts";
import { emails } from "./schema.ts";

const lease = 10 * minute;
const content: EmailContent = {
  reasons: [{ id: 1, sentence: "Source Delivered, immediately" }],
  items: [{ seq: 1, reasons: [0] }, { seq: 2, reasons: [0] }],
};

/** Queues emails for Ada, one a minute from Monday on. */
async function queue(db: Database, ids: string[]): Promise<void> {
  const rows = ids.map((id, index) => ({
    ...{ id, userId: "ada", frequency: "immediately" as const, window: 2 + index, content },
    ...{ lastSeq: 2 + index, composedAt: monday, sendAt: monday + index * minute },
  }));
  await db.insert(emails).values(rows);
}

async function email(db: Database, id: string) {
  return (await db.query.emails.findFirst({ where: (email, { eq }) => eq(email.id, id) }))!;
}

const idsOf = (claimed: ClaimedEmail[]) => claimed.map(({ id }) => id).sort();

onEachDatabase("two claimers never get the same email until its lease is over", async (db) => {
  await setStage(db);
  const ids = Array.from({ length: 40 }, (_, index) => `email-${index + 10}`);
  await queue(db, ids);
  const later = monday + hour;
  const claims = await Promise.all(
    Array.from({ length: 5 }, () => claimEmails(db, { now: later, lease, limit: 7 })),
  );
  deepEqual(claims.map(({ length }) => length), [7, 7, 7, 7, 7]);
  // Who waited longest goes first.
  deepEqual(idsOf(claims.flat()), ids.slice(0, 35));
  const rest = await claimEmails(db, { now: later + lease - 1, lease, limit: 100 });
  deepEqual(idsOf(rest), ids.slice(35));
  const again = await claimEmails(db, { now: later + lease, lease, limit: 100 });
  deepEqual(idsOf(again), ids.slice(0, 35));
  deepEqual([...new Set(again.map(({ attempts }) => attempts))], [2]);
  const { id: _, ...first } = again[0]!;
  deepEqual(first, {
    ...{ userId: "ada", frequency: "immediately", content, composedAt: monday, attempts: 2 },
    ...{ problem: null, failingSince: null, leasedUntil: later + 2 * lease },
  });
});

onEachDatabase("nothing is claimed before its time or after its end", async (db) => {
  await setStage(db);
  await queue(db, ["sent", "failed", "canceled", "waiting", "later"]);
  const sent = { subject: "2 moved on", name: "Ada", zone: "UTC", account: "Lumen" };
  await markSent(db, [{ id: "sent", providerId: "<1@provider>", sent, deliverBy: null }], monday);
  const claim = (id: string, minutes: number) => ({
    ...{ id, userId: "ada", leasedUntil: monday + minutes * minute },
  });
  const failed = claim("failed", 1);
  await markFailed(db, failed, { problem: "no such mailbox", addressFailedAt: monday });
  await markFailed(db, failed, { problem: "no such mailbox", addressFailedAt: monday + hour });
  await cancelEmail(db, claim("canceled", 2), { problem: "nothing in it is wanted any more" });
  const paused = { at: monday + 2 * hour, problem: "mail is paused" };
  equal(await postpone(db, claim("later", 4), paused), true);
  equal(await postpone(db, claim("sent", 0), { at: monday, problem: "too late" }), false);
  equal(await cancelEmail(db, claim("sent", 0), { problem: "too late" }), false);

  deepEqual(idsOf(await claimEmails(db, { now: monday + hour, lease, limit: 9 })), ["waiting"]);
  deepEqual(idsOf(await claimEmails(db, { now: monday + 2 * hour, lease, limit: 9 })), [
    "later",
    "waiting",
  ]);
  const { state, sentAt, providerId, problem, content: told } = await email(db, "sent");
  deepEqual([state, sentAt, providerId, problem], ["sent", monday, "<1@provider>", null]);
  deepEqual(told, { ...content, sent });
  equal((await email(db, "failed")).problem, "no such mailbox");
  equal((await email(db, "canceled")).state, "canceled");
  const ada = await db.query.users.findFirst({ where: (user, { eq }) => eq(user.id, "ada") });
  // The address failed when it failed first.
  equal(ada!.addressFailedAt, monday);
});

onEachDatabase("taking something back makes whoever composes look again", async (db) => {
  await setStage(db);
  await queue(db, ["narrowed", "canceled"]);
  const turns = async () => {
    const accounts = await db.query.accounts.findMany({ orderBy: (account) => account.id });
    return accounts.map(({ turn }) => turn);
  };
  const [claimed] = await claimEmails(db, { now: monday, lease, limit: 1 });
  const less = { ...content, items: content.items.slice(0, 1) };
  equal(await narrowEmail(db, claimed!, { content: less }), true);
  const narrowed = await email(db, "narrowed");
  deepEqual([narrowed.lastSeq, narrowed.window], [1, 1]);
  deepEqual(narrowed.content.items, [{ seq: 1, reasons: [0] }]);
  deepEqual(await turns(), [1, 0, 0]);
  const canceled = { id: "canceled", userId: "ada", leasedUntil: monday + minute };
  await cancelEmail(db, canceled, { problem: "the user was deactivated" });
  deepEqual(await turns(), [2, 0, 0]);
});

onEachDatabase(
  "whoever stood still for longer than the lease changes nothing for who has it now",
  async (db) => {
    await setStage(db);
    await queue(db, ["email"]);
    const [first] = await claimEmails(db, { now: monday, lease, limit: 1 });
    await claimEmails(db, { now: monday + lease, lease, limit: 1 });
    const before = await email(db, "email");
    const problem = "said too late";
    const late = { at: monday, problem };
    equal(await postpone(db, first!, late), false);
    equal(await cancelEmail(db, first!, { problem }), false);
    equal(await narrowEmail(db, first!, { content: content }), false);
    await markFailed(db, first!, { problem, addressFailedAt: null });
    await giveUp(db, first!, { successor: "another", problem, now: monday });
    await releaseEmails(db, [first!], monday);
    deepEqual(await email(db, "email"), before);
    equal(await email(db, "another"), undefined);
  },
);

onEachDatabase("sending knows its readers and events as they are now, in one look", async (db) => {
  const { ask, happen } = await setStage(db);
  const open = await ask("ada", "daily");
  const muted = await ask("ada", "weekly");
  await muteNotification(db, "ada", muted, monday);
  await happen("SR-1");
  await queue(db, ["email"]);
  const claimed = await claimEmails(db, { now: monday, lease, limit: 9 });
  const trips = countRoundTrips(db);
  const { readers, events } = await loadForSending(db, claimed);
  equal(trips.count, 1);
  const { notifications, settings, ...reader } = readers.get("ada")!;
  equal(settings, (await db.query.accounts.findFirst())!.settingsVersion);
  deepEqual(reader, {
    ...{
      id: "ada",
      name: "Ada Byrne",
      email: "ada@lumen.example",
      zone: "UTC",
      quietFrom: null,
      quietUntil: null,
    },
    roles: ["master-content-partner-operations"],
    ...{ pausedUntil: null, addressFailedAt: null, deactivatedAt: null },
    account: { id: "lumen", name: "Lumen Pictures" },
  });
  deepEqual(notifications.map(({ id }) => id), [open]);
  // Event 2 left the log.
  deepEqual([...events.keys()], [1]);
  equal(events.get(1)!.subject, "SR-1");
});
