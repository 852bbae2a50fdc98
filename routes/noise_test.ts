import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { loadNotifications } from "../db/panel.ts";
import { type Person, start, startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event } from "../e2e/stage.ts";

const hour = 3_600_000;
// Assigned comes to fulfillment partners at once by default, Delivered daily.
const assigned = "source-request.assigned";
const delivered = "source-request.delivered";

/** The app, and a month in which a request was assigned every day and a delivery came with every third. */
async function noisyMonth() {
  const app = await startApp();
  const events = Array.from({ length: 20 }, (_, index) => ({
    ...event({
      id: `${index}`,
      subject: `SR-${index}`,
      type: index % 3 === 0 ? delivered : assigned,
      data: { accounts: ["meridian-post"] },
    }),
    time: start - (24 * Math.floor(index / 2) + index % 2 + 1) * hour,
  }));
  await appendEvents(app.db, events, start - 30 * 24 * hour);
  const notificationsOf = async (person: Person) =>
    (await loadNotifications(app.db, person)).notifications;
  const idOf = async (type: string) =>
    (await notificationsOf("ana")).find((each) => each.type === type)!.id;
  return { ...app, notificationsOf, idOf };
}

Deno.test("the noise page says what fills the inbox, and the numbers lead to the events", async () => {
  const { db, browse, idOf, close } = await noisyMonth();
  const ana = await browse("ana");
  match((await ana.get("/notifications")).text, /href="\/noise">What fills your inbox/);
  const trips = countRoundTrips(db);
  const { status, text } = await ana.get("/noise");
  equal(status, 200);
  ok(trips.count <= 2, `${trips.count} round trips`);
  match(text, /<h1[^>]*>What fills your inbox/);
  match(text, /<strong>20 emails<\/strong> told you of <strong>20 events<\/strong>/);
  match(text, /What is not sent at once is in a digest/);
  match(text, /Daily instead of immediately: \d+ fewer emails/);
  match(text, new RegExp(`href="/noise/events\\?notification=${await idOf(assigned)}">13<`));
  match(text, /href="\/noise\/events\?type=source-request\.delivered">7</);

  const events = await ana.get(`/noise/events?type=${delivered}`);
  match(events.text, /7 events in the last 30 days/);
  match(events.text, /SR-0.*SR-18/s);
  doesNotMatch(events.text, /SR-1\)/);
  match((await ana.get(`/noise/events?notification=${await idOf(assigned)}`)).text, /13 events/);
  await close();
});

Deno.test("a quiet inbox says so, and has nothing to suggest", async () => {
  const { browse, close } = await startApp();
  const { text } = await (await browse("ana")).get("/noise");
  match(text, /A quiet inbox/);
  doesNotMatch(text, /Suggestions/);
  await close();
});

Deno.test("a suggestion about a Default one makes a slower copy, mutes it, and can be undone", async () => {
  const { browse, idOf, notificationsOf, close } = await noisyMonth();
  const ana = await browse("ana");
  const before = await notificationsOf("ana");
  const id = await idOf(assigned);
  const asked = { kind: "slower", notification: `${id}`, frequency: "daily" };
  const done = await ana.post("/noise/suggestions", asked);
  equal(done.status, 303);
  const page = await ana.get(done.headers.get("location")!);
  match(page.text, /Frequency changed: Source Request Assigned, daily/);
  const ofType = (await notificationsOf("ana")).filter(({ type }) => type === assigned);
  deepEqual(ofType.map(({ kind, frequency, mutedAt }) => [kind, frequency, mutedAt !== null]), [
    ["default", "immediately", true],
    ["custom", "daily", false],
  ]);

  // Pressed twice it is done once, and the second answer can be undone as well.
  const again = await ana.post("/noise/suggestions", asked);
  equal(again.headers.get("location"), done.headers.get("location"));

  const undo = /action="([^"]+\/undo[^"]+)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
  const undone = await ana.post(undo);
  match(undone.headers.get("location")!, /^\/noise\?/);
  match(
    (await ana.get(undone.headers.get("location")!)).text,
    /Undone: Source Request Assigned, immediately is as it was/,
  );
  const withoutVersion = (list: typeof before) => list.map(({ version: _, ...each }) => each);
  deepEqual(withoutVersion(await notificationsOf("ana")), withoutVersion(before));
  await close();
});

