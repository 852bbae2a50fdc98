import { deepEqual, equal, match, ok } from "node:assert/strict";
import { muteNotifications } from "../db/notification_actions.ts";
import { loadNotifications } from "../db/panel.ts";
import { setRoles } from "../db/roles.ts";
import type { Notification } from "../domain/notifications.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { startApp } from "../e2e/app.ts";

type App = Awaited<ReturnType<typeof startApp>>;

/** Three of Ana's own, two of which would become the same weekly, and one that cannot come weekly. */
async function withOwn(app: App): Promise<string[]> {
  const delivered = { type: "source-request.delivered" };
  const ids = [
    await app.create("ana", { ...delivered, frequency: "daily" }),
    await app.create("ana", { ...delivered, frequency: "hourly" }),
    await app.create("ana"),
  ];
  return ids.map(String);
}

async function own<T>({ db }: App, state: (notification: Notification) => T): Promise<T[]> {
  const { notifications } = await loadNotifications(db, "ana");
  return notifications.filter(({ kind }) => kind === "custom").map(state);
}

const frequencyOf = ({ frequency }: Notification) => frequency;
const isMuted = ({ mutedAt }: Notification) => mutedAt !== null;

/** Where the Undo of a message leads. */
function undoIn(html: string): string {
  return /hx-put="(\/notifications\/changes\/[^"]+\/undo)"/.exec(html)![1]!;
}

Deno.test("several are muted, unmuted and deleted together, and each can be undone whole", async () => {
  const app = await startApp();
  const ids = await withOwn(app);
  const ana = await app.browse("ana");
  const act = (wish: string) =>
    ana.htmx("POST", "/notifications/selection", { selected: ids, do: wish, to: "daily" });

  const muted = await act("mute");
  match(muted.text, /^<div id="list"[^>]*>.*hx-target="#status".*Muted: 3 notifications/s);
  deepEqual(await own(app, isMuted), [true, true, true]);
  const undone = await ana.htmx("PUT", undoIn(muted.text));
  match(undone.text, /Undone: 3 notifications are as they were/);
  deepEqual(await own(app, isMuted), [false, false, false]);

  await act("mute");
  match((await act("unmute")).text, /Unmuted from now on: 3 notifications/);
  deepEqual(await own(app, isMuted), [false, false, false]);

  const deleted = await act("delete");
  match(deleted.text, /Deleted: 3 notifications/);
  deepEqual(await own(app, frequencyOf), []);
  // Sent twice, it is done once, and still can be undone.
  equal(undoIn((await act("delete")).text), undoIn(deleted.text));
  await ana.htmx("PUT", undoIn(deleted.text));
  deepEqual((await own(app, frequencyOf)).sort(), ["daily", "daily", "hourly"]);
  await app.close();
});

Deno.test("a frequency is changed where it can be, and the message says what stays and why", async () => {
  const app = await startApp();
  const ids = await withOwn(app);
  const ana = await app.browse("ana");
  const { text } = await ana.htmx("POST", "/notifications/selection", {
    selected: [...ids, "1"],
    do: "reschedule",
    to: "weekly",
  });
  match(
    text,
    /Frequency changed: Source Delivered where content type is Branded, weekly\. 3 of 4 stay: /,
  );
  match(text, /the frequency of a Default notification comes with your roles/);
  match(text, /Redelivery Requested cannot be had weekly/);
  match(text, /the same Source Delivered exists weekly/);
  deepEqual((await own(app, frequencyOf)).sort(), ["daily", "hourly", "weekly"]);
  await ana.htmx("PUT", undoIn(text));
  deepEqual((await own(app, frequencyOf)).sort(), ["daily", "daily", "hourly"]);
  await app.close();
});

Deno.test("where nothing can be done, nothing is, and an alert says why", async () => {
  const app = await startApp();
  const ana = await app.browse("ana");
  const ask = (form: Record<string, string | string[]>) =>
    ana.htmx("POST", "/notifications/selection", form);
  const defaults = await ask({ selected: ["1", "2"], do: "delete" });
  equal(defaults.status, 409);
  match(defaults.text, /role="alert".*Nothing was changed: a Default notification can be muted/s);
  match((await ask({ do: "mute" })).text, /Nothing is selected/);
  const many = Array.from({ length: 1_001 }, (_, index) => `${index + 1}`);
  match((await ask({ selected: many, do: "mute" })).text, /Select at most 1,000 at a time/);
  equal((await ask({ selected: "1", do: "explode" })).status, 422);
  equal((await ask({ selected: "x", do: "mute" })).status, 422);
  equal((await ask({ selected: "1", do: "reschedule" })).status, 422);
  deepEqual((await app.db.query.changes.findMany()).length, 0);
  await app.close();
});

