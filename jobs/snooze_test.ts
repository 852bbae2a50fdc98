import { deepEqual, equal } from "node:assert/strict";
import { muteNotification, unmuteNotification } from "../db/notification_actions.ts";
import { updateNotification } from "../db/notifications.ts";
import { endSnoozes, snoozeNotification } from "../db/snoozes.ts";
import { loadNotifications } from "../db/panel.ts";
import { undoChange } from "../db/undo.ts";
import { TemporaryFailure } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage, type Stage } from "../e2e/stage.ts";
import { stored } from "../e2e/stored.ts";

// A snooze is a mute that ends by itself. Ada's lasts from Monday, midnight, to Tuesday, midnight.

const tuesday = monday + day;
const told = (frequency: string, ...subjects: string[]) => ({ to: "ada", frequency, subjects });

interface Snoozed extends Stage {
  /** Snoozes a notification of Ada's until Tuesday; resolves to the change. */
  snooze(id: number, until?: number): Promise<string | undefined>;
  unmute(id: number, now: number): Promise<unknown>;
}

function story(name: string, body: (stage: Snoozed) => Promise<void>): void {
  onEachDatabase(name, async (db) => {
    const stage = await setStage(db);
    const snooze = (id: number, until = tuesday) =>
      snoozeNotification(db, "ada", id, { until, now: monday });
    const unmute = (id: number, now: number) => unmuteNotification(db, "ada", id, now);
    await body({ ...stage, snooze, unmute });
  });
}

for (const frequency of ["immediately", "daily"] as const) {
  story(
    `while snoozed nothing comes, and afterwards only what is new (${frequency})`,
    async ({ ask, happen, snooze, sweepAt }) => {
      const id = await ask("ada", frequency);
      await ask("ben", "immediately");
      await happen("SR-1");
      await snooze(id);
      await happen("SR-2");
      const later = [8 * hour, day - minute];
      for (const at of later) {
        deepEqual((await sweepAt(monday + at)).filter(({ to }) => to === "ada"), []);
      }
      await sweepAt(tuesday);
      await happen("SR-3");
      const sent = await sweepAt(tuesday + 8 * hour);
      deepEqual(sent.filter(({ to }) => to === "ada"), [told(frequency, "SR-3")]);
    },
  );

  story(
    `what happens after its end is told even where nobody looked at its end (${frequency})`,
    async ({ ask, happen, snooze, sweepAt, waitUntil }) => {
      const id = await ask("ada", frequency);
      await ask("ada", frequency, { type: "source-request.accepted" });
      await ask("ben", "immediately");
      await snooze(id);
      await sweepAt(tuesday - minute);
      await happen("SR-1");
      waitUntil(tuesday);
      await happen("SR-2");
      const sent = await sweepAt(tuesday + 8 * hour);
      deepEqual(sent.filter(({ to }) => to === "ada"), [told(frequency, "SR-2")]);
      deepEqual(await sweepAt(tuesday + 9 * hour), []);
    },
  );
}

story(
  "mail that others get meanwhile takes nothing from it",
  async ({ ask, happen, snooze, sweepAt, waitUntil }) => {
    const id = await ask("ada", "immediately");
    await ask("ada", "daily", { type: "source-request.accepted" });
    await snooze(id);
    await happen("SR-1", "source-request.accepted");
    waitUntil(tuesday);
    await happen("SR-2");
    // Emails are handed over side by side, in any order.
    const sent = await sweepAt(tuesday + 8 * hour);
    deepEqual(new Set(sent), new Set([told("immediately", "SR-2"), told("daily", "SR-1")]));
  },
);

story(
  "an event after its end is told also where a look by a slower clock told it to others before",
  async ({ ask, happen, snooze, sweepAt, waitUntil }) => {
    const id = await ask("ada", "immediately");
    await ask("ben", "immediately");
    await snooze(id);
    waitUntil(tuesday);
    await happen("SR-1");
    deepEqual((await sweepAt(tuesday - 1)).map(({ to }) => to), ["ben"]);
    deepEqual(await sweepAt(tuesday), [told("immediately", "SR-1")]);
  },
);

