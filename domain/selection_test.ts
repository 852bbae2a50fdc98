import { deepEqual, equal } from "node:assert/strict";
import type { Frequency } from "./catalogue.ts";
import type { ShownNotification } from "./notifications.ts";
import { partSelection, reasonsText, staysText, type Wish } from "./selection.ts";

const delivered = "source-request.delivered";
const critical = "source-request.critical";

function shown(id: number, change: Partial<ShownNotification> = {}): ShownNotification {
  return {
    id,
    kind: "custom",
    type: delivered,
    conditions: [],
    frequency: "daily",
    mutedAt: null,
    mutedUntil: null,
    version: 1,
    ...change,
  };
}

function parted(all: ShownNotification[], wish: Wish, ids = all.map(({ id }) => id)) {
  const { doable, stays } = partSelection(all, new Set(ids), wish);
  return { doable: doable.map(({ id }) => id), stays };
}

const rescheduled = (to: Frequency): Wish => ({ do: "reschedule", to });

Deno.test("what is muted already stays, what is only snoozed is muted for good", () => {
  const all = [shown(1), shown(2, { mutedAt: 1 }), shown(3, { mutedAt: 1, mutedUntil: 2 })];
  deepEqual(parted(all, { do: "mute" }), {
    doable: [1, 3],
    stays: [{ id: 2, why: "muted already" }],
  });
  deepEqual(parted(all, { do: "unmute" }).doable, [2, 3]);
});

Deno.test("Default notifications can be muted together with others, not deleted or rescheduled", () => {
  const all = [shown(1, { kind: "default" }), shown(2)];
  deepEqual(parted(all, { do: "mute" }).doable, [1, 2]);
  deepEqual(parted(all, { do: "delete" }), {
    doable: [2],
    stays: [{ id: 1, why: "a Default notification can be muted, not deleted" }],
  });
  deepEqual(parted(all, rescheduled("hourly")).stays.map(({ id }) => id), [1]);
});

Deno.test("a frequency is changed where the event type offers it", () => {
  const all = [shown(1), shown(2, { type: critical, frequency: "hourly" })];
  deepEqual(parted(all, rescheduled("weekly")), {
    doable: [1],
    stays: [{ id: 2, why: "Request Critical cannot be had weekly" }],
  });
});

Deno.test("no change of frequency makes two that ask the same", () => {
  const all = [shown(1), shown(2, { frequency: "hourly" }), shown(3, { frequency: "weekly" })];
  const why = "the same Source Delivered exists weekly";
  deepEqual(parted(all, rescheduled("weekly"), [1, 2]), {
    doable: [],
    stays: [{ id: 1, why }, { id: 2, why }],
  });
  // Of two that would become the same the first one goes.
  deepEqual(parted(all, rescheduled("immediately"), [1, 2]).doable, [1]);
  deepEqual(parted(all, rescheduled("daily")).stays[0], { id: 1, why: "daily already" });
});

Deno.test("what is not there, or not one's own, is left alone", () => {
  deepEqual(parted([shown(1)], { do: "delete" }, [1, 99]), {
    doable: [1],
    stays: [{ id: 99, why: "not there any more" }],
  });
});

Deno.test("a message says how many stay, and each reason once", () => {
  const stays = ["a", "a", "b", "c", "d"].map((why, id) => ({ id, why }));
  equal(staysText(stays.slice(0, 1), 3), "1 of 3 stays: a");
  equal(staysText(stays.slice(0, 3), 5), "3 of 5 stay: a; b");
  equal(reasonsText(stays), "a; b; c; and 1 more");
});
