import { deepEqual } from "node:assert/strict";
import { deactivateUser, reactivateUser } from "../db/deactivation.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "../db/notification_actions.ts";
import { updateNotification } from "../db/notifications.ts";
import { pauseUser } from "../db/digests.ts";
import { setRoles } from "../db/roles.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage, type Stage } from "../e2e/stage.ts";
import type { Frequency } from "../domain/catalogue.ts";
import { logText } from "../domain/errors.ts";

// What follows from the bookmark, row by row, at the level of the database and the sweep.

const at8 = monday + 8 * hour;
const toAda = (frequency: Frequency, ...subjects: string[]) => ({ to: "ada", frequency, subjects });

function row(name: string, story: (stage: Stage) => Promise<void>): void {
  onEachDatabase(name, async (db) => {
    await story(await setStage(db)).catch((error) => {
      throw new Error(logText(error), { cause: error });
    });
  });
}

row("a new notification hears of events from then on", async ({ ask, happen, sweepAt }) => {
  await happen("SR-1");
  await ask("ada", "immediately");
  await happen("SR-2");
  deepEqual(await sweepAt(monday + minute), [toAda("immediately", "SR-2")]);
  deepEqual(await sweepAt(monday + 2 * minute), []);
});

row(
  "a digest comes at the hour of the person, once, and never empty",
  async ({ ask, happen, sweepAt }) => {
    await ask("ada", "daily");
    await happen("SR-1");
    await happen("SR-2");
    deepEqual(await sweepAt(at8 - 1), []);
    deepEqual(await sweepAt(at8), [toAda("daily", "SR-1", "SR-2")]);
    deepEqual(await sweepAt(at8 + minute), []);
    deepEqual(await sweepAt(at8 + day), []);
  },
);

row(
  "edited conditions also apply to what was not told yet",
  async ({ db, ask, happen, owner, sweepAt }) => {
    const branded = { field: "content_type", op: "any" as const, values: ["branded"] };
    const id = await ask("ada", "daily", { conditions: [branded] });
    await happen("SR-1", undefined, { content_type: "branded" });
    await happen("SR-2", undefined, { content_type: "original" });
    const original = [{ ...branded, values: ["original"] }];
    const change = {
      type: "source-request.delivered",
      frequency: "daily" as const,
      version: 1,
      now: monday,
    };
    await updateNotification(db, await owner("ada"), id, { ...change, conditions: original });
    deepEqual(await sweepAt(at8), [toAda("daily", "SR-2")]);
  },
);

row(
  "a changed frequency loses nothing that was pending",
  async ({ db, ask, happen, owner, sweepAt }) => {
    const id = await ask("ada", "daily");
    await ask("ben", "immediately");
    await happen("SR-1");
    // Ben's email moves the account's dispatching past what Ada still waits for.
    deepEqual((await sweepAt(monday + minute)).map(({ to }) => to), ["ben"]);
    const change = { type: "source-request.delivered", conditions: [], now: monday + minute };
    await updateNotification(db, await owner("ada"), id, {
      ...change,
      frequency: "immediately",
      version: 1,
    });
    deepEqual(await sweepAt(monday + 2 * minute), [toAda("immediately", "SR-1")]);
    await updateNotification(db, await owner("ada"), id, {
      ...change,
      frequency: "weekly",
      version: 2,
    });
    await happen("SR-2");
    deepEqual((await sweepAt(monday + 3 * minute)).map(({ to }) => to), ["ben"]);
    deepEqual(await sweepAt(at8), [toAda("weekly", "SR-2")]);
  },
);

row("muted means silence, and unmuting brings no flood", async ({ db, ask, happen, sweepAt }) => {
  const id = await ask("ada", "daily");
  await happen("SR-1");
  await muteNotification(db, "ada", id, monday);
  await happen("SR-2");
  deepEqual(await sweepAt(at8), []);
  await happen("SR-3");
  await unmuteNotification(db, "ada", id, monday);
  await happen("SR-4");
  deepEqual(await sweepAt(at8 + day), [toAda("daily", "SR-4")]);
});

