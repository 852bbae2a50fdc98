import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { AuditEntry } from "../domain/audit.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, monday, setStage } from "../e2e/stage.ts";
import { createApiKey, revokeApiKeys } from "./api_keys.ts";
import { byPage } from "./audit.ts";
import { searchAudit } from "./audit_entries.ts";
import type { Database } from "./client.ts";
import { deactivateUser, reactivateUser } from "./deactivation.ts";
import { deleteNotification, muteNotification, muteNotifications } from "./notification_actions.ts";
import { updateNotification } from "./notifications.ts";
import { resendEmail, retryEmail, takeBackEmail } from "./operations.ts";
import { resumeMail, stopMail } from "./deliveries.ts";
import { endOptOut } from "./opt_outs.ts";
import { cleanUp } from "./retention.ts";
import { changeRoles } from "./roles.ts";
import { undoChange } from "./undo.ts";

const by = byPage("ben");
const lumen = { id: "lumen", profile: "content" as const };

/** The entries, the oldest first, as [who, deed, of what, whose]. */
async function told(db: Database, account: string | null = null, query = "") {
  const entries = await searchAudit(db, account, { query, limit: 100 });
  return entries.reverse();
}

function inShort({ actor, deed, subject, person }: AuditEntry) {
  return [actor, deed, subject, person];
}

onEachDatabase(
  "every deed to a notification is told once, with what was before and after",
  async (db) => {
    const { ask, owner } = await setStage(db);
    const id = await ask("ada", "daily");
    const ada = await owner("ada");
    await updateNotification(db, ada, id, {
      ...{ type: "source-request.delivered", conditions: [], frequency: "weekly" },
      ...{ version: 1, now: monday },
    });
    const change = await muteNotification(db, "ada", id, monday);
    await muteNotification(db, "ada", id, monday + 1);
    await undoChange(db, ada, change!, monday + 2);
    await undoChange(db, ada, change!, monday + 3);
    await deleteNotification(db, "ada", id, monday + 4);

    const entries = await told(db);
    const deeds = ["created", "edited", "muted", "undone", "deleted"];
    deepEqual(
      entries.map(inShort),
      deeds.map((deed) => ["Ada Byrne", deed, "notification", "Ada Byrne"]),
    );
    const states = entries.map(({ before, after }) =>
      [before, after].map((state) => state && "type" in state && [state.frequency, state.mutedAt])
    );
    deepEqual(states, [
      [null, ["daily", null]],
      [["daily", null], ["weekly", null]],
      [["weekly", null], ["weekly", monday]],
      [["weekly", monday], ["weekly", null]],
      [["weekly", null], null],
    ]);
  },
);

onEachDatabase("what admins do to people is told once, with who did it", async (db) => {
  await setStage(db);
  await db.run(sql`UPDATE users SET roles = '["account-admin"]' WHERE id = 'ben'`);
  await changeRoles(db, lumen, "ada", {
    roles: ["content-partner-operations"],
    held: ["master-content-partner-operations"],
    ...{ by, now: monday },
  });
  for (const now of [monday, monday + 1]) await deactivateUser(db, "lumen", "ada", now, by);
  for (const now of [monday, monday + 1]) await reactivateUser(db, "lumen", "ada", now, by);
  const entries = await told(db);
  deepEqual(
    entries.map(inShort),
    ["roles changed", "deactivated", "reactivated"]
      .map((deed) => ["Ben Okoye", deed, "user", "Ada Byrne"]),
  );
  deepEqual(entries[0]!.before, { roles: ["master-content-partner-operations"] });
  deepEqual(entries[0]!.after, { roles: ["content-partner-operations"] });
});

onEachDatabase("keys and emails that were sent again are told as well", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await createApiKey(db, { name: "backlot" }, monday);
  await revokeApiKeys(db, "backlot", monday);
  await revokeApiKeys(db, "backlot", monday);
  await ask("ada", "immediately");
  await happen("SR-1");
  await sweepAt(monday);
  const [email] = await db.all<{ id: string }>(
    sql`UPDATE emails SET state = 'failed' RETURNING id`,
  );
  await resendEmail(db, email!.id, monday, byPage("sam"));
  deepEqual((await told(db)).map(inShort).filter(([, deed]) => deed !== "created"), [
    [null, "revoked", "api key", null],
    ["Sam Ortiz", "sent again", "email", "Ada Byrne"],
  ]);
  deepEqual((await told(db, null, "backlot created")).map(inShort), [
    [null, "created", "api key", null],
  ]);
});

