import { deepEqual } from "node:assert/strict";
import { deactivateUser, reactivateUser } from "../db/deactivation.ts";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { muteNotification, unmuteNotification } from "../db/notification_actions.ts";
import { updateNotification } from "../db/notifications.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage, type Stage } from "../e2e/stage.ts";

// What quiet hours do to immediate mail. It is Monday, midnight, and Ada's are from 22:00 to 07:00.

const at7 = monday + 7 * hour;
const delivered = "source-request.delivered";
const told = (...subjects: string[]) => ({ to: "ada", frequency: "immediately", subjects });
const utc = { zone: "UTC", digestHour: 6, digestWeekday: 1 };
const failing = () => Promise.reject(new TemporaryFailure("not now"));

interface Night extends Stage {
  setQuietHours(from: number | null, until: number | null, now: number): Promise<void>;
}

function night(name: string, story: (night: Night) => Promise<void>): void {
  onEachDatabase(name, async (db) => {
    const setQuietHours = (quietFrom: number | null, quietUntil: number | null, now: number) =>
      setMailTimes(db, "ada", { ...utc, quietFrom, quietUntil }, now);
    const stage = await setStage(db);
    await setQuietHours(22, 7, monday);
    await story({ ...stage, setQuietHours });
  });
}

night(
  "immediate mail is held in quiet hours and sent as one at their end",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    deepEqual(await sweepAt(monday + minute), []);
    await happen("SR-2");
    deepEqual(await sweepAt(monday + 3 * hour), []);
    deepEqual(await sweepAt(at7 - 1), []);
    deepEqual(await sweepAt(at7), [told("SR-1", "SR-2")]);
    deepEqual(await sweepAt(at7 + minute), []);
  },
);

night(
  "by day immediate mail comes as it happens, one email for each event",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday + minute);
    await sweepAt(at7);
    await happen("SR-2");
    await happen("SR-3");
    // Emails are handed over side by side, in any order.
    deepEqual(new Set(await sweepAt(at7 + minute)), new Set([told("SR-2"), told("SR-3")]));
    await happen("SR-4");
    deepEqual(await sweepAt(monday + 22 * hour), []);
    deepEqual(await sweepAt(at7 + day), [told("SR-4")]);
  },
);

night("quiet hours are one person's alone", async ({ ask, happen, sweepAt }) => {
  await ask("ada", "immediately");
  await ask("ben", "immediately");
  await ask("sam", "immediately");
  await happen("SR-1");
  deepEqual((await sweepAt(monday + minute)).map(({ to }) => to).sort(), ["ben", "sam"]);
  await happen("SR-2");
  deepEqual((await sweepAt(monday + hour)).map(({ to }) => to).sort(), ["ben", "sam"]);
  deepEqual(await sweepAt(at7), [told("SR-1", "SR-2")]);
});

night(
  "digests keep their hours, and what one of them tells is not told again",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await ask("ada", "daily");
    await ask("ada", "immediately", { type: "source-request.accepted" });
    await happen("SR-1");
    await sweepAt(monday + minute);
    await happen("SR-2", "source-request.accepted");
    const daily = { to: "ada", frequency: "daily", subjects: ["SR-1"] };
    deepEqual(await sweepAt(monday + 6 * hour), [daily]);
    deepEqual(await sweepAt(at7), [told("SR-2")]);
  },
);

night(
  "a digest tells what is held even where nobody looked since it happened",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await ask("ada", "daily");
    await sweepAt(monday + 5 * hour);
    await happen("SR-1");
    const daily = { to: "ada", frequency: "daily", subjects: ["SR-1"] };
    deepEqual(await sweepAt(monday + 6 * hour), [daily]);
    deepEqual(await sweepAt(at7), []);
  },
);

night(
  "an email that was queued before quiet hours waits until their end",
  async ({ ask, happen, sweepAt, summary }) => {
    await ask("ada", "immediately");
    await sweepAt(monday + 21 * hour);
    await happen("SR-1");
    await sweepAt(monday + 22 * hour - 1, failing);
    deepEqual(await sweepAt(monday + 22 * hour + minute), []);
    deepEqual(summary().postponed, 1);
    deepEqual(await sweepAt(monday + 23 * hour), []);
    deepEqual(summary().postponed, 0);
    deepEqual(await sweepAt(at7 + day), [told("SR-1")]);
  },
);

night("a digest that was queued does not wait", async ({ ask, happen, sweepAt }) => {
  await ask("ada", "daily");
  await happen("SR-1");
  await sweepAt(monday + 6 * hour, failing);
  const daily = { to: "ada", frequency: "daily", subjects: ["SR-1"] };
  deepEqual(await sweepAt(monday + 6 * hour + minute), [daily]);
});

night(
  "what is muted while it is held stays untold",
  async ({ db, ask, happen, sweepAt }) => {
    const muted = await ask("ada", "immediately");
    const briefly = await ask("ada", "immediately", { type: "source-request.accepted" });
    await happen("SR-1");
    await happen("SR-2", "source-request.accepted");
    await sweepAt(monday + minute);
    await muteNotification(db, "ada", muted, monday + minute);
    await muteNotification(db, "ada", briefly, monday + minute);
    await unmuteNotification(db, "ada", briefly, monday + minute);
    await happen("SR-3", "source-request.accepted");
    deepEqual(await sweepAt(at7), [told("SR-3")]);
  },
);

