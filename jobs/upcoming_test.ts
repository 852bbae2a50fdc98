import { deepEqual } from "node:assert/strict";
import type { Database } from "../db/client.ts";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { loadPending } from "../db/pending.ts";
import type { EmailContent } from "../domain/compose.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";

// What the history promises is what the sweeps then send, when nothing else happens.

interface Promised {
  frequency: string;
  at: number;
  content: EmailContent;
}

const lumen = { id: "lumen", profile: "content" };

/** Ada's next emails, as the history shows them. */
async function promisedTo(db: Database, id: string, now: number): Promise<Promised[]> {
  const account = id === "sam" ? { id: "studio", profile: "studio" } : lumen;
  const { emails, events } = await loadPending(db, { id, account }, now);
  const told = new Set(emails.flatMap(({ content }) => content.items.map(({ seq }) => seq)));
  deepEqual(new Set(events.keys()), told);
  return emails.map(({ frequency, at, content }) => ({ frequency, at, content }));
}

/** What was composed for somebody at each of these instants, one sweep after the other. */
async function composedFor(
  { db, sweepAt }: Awaited<ReturnType<typeof setStage>>,
  id: string,
  instants: number[],
): Promise<Promised[]> {
  for (const at of instants) await sweepAt(at);
  const rows = await db.query.emails.findMany({
    where: (email, { eq }) => eq(email.userId, id),
    orderBy: (email) => email.composedAt,
  });
  return rows.map(({ frequency, composedAt, content: { sent: _, ...content } }) => ({
    ...{ frequency, at: composedAt, content },
  }));
}

onEachDatabase("what comes next is what then comes, of every frequency", async (db) => {
  const stage = await setStage(db);
  const { ask, happen } = stage;
  await ask("ada", "hourly", {
    conditions: [{ field: "content_type", op: "any", values: ["branded"] }],
  });
  await ask("ada", "daily");
  await ask("ada", "weekly", { type: "source-request.accepted" });
  await ask("ada", "daily", { type: "source-request.accepted" });
  await ask("sam", "weekly");
  await happen("SR-1", "source-request.delivered", { content_type: "branded" });
  await happen("SR-2");
  await happen("SR-3", "source-request.accepted");
  await happen("SR-4", "source-request.created");

  const now = monday + minute;
  const promised = await promisedTo(db, "ada", now);
  deepEqual(promised.map(({ frequency, at }) => [frequency, (at - monday) / hour]), [
    ["hourly", 1],
    ["daily", 8],
  ]);
  const sam = await promisedTo(db, "sam", now);
  deepEqual(
    await composedFor(stage, "ada", [...promised, ...sam].map(({ at }) => at)),
    promised,
  );
  deepEqual(await composedFor(stage, "sam", []), sam);
  deepEqual(await promisedTo(db, "ada", monday + day), []);
});

onEachDatabase("what comes immediately is promised at once, and singly", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.happen("SR-1");
  await stage.happen("SR-2");
  const promised = await promisedTo(db, "ada", monday);
  deepEqual(promised.length, 2);
  deepEqual(await composedFor(stage, "ada", [monday]), promised);
  await stage.happen("SR-3");
  deepEqual(
    (await promisedTo(db, "ada", monday + minute)).map(({ content }) => content.items.length),
    [
      1,
    ],
  );
});

onEachDatabase("a pause promises the one email that catches up", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "daily");
  await stage.ask("ada", "immediately", { type: "source-request.accepted" });
  const until = monday + 2 * day;
  await pauseUser(db, "ada", until, monday);
  await stage.happen("SR-1");
  await stage.happen("SR-2", "source-request.accepted");
  const promised = await promisedTo(db, "ada", monday + minute);
  deepEqual(promised.map(({ at }) => at), [until]);
  const sweeps = [monday + 8 * hour, monday + day, until];
  deepEqual(await composedFor(stage, "ada", sweeps), promised);
});

onEachDatabase("quiet hours promise the one email at their end", async (db) => {
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  const times = { zone: "UTC", digestHour: 8, digestWeekday: 1, quietFrom: 22, quietUntil: 7 };
  await setMailTimes(db, "ada", times, monday);
  await stage.happen("SR-1");
  await stage.happen("SR-2");
  const before = await promisedTo(db, "ada", monday + minute);
  deepEqual(before.map(({ at }) => at), [monday + 7 * hour]);
  await stage.sweepAt(monday + minute);
  deepEqual(await promisedTo(db, "ada", monday + 2 * minute), before);
  deepEqual(await composedFor(stage, "ada", [monday + hour, monday + 7 * hour]), before);
});

onEachDatabase("what is muted or was told is promised no more", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const id = await ask("ada", "daily");
  await ask("ada", "hourly", { type: "source-request.accepted" });
  await happen("SR-1");
  await happen("SR-2", "source-request.accepted");
  await sweepAt(monday + hour);
  await muteNotification(db, "ada", id, monday + hour);
  deepEqual(await promisedTo(db, "ada", monday + hour), []);
});