Deno.test("a suggestion about a Custom one changes its frequency, twice as once", async () => {
  const { db, browse, create, idOf, notificationsOf, close } = await noisyMonth();
  await muteNotification(db, "ana", await idOf(assigned), start);
  const id = await create("ana", { type: assigned, conditions: [], frequency: "hourly" });
  const ana = await browse("ana");
  const asked = { kind: "slower", notification: `${id}`, frequency: "daily" };
  const first = await ana.post("/noise/suggestions", asked);
  const second = await ana.post("/noise/suggestions", asked);
  deepEqual([first.status, second.status], [303, 303]);
  equal((await notificationsOf("ana")).find((each) => each.id === id)!.frequency, "daily");
  match(
    (await ana.get(second.headers.get("location")!)).text,
    /Frequency changed: Source Request Assigned, daily.*Undo</s,
  );
  await close();
});

Deno.test("what another one covers is muted, and what never fired is deleted", async () => {
  const { db, browse, create, idOf, notificationsOf, close } = await noisyMonth();
  await muteNotification(db, "ana", await idOf("source-request.upgraded"), start);
  const narrow = await create("ana", { type: assigned, frequency: "daily" });
  const silent = await create("ana", { type: "source-request.upgraded", frequency: "daily" });
  const ana = await browse("ana");
  const { text } = await ana.get("/noise");
  match(text, /Covered by another/);
  match(text, /Never fired in 90 days/);
  for (const [kind, id] of [["covered", narrow], ["silent", silent]] as const) {
    const asked = { kind, notification: `${id}` };
    const done = await ana.post("/noise/suggestions", asked);
    const again = await ana.post("/noise/suggestions", asked);
    deepEqual([done.status, again.status], [303, 303], kind);
    equal(again.headers.get("location"), done.headers.get("location"));
  }
  const after = await notificationsOf("ana");
  ok(after.find(({ id }) => id === narrow)!.mutedAt !== null);
  equal(after.find(({ id }) => id === silent), undefined);
  await close();
});

Deno.test("a suggestion that does not apply any more is refused and changes nothing", async () => {
  const { browse, create, idOf, notificationsOf, close } = await noisyMonth();
  const ana = await browse("ana");
  const hers = await create("cleo");
  const before = await notificationsOf("ana");
  const stale: Record<string, string>[] = [
    { kind: "slower", notification: `${await idOf(assigned)}`, frequency: "weekly" },
    { kind: "covered", notification: `${await idOf(assigned)}` },
    { kind: "silent", notification: `${await idOf(assigned)}` },
    { kind: "covered", notification: `${hers}` },
    { kind: "slower", notification: "999", frequency: "daily" },
  ];
  for (const asked of stale) {
    const { status, text } = await ana.post("/noise/suggestions", asked);
    equal(status, 409, JSON.stringify(asked));
    match(text, /does not apply any more/);
  }
  equal((await ana.post("/noise/suggestions", { kind: "louder", notification: "1" })).status, 422);
  deepEqual(await notificationsOf("ana"), before);
  equal((await notificationsOf("cleo")).find(({ id }) => id === hers)!.mutedAt, null);
  await close();
});

Deno.test("what has a deadline is never suggested to be slower", async () => {
  const { db, browse, close } = await startApp();
  const events = Array.from({ length: 30 }, (_, index) => ({
    ...event({
      id: `${index}`,
      subject: `SR-${index}`,
      type: "source-request.redelivery-requested",
      data: { accounts: ["meridian-post"] },
    }),
    time: start - (index + 1) * hour,
  }));
  await appendEvents(db, events, start);
  const { text } = await (await browse("ana")).get("/noise");
  match(text, /30 emails/);
  match(text, /Nothing to suggest/);
  await close();
});