night(
  "what is held follows its notification to another frequency",
  async ({ db, ask, happen, owner, sweepAt }) => {
    const id = await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday + minute);
    const change = { type: delivered, conditions: [], version: 1, now: monday + minute };
    await updateNotification(db, await owner("ada"), id, { ...change, frequency: "hourly" });
    const hourly = { to: "ada", frequency: "hourly", subjects: ["SR-1"] };
    deepEqual(await sweepAt(monday + hour), [hourly]);
    deepEqual(await sweepAt(at7), []);
  },
);

night(
  "what was pending elsewhere becomes immediate in the night, and waits for the morning",
  async ({ db, ask, happen, owner, sweepAt }) => {
    const id = await ask("ada", "weekly");
    await ask("ben", "immediately");
    await sweepAt(monday + 8 * hour);
    await happen("SR-1");
    await sweepAt(monday + 9 * hour);
    const now = monday + 23 * hour;
    const change = { type: delivered, conditions: [], version: 1, now };
    await updateNotification(db, await owner("ada"), id, { ...change, frequency: "immediately" });
    deepEqual(await sweepAt(now), []);
    deepEqual(await sweepAt(at7 + day), [told("SR-1")]);
  },
);

night(
  "shorter quiet hours release what is held, longer ones hold it on",
  async ({ ask, happen, sweepAt, setQuietHours }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday + minute);
    await setQuietHours(22, 9, monday + hour);
    deepEqual(await sweepAt(at7), []);
    await setQuietHours(22, 8, at7);
    deepEqual(await sweepAt(at7 + minute), []);
    deepEqual(await sweepAt(at7 + hour), [told("SR-1")]);
  },
);

night(
  "without quiet hours everything that they held comes at once, as one",
  async ({ ask, happen, sweepAt, setQuietHours }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    await happen("SR-2");
    await sweepAt(monday + minute);
    await setQuietHours(null, null, monday + hour);
    deepEqual(await sweepAt(monday + hour), [told("SR-1", "SR-2")]);
    await happen("SR-3");
    deepEqual(await sweepAt(monday + 2 * hour), [told("SR-3")]);
  },
);

night(
  "a queued email is released together with the quiet hours for which it waits",
  async ({ ask, happen, sweepAt, setQuietHours }) => {
    await ask("ada", "immediately");
    await sweepAt(monday + 21 * hour);
    await happen("SR-1");
    await sweepAt(monday + 22 * hour - 1, failing);
    await sweepAt(monday + 23 * hour);
    await setQuietHours(null, null, monday + 23 * hour);
    deepEqual(await sweepAt(monday + 23 * hour), [told("SR-1")]);
  },
);

night(
  "a morning that nobody swept ends in the next one: no mail comes late at night",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday + minute);
    deepEqual(await sweepAt(monday + 22 * hour), []);
    deepEqual(await sweepAt(at7 + day), [told("SR-1")]);
  },
);

night(
  "a pause that ends in quiet hours catches up at their end",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await ask("ada", "weekly", { type: "source-request.accepted" });
    await sweepAt(monday + 8 * hour);
    await pauseUser(db, "ada", monday + 2 * day, monday + 8 * hour);
    await happen("SR-1");
    await happen("SR-2", "source-request.accepted");
    deepEqual(await sweepAt(monday + 2 * day), []);
    deepEqual(await sweepAt(monday + 2 * day + hour), []);
    deepEqual(await sweepAt(at7 + 2 * day), [told("SR-1", "SR-2")]);
    deepEqual(await sweepAt(at7 + 7 * day), []);
  },
);

night(
  "a digest that comes first after a pause takes along what is held",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await ask("ada", "daily", { type: "source-request.accepted" });
    await pauseUser(db, "ada", monday + 2 * day, monday);
    await happen("SR-1");
    await happen("SR-2", "source-request.accepted");
    deepEqual(await sweepAt(monday + 2 * day), []);
    const daily = { to: "ada", frequency: "daily", subjects: ["SR-1", "SR-2"] };
    deepEqual(await sweepAt(monday + 2 * day + 6 * hour), [daily]);
    deepEqual(await sweepAt(at7 + 2 * day), []);
  },
);

night(
  "whose pause brought nothing is held like anybody else, and catches up with what came then",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await pauseUser(db, "ada", monday + day + 8 * hour, monday);
    deepEqual(await sweepAt(monday + day + 8 * hour), []);
    await sweepAt(monday + day + 22 * hour);
    await happen("SR-1");
    deepEqual(await sweepAt(monday + day + 23 * hour), []);
    deepEqual(await sweepAt(at7 + 2 * day), [told("SR-1")]);
  },
);

night(
  "whoever is deactivated while mail is held gets none of it, and returns without any",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday + minute);
    await deactivateUser(db, "lumen", "ada", monday + minute);
    deepEqual(await sweepAt(at7), []);
    await reactivateUser(db, "lumen", "ada", at7);
    await happen("SR-2");
    await happen("SR-3");
    // Emails are handed over side by side, in any order.
    deepEqual(new Set(await sweepAt(at7 + minute)), new Set([told("SR-2"), told("SR-3")]));
  },
);