row(
  "after a pause the first email catches up with everything",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "immediately");
    await ask("ada", "daily", { type: "source-request.accepted" });
    await happen("SR-1");
    await pauseUser(db, "ada", monday + 3 * day, monday);
    await happen("SR-2");
    await happen("SR-3", "source-request.accepted");
    for (const later of [minute, 8 * hour, day, 2 * day]) {
      deepEqual(
        await sweepAt(monday + later),
        [],
      );
    }
    deepEqual(await sweepAt(monday + 3 * day), [toAda("immediately", "SR-1", "SR-2", "SR-3")]);
    deepEqual(await sweepAt(monday + 3 * day + 8 * hour), []);
  },
);

row("a pause that ends early catches up at once", async ({ db, ask, happen, sweepAt }) => {
  await ask("ada", "immediately");
  await pauseUser(db, "ada", monday + 3 * day, monday);
  await happen("SR-1");
  deepEqual(await sweepAt(monday + hour), []);
  await pauseUser(db, "ada", 0, monday + hour);
  deepEqual(await sweepAt(monday + hour), [toAda("immediately", "SR-1")]);
});

row(
  "what is deleted tells nothing more, not even what was pending",
  async ({ db, ask, happen, sweepAt }) => {
    const id = await ask("ada", "daily");
    await happen("SR-1");
    await deleteNotification(db, "ada", id, monday);
    await deleteNotification(db, "ada", id, monday);
    deepEqual(await sweepAt(at8), []);
  },
);

row(
  "whoever is deactivated gets nothing more, and after returning nothing old",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "daily");
    await happen("SR-1");
    await deactivateUser(db, "lumen", "ada", monday);
    await happen("SR-2");
    deepEqual(await sweepAt(at8), []);
    await reactivateUser(db, "lumen", "ada", at8);
    await happen("SR-3");
    deepEqual(await sweepAt(at8 + day), [toAda("daily", "SR-3")]);
  },
);

row(
  "a lost role takes its mail along, and a regained one starts afresh",
  async ({ db, ask, happen, sweepAt }) => {
    await ask("ada", "daily");
    await happen("SR-1");
    await setRoles(db, "ada", ["account-admin"], monday);
    await happen("SR-2");
    deepEqual(await sweepAt(at8), []);
    await setRoles(db, "ada", ["master-content-partner-operations"], at8);
    await happen("SR-3");
    deepEqual(await sweepAt(at8 + day), [toAda("daily", "SR-3")]);
  },
);

row(
  "an event that several notifications want is told once, at the fastest, with every reason",
  async ({ db, ask, happen, sweepAt }) => {
    const fast = await ask("ada", "immediately");
    const slow = await ask("ada", "daily");
    await happen("SR-1");
    deepEqual(await sweepAt(monday + minute), [toAda("immediately", "SR-1")]);
    deepEqual(await sweepAt(at8), []);
    const [email] = await db.query.emails.findMany();
    deepEqual(email!.content.reasons.map(({ id }) => id), [fast, slow]);
  },
);

row(
  "what a muted notification queued goes back to the one that still wants it",
  async ({ db, ask, happen, sweepAt }) => {
    const fast = await ask("ada", "immediately");
    await ask("ada", "daily");
    await happen("SR-1");
    const { TemporaryFailure } = await import("../domain/email.ts");
    await sweepAt(monday + minute, () => Promise.reject(new TemporaryFailure("not now")));
    await muteNotification(db, "ada", fast, monday + minute);
    deepEqual(await sweepAt(monday + hour), []);
    deepEqual(await sweepAt(at8), [toAda("daily", "SR-1")]);
  },
);

row(
  "the studio hears of every account's events, and nobody else does",
  async ({ ask, happen, sweepAt }) => {
    await ask("sam", "immediately");
    await ask("ada", "immediately");
    await ask("ben", "daily");
    await happen("SR-1", undefined, { accounts: ["meridian-post"] });
    deepEqual(await sweepAt(monday + minute), [{
      to: "sam",
      frequency: "immediately",
      subjects: ["SR-1"],
    }]);
    deepEqual(await sweepAt(at8), []);
  },
);

row(
  "a colleague feels nothing of what the other one does",
  async ({ db, ask, happen, sweepAt }) => {
    const id = await ask("ada", "immediately");
    await ask("ben", "immediately");
    await muteNotification(db, "ada", id, monday);
    await happen("SR-1");
    deepEqual(await sweepAt(monday + minute), [{
      to: "ben",
      frequency: "immediately",
      subjects: ["SR-1"],
    }]);
  },
);