story(
  "a queued email of what is snoozed is taken back",
  async ({ ask, happen, snooze, sweepAt }) => {
    const id = await ask("ada", "immediately");
    await happen("SR-1");
    await sweepAt(monday, () => Promise.reject(new TemporaryFailure("not now")));
    await snooze(id);
    deepEqual(await sweepAt(monday + hour), []);
    deepEqual(await sweepAt(tuesday), []);
  },
);

story("a snooze that is muted for good does not end", async ({ db, ask, happen, ...stage }) => {
  const id = await ask("ada", "daily");
  await stage.snooze(id);
  await muteNotification(db, "ada", id, monday + hour);
  await stage.sweepAt(tuesday);
  await happen("SR-1");
  deepEqual(await stage.sweepAt(tuesday + 8 * hour), []);
});

story("unmuting ends a snooze, from then on", async ({ ask, happen, snooze, unmute, sweepAt }) => {
  const id = await ask("ada", "daily");
  await snooze(id);
  await happen("SR-1");
  await unmute(id, monday + hour);
  await happen("SR-2");
  deepEqual(await sweepAt(monday + 8 * hour), [told("daily", "SR-2")]);
});

story(
  "unmuting a snooze that is over loses nothing of what happened since",
  async ({ ask, happen, snooze, unmute, sweepAt, waitUntil }) => {
    const id = await ask("ada", "daily");
    await snooze(id);
    await happen("SR-1");
    waitUntil(tuesday + minute);
    await happen("SR-2");
    await unmute(id, tuesday + 2 * minute);
    deepEqual(await sweepAt(tuesday + 8 * hour), [told("daily", "SR-2")]);
  },
);

story(
  "an edit while snoozed leaves it snoozed",
  async ({ db, ask, happen, owner, snooze, sweepAt, waitUntil }) => {
    const id = await ask("ada", "immediately");
    await snooze(id);
    await happen("SR-1");
    await updateNotification(db, await owner("ada"), id, {
      type: "source-request.delivered",
      conditions: [],
      frequency: "daily",
      version: 1,
      now: monday,
    });
    deepEqual(await sweepAt(monday + 8 * hour), []);
    waitUntil(tuesday);
    await happen("SR-2");
    deepEqual(await sweepAt(tuesday + 8 * hour), [told("daily", "SR-2")]);
  },
);

story("an undone snooze never was", async ({ db, ask, happen, owner, snooze, sweepAt }) => {
  const id = await ask("ada", "immediately");
  await ask("ben", "immediately");
  await happen("SR-1");
  const change = await snooze(id);
  equal(await snooze(id), change);
  await happen("SR-2");
  deepEqual((await sweepAt(monday + minute)).filter(({ to }) => to === "ada"), []);
  await undoChange(db, await owner("ada"), change!, monday + minute);
  const sent = await sweepAt(monday + 2 * minute);
  const both = [told("immediately", "SR-1"), told("immediately", "SR-2")];
  deepEqual(new Set(sent), new Set(both));
});

story(
  "two who end a snooze at once end it once, and later ones change nothing",
  async ({ db, ask, happen, snooze, waitUntil }) => {
    const id = await ask("ada", "immediately");
    const other = await ask("ada", "daily");
    await snooze(id);
    await snooze(other, tuesday + day);
    await happen("SR-1");
    waitUntil(tuesday);
    await happen("SR-2");
    await Promise.all([endSnoozes(db, tuesday), endSnoozes(db, tuesday)]);
    const { notifications } = await loadNotifications(db, "ada");
    deepEqual(notifications.map(({ bookmark, mutedUntil }) => [bookmark, mutedUntil]), [
      [1, null],
      [0, tuesday + day],
    ]);
    const after = await stored(db);
    await endSnoozes(db, tuesday);
    deepEqual(await stored(db), after);
  },
);