Deno.test("another person's notifications are ignored beside one's own", async () => {
  const app = await startApp();
  const foreign = await app.create("cleo");
  const mine = await app.create("ana");
  const before = JSON.stringify(await loadNotifications(app.db, "cleo"));
  const { text } = await (await app.browse("ana")).htmx("POST", "/notifications/selection", {
    selected: [`${foreign}`, `${mine}`],
    do: "delete",
  });
  match(text, /Deleted: Redelivery Requested .*1 of 2 stays: not there any more/s);
  equal(JSON.stringify(await loadNotifications(app.db, "cleo")), before);
  await app.close();
});

Deno.test("without JavaScript a group is taken as the search shows it, and the way back is on the next page", async () => {
  const app = await startApp();
  await withOwn(app);
  const ana = await app.browse("ana");
  const { status, headers } = await ana.post("/notifications/selection", {
    group: ["daily", "hourly"],
    q: "custom",
    do: "delete",
  });
  equal(status, 303);
  const { text } = await ana.get(headers.get("location")!);
  match(text, /value="custom".*role="status">.*Deleted: 3 notifications.*>Undo</s);
  deepEqual(await own(app, frequencyOf), []);
  const undo = await ana.post(`${undoIn(text)}?_method=PUT`);
  match((await ana.get(undo.headers.get("location")!)).text, /Undone: 3 notifications/);
  deepEqual((await own(app, frequencyOf)).length, 3);
  await app.close();
});

Deno.test("several at once cost as many round trips as one", async () => {
  const app = await startApp();
  const ids = await withOwn(app);
  const ana = await app.browse("ana");
  await ana.get("/notifications");
  const trips = countRoundTrips(app.db);
  const tripsOf = async (selected: string | string[], wish: string) => {
    trips.count = 0;
    await ana.htmx("POST", "/notifications/selection", { selected, do: wish });
    return trips.count;
  };
  const several = [await tripsOf(ids, "mute"), await tripsOf(ids, "unmute")];
  deepEqual([await tripsOf(ids[0]!, "mute"), await tripsOf(ids[0]!, "unmute")], several);
  ok(Math.max(...several) <= 5, `${several} round trips`);
  await app.close();
});

Deno.test("what nobody but the reader hears about is said where several can be muted", async () => {
  const app = await startApp();
  const panel = async () => (await (await app.browse("ana")).get("/notifications")).text;
  const note = (html: string) => /<p class="selection-last[^>]*>(.*?)<\/p>/s.exec(html)![1];
  const marked = (html: string) =>
    [...html.matchAll(/data-last="([^"]*)"/g)].map(([, label]) => label).sort();
  const deadlines = [
    "Inspection Failed",
    "Redelivery Requested",
    "Request At Risk",
    "Request Critical",
  ];
  deepEqual(marked(await panel()), deadlines);
  match(
    note(await panel())!,
    /You are the last at Meridian Post who hears about .*Request Critical/,
  );

  // Ben hears of one of them, and another one is muted.
  await setRoles(app.db, "ben", ["fulfillment-partner-operations"], app.clock.now);
  deepEqual(marked(await panel()), []);
  const { notifications } = await loadNotifications(app.db, "ben");
  const ids = notifications.filter(({ type }) => /critical|at-risk/.test(type)).map(({ id }) => id);
  await muteNotifications(app.db, "ben", { ids, now: app.clock.now });
  deepEqual(marked(await panel()), ["Request At Risk", "Request Critical"]);
  const own = (await loadNotifications(app.db, "ana")).notifications;
  const critical = own.find(({ type }) => type === "source-request.critical")!;
  await muteNotifications(app.db, "ana", { ids: [critical.id], now: app.clock.now });
  deepEqual(marked(await panel()), ["Request At Risk"]);
  await app.close();
});

Deno.test("when nobody hears about a deadline after several are muted, the message says so", async () => {
  const app = await startApp();
  const { notifications } = await loadNotifications(app.db, "ana");
  const selected = notifications.filter(({ type }) => /critical|at-risk/.test(type))
    .map(({ id }) => String(id));
  const ana = await app.browse("ana");
  const muted = await ana.htmx("POST", "/notifications/selection", { selected, do: "mute" });
  match(
    muted.text,
    /Muted: 2 notifications\. Nobody at Meridian Post hears about Request At Risk and Request Critical now/,
  );
  await app.close();
});