onEachDatabase("what the studio does to an email is told once, with what it was", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  await sweepAt(monday);
  const [{ id }] = await db.all<{ id: string }>(
    sql`UPDATE emails SET state = 'queued' RETURNING id`,
  ) as [{ id: string }];
  await retryEmail(db, id, monday, byPage("sam"));
  await takeBackEmail(db, id, monday, byPage("sam"));
  await rejects(takeBackEmail(db, id, monday, byPage("sam")));
  await rejects(retryEmail(db, id, monday, byPage("sam")));
  const entries = (await told(db, null, "email")).map(({ actor, deed, before, after }) =>
    [actor, deed, before, after].flatMap((each) =>
      each && typeof each === "object" ? Object.values(each) : each
    )
  );
  deepEqual(entries, [
    ["Sam Ortiz", "tried at once", "queued", "queued"],
    ["Sam Ortiz", "taken back", "queued", "failed"],
  ]);
});

onEachDatabase(
  "mail that comes again, and what is unsubscribed from, are told once",
  async (db) => {
    const { ask, owner } = await setStage(db);
    const ids = [await ask("ada", "daily")];
    await stopMail(db, "ada", { at: monday, complained: false });
    for (const now of [monday, monday + 1]) await resumeMail(db, "lumen", "ada", { now, by });
    const several = { ids, optOut: "daily", via: "unsubscribe link" } as const;
    await muteNotifications(db, "ada", { ...several, now: monday + 2 });
    const { change } = await muteNotifications(db, "ada", { ...several, now: monday + 3 });
    await undoChange(db, await owner("ada"), change!, monday + 4, "unsubscribe link");
    await muteNotifications(db, "ada", { ...several, now: monday + 5 });
    const ended = { userId: "ada", optOut: "daily", via: "page" } as const;
    for (const at of [monday + 6, monday + 7]) await endOptOut(db, { ...ended, at });

    const entries = (await told(db)).filter(({ subject }) => subject === "user");
    deepEqual(entries.map(({ actor, via, deed }) => [actor, via, deed]), [
      ["Ben Okoye", "page", "mail resumed"],
      ["Ada Byrne", "unsubscribe link", "unsubscribed"],
      ["Ada Byrne", "unsubscribe link", "subscribed again"],
      ["Ada Byrne", "unsubscribe link", "unsubscribed"],
      ["Ada Byrne", "page", "subscribed again"],
    ]);
    deepEqual(entries[0]!.before, { state: "address failed" });
    deepEqual(entries[1]!.after, { state: "all daily mail" });
    deepEqual(entries[4]!.before, { state: "all daily mail" });
  },
);

onEachDatabase("an account sees its own entries, and a search finds every word", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "daily");
  await ask("sam", "daily");
  deepEqual((await told(db, "lumen")).map(({ person }) => person), ["Ada Byrne"]);
  equal((await told(db)).length, 2);
  deepEqual((await told(db, null, "ADA created")).map(({ person }) => person), ["Ada Byrne"]);
  deepEqual(await told(db, null, "ada muted"), []);
  deepEqual(await told(db, "lumen", "sam"), []);
});

onEachDatabase("nothing in the log is changed, and nothing goes before its time", async (db) => {
  const { ask } = await setStage(db);
  await ask("ada", "daily");
  await rejects(db.run(sql`UPDATE audit SET at = 0`));
  await rejects(db.run(sql`DELETE FROM audit`));
  await cleanUp(db, { now: monday + 2 * day, before: monday + day });
  equal((await told(db)).length, 1);
  await createApiKey(db, { name: "later" }, monday + 60 * day);
  await cleanUp(db, { now: monday + 60 * day, before: monday + 50 * day });
  deepEqual((await told(db)).map(({ subjectId }) => subjectId), ["later"]);
});

onEachDatabase("what does not happen is not told", async (db) => {
  await setStage(db);
  await rejects(changeRoles(db, lumen, "ada", { roles: [], held: [], by, now: monday }));
  await rejects(deactivateUser(db, "studio", "ada", monday, by));
  deepEqual(await told(db), []);
});
