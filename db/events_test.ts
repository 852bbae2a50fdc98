import { deepEqual, equal } from "node:assert/strict";
import type { PostedEvent } from "../domain/events.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event, minute, monday, setStage } from "../e2e/stage.ts";
import { type EventTuple, toEvent } from "./event_rows.ts";
import { appendEvents, loadAudiences } from "./events.ts";
import { eventsAfter, latestEvents } from "./log.ts";
import { rememberEvents } from "./recent_events.ts";
import { stored } from "../e2e/stored.ts";
import type { Database } from "./client.ts";
import { rowsOf } from "./client.ts";

const type = "source-request.delivered";
const lumen = { id: "lumen", profile: "content" };
const meridian = { id: "meridian-post", profile: "fulfillment" };
const studio = { id: "studio", profile: "studio" };

function posted(id: string, data: Record<string, unknown> = {}): PostedEvent {
  return event({ id, subject: `SR-${id}`, type, data });
}

async function log(db: Database, account: typeof lumen, after = 0, limit = 1_000) {
  return rowsOf<EventTuple>(await eventsAfter(db, [{ account, after }], limit)).map(toEvent);
}

async function subjects(db: Database, account: typeof lumen): Promise<(string | null)[]> {
  return (await log(db, account)).map(({ subject }) => subject);
}

onEachDatabase(
  "each event of a batch is logged once, whatever else is in the batch",
  async (db) => {
    await setStage(db);
    const audiences = await loadAudiences(db);
    const trips = countRoundTrips(db);
    await appendEvents(db, [posted("0")], monday, audiences);
    equal(trips.count, 1);
    const outcomes = await appendEvents(
      db,
      [
        posted("1"),
        posted("0"),
        posted("1"),
        posted("1", { summary: "another content" }),
        posted("2", { accounts: ["nobody-we-know"] }),
        posted("3", { accounts: ["nobody-we-know", "lumen"] }),
        posted("0", { summary: "another content" }),
        posted("4", { accounts: ["studio"] }),
      ],
      monday,
      audiences,
    );
    equal(trips.count, 3);
    deepEqual(outcomes, [
      ...["accepted", "duplicate", "duplicate", "conflict"],
      ...["unknown account", "accepted", "conflict", "accepted"],
    ]);
    deepEqual(await subjects(db, lumen), ["SR-0", "SR-1", "SR-3"]);
    deepEqual(await subjects(db, meridian), ["SR-0", "SR-1"]);
    deepEqual(await subjects(db, studio), ["SR-0", "SR-1", "SR-3", "SR-4"]);
    deepEqual(await appendEvents(db, [], monday), []);
  },
);

onEachDatabase(
  "the order of members and accounts is no content, everything else is",
  async (db) => {
    await setStage(db);
    const before = posted("1", { language: "ko", title: { id: "7", name: "Harbour Lights" } });
    const again = posted("1", {
      title: { name: "Harbour Lights", id: "7" },
      accounts: ["meridian-post", "lumen", "lumen"],
      language: "ko",
    });
    const others = [
      { ...before, type: "source-request.accepted" },
      { ...before, time: monday + 1 },
      { ...before, subject: null },
      { ...before, accounts: ["lumen"] },
      { ...before, data: { ...before.data, language: "pt-BR" } },
    ];
    deepEqual(await appendEvents(db, [before, again, ...others], monday), [
      "accepted",
      "duplicate",
      ...others.map(() => "conflict"),
    ]);
    const elsewhere = { ...before, source: "/elsewhere" };
    deepEqual(await appendEvents(db, [elsewhere], monday), ["accepted"]);
  },
);

onEachDatabase("a conflicting repeat shows the event to nobody else", async (db) => {
  await setStage(db);
  await appendEvents(db, [posted("1", { accounts: ["lumen"] })], monday);
  const before = await stored(db);
  const wider = posted("1", { accounts: ["lumen", "meridian-post"] });
  deepEqual(await appendEvents(db, [wider], monday), ["conflict"]);
  deepEqual(await stored(db), before);
});

onEachDatabase("half a batch sent again, or by two at once, leaves each event once", async (db) => {
  await setStage(db);
  const batch = Array.from({ length: 200 }, (_, index) => posted(`${index}`));
  await appendEvents(db, batch.slice(0, 50), monday);
  const outcomes = await Promise.all([
    appendEvents(db, batch, monday),
    appendEvents(db, batch.toReversed(), monday),
    appendEvents(db, batch.slice(100), monday),
  ]);
  const events = await log(db, lumen);
  deepEqual(new Set(events.map(({ subject }) => subject)).size, 200);
  equal(events.length, 200);
  deepEqual(await log(db, meridian), events);
  equal(outcomes.flat().filter((outcome) => outcome === "conflict").length, 0);
  const last = events.at(-3)!.seq;
  deepEqual(await log(db, lumen, last - 1), events.slice(-3));
  deepEqual(await log(db, lumen, last - 1, 2), events.slice(-3, -1));
});

onEachDatabase(
  "an event is read as it was posted, and without a time it happened now",
  async (db) => {
    await setStage(db);
    const data = {
      title: { id: "7", name: 'The "Quiet" Ones\u0000 日本' },
      error_count: 2 ** 53 + 1,
      extra: { deep: [null, true, 1.5e-7, "\ud800", { "a.b'c": [] }] },
    };
    const strange = { ...posted("1"), data, time: null, subject: null };
    await appendEvents(db, [strange], monday + 5);
    deepEqual(await log(db, studio), [{ seq: 1, type, time: monday + 5, subject: null, data }]);
  },
);

onEachDatabase("the newest events come first, of the asked types alone", async (db) => {
  const { happen } = await setStage(db);
  for (
    const [subject, of] of [["SR-1", type], ["SR-2", "source-request.accepted"], ["SR-3", type]]
  ) {
    await happen(subject!, of!);
  }
  await happen("SR-4", type, { accounts: ["meridian-post"] });
  const latest = async (account: typeof lumen, types: string[], limit = 10) =>
    (await latestEvents(db, account, types, limit)).map(({ subject }) => subject);
  deepEqual(await latest(lumen, [type]), ["SR-3", "SR-1"]);
  deepEqual(await latest(lumen, [type, "source-request.accepted"], 2), ["SR-3", "SR-2"]);
  deepEqual(await latest(studio, [type]), ["SR-4", "SR-3", "SR-1"]);
  deepEqual(await latest(lumen, []), []);
});

onEachDatabase(
  "however large events are, a page of them is read, with all that the catalogue knows",
  async (db) => {
    const { ask, sweepAt } = await setStage(db);
    const korean = [{ field: "language", op: "any" as const, values: ["ko"] }];
    await ask("ada", "immediately", { conditions: korean });
    const type = "source-request.delivered";
    const said = { language: "ko", title: { id: "7", name: "Fjord" }, summary: "s".repeat(4_000) };
    for (let id = 0; id < 12; id++) {
      const data = { ...said, x: "x".repeat(900_000), season: id === 0 ? "2" : undefined };
      await appendEvents(db, [event({ id: `${id}`, subject: `SR-${id}`, type, data })], monday);
    }
    const [told] = await sweepAt(monday + minute);
    equal(told!.subjects.length, 12);
    const lumen = { id: "lumen", profile: "content" };
    const { byType } = await rememberEvents(db).load(lumen, monday + minute);
    deepEqual(byType.get(type)!.map(({ data }) => data).slice(0, 2), [
      { ...said, season: "2" },
      said,
    ]);
  },
);

onEachDatabase("the trace of an event is no part of what it says", async (db) => {
  await setStage(db);
  const traced = (span: string) => ({
    ...posted("1"),
    traceparent: `00-0af7651916cd43dd8448eb211c80319c-${span}-01`,
  });
  deepEqual(await appendEvents(db, [traced("b7ad6b7169203331")], monday), ["accepted"]);
  deepEqual(await appendEvents(db, [traced("00f067aa0ba902b7")], monday), ["duplicate"]);
  deepEqual(await appendEvents(db, [posted("1")], monday), ["duplicate"]);
});
