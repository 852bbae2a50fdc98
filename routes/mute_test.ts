import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { deactivateUser } from "../db/deactivation.ts";
import { deleteNotification, muteNotification } from "../db/notification_actions.ts";
import { refreshDefaults } from "../db/defaults.ts";
import { appendEvents } from "../db/events.ts";
import { findNotification } from "../db/notifications.ts";
import { loadNotifications } from "../db/panel.ts";
import { snoozeNotification } from "../db/snoozes.ts";
import { setRoles } from "../db/roles.ts";
import { isDeadlineType } from "../domain/catalogue.ts";
import { muteLinks, type MuteScope, signMute } from "../domain/links.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";

const secret = "s".repeat(32);
const link = async (scope: MuteScope) => `/mute/${await signMute(secret, scope)}`;

async function mutedOf({ db }: Awaited<ReturnType<typeof startApp>>, person = "ana") {
  const { notifications } = await loadNotifications(db, person);
  return notifications.filter(({ mutedAt }) => mutedAt !== null).map(({ id }) => id);
}

/** Where the Undo button of a page posts to. */
const undoOf = (page: string) => page.match(/action="([^"]*\/undo\/[^"]*)"/)![1]!;

Deno.test("looking at a link from an email shows what it would mute, and mutes nothing", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  const { status, text } = await (await app.browse()).get(path);
  equal(status, 200);
  match(text, /Redelivery Requested where content type is Branded, daily.*>Mute</s);
  deepEqual(await mutedOf(app), []);
  await app.close();
});

Deno.test("a link to one of an email's notifications leads to the page that mutes that one", async () => {
  const app = await startApp();
  const [id, other] = [await app.create("ana"), await app.create("ana", { frequency: "weekly" })];
  const stranger = await app.browse();
  const path = `/mute/${(await muteLinks(secret, "ana", [id, other])).get(other)}`;
  const { status, headers } = await stranger.get(path);
  const alone = headers.get("location")!;
  deepEqual([status, alone], [302, await link({ user: "ana", notifications: [other] })]);
  match((await stranger.get(alone)).text, /Redelivery Requested.*, weekly.*>Mute</s);
  await stranger.post(alone);
  deepEqual(await mutedOf(app), [other]);
  for (const foreign of [`${path}0`, path.replace("/mute/", "/mute/A")]) {
    equal((await stranger.get(foreign)).status, 404);
  }
  await app.close();
});

Deno.test("a link from an email mutes for good what was only snoozed", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  await snoozeNotification(app.db, "ana", id, { until: start + 86_400_000, now: start });
  const path = await link({ user: "ana", notifications: [id] });
  const stranger = await app.browse();
  match(
    (await stranger.get(path)).text,
    /Redelivery Requested where content type is Branded.*>Mute</s,
  );
  match((await stranger.post(path)).text, /Muted.*Redelivery Requested.*Undo/s);
  equal((await findNotification(app.db, "ana", id)).mutedUntil, null);
  deepEqual(await mutedOf(app), [id]);
  await app.close();
});

Deno.test("a mail program's one click mutes without a session and from anywhere, and can be undone", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  const stranger = await app.browse();
  const elsewhere = { origin: "https://mail.example", "sec-fetch-site": "cross-site" };
  const oneClick = { "List-Unsubscribe": "One-Click" };
  const { status, text } = await stranger.post(path, oneClick, elsewhere);
  equal(status, 200);
  match(text, /Muted.*Redelivery Requested.*Undo/s);
  deepEqual(await mutedOf(app), [id]);

  const again = await stranger.post(path, oneClick, elsewhere);
  equal(undoOf(again.text), undoOf(text));
  for (const _press of ["first", "second"]) {
    match(
      (await stranger.post(undoOf(text))).text,
      /Undone.*as before for:.*Redelivery Requested/s,
    );
    deepEqual(await mutedOf(app), []);
  }
  await app.close();
});

Deno.test("undoing what a link did leaves what was snoozed snoozed, and loses nothing that came meanwhile", async () => {
  const app = await startApp();
  const [snoozed, other] = [await app.create("ana"), await app.create("ana", { conditions: [] })];
  const until = start + 86_400_000;
  await snoozeNotification(app.db, "ana", snoozed, { until, now: start });
  const rows = async () => {
    const found = await app.db.query.notifications.findMany({ orderBy: ({ id }) => id });
    return found.map(({ version: _, ...row }) => row);
  };
  const before = await rows();
  const stranger = await app.browse();
  const path = await link({ user: "ana", notifications: [snoozed, other] });
  const { text } = await stranger.post(path);
  const [subject, type] = ["SR-1", "source-request.redelivery-requested"];
  await appendEvents(app.db, [event({ id: "1", subject, type, data: {} })], app.clock.now);
  await stranger.post(undoOf(text));
  deepEqual(await rows(), before);
  await app.close();
});

Deno.test("what a link muted long ago can be unmuted behind it", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  const stranger = await app.browse();
  const { text } = await stranger.post(path);
  app.clock.now += 2 * 3_600_000;
  equal((await stranger.post(undoOf(text))).status, 404);
  match((await stranger.post(path)).text, /muted already, or deleted/);
  match((await stranger.get(path)).text, /This is muted already:.*>Unmute</s);
  const undone = await stranger.post(`${path}?_method=DELETE`, { id: String(id) });
  match(undone.text, /gets mail again for/);
  deepEqual(await mutedOf(app), []);
  await app.close();
});

Deno.test("a digest's link mutes its frequency, and undoing it leaves alone what was muted before", async () => {
  const app = await startApp();
  const [before, daily] = [await app.create("ana"), await app.create("ana", { conditions: [] })];
  const hourly = await app.create("ana", { frequency: "hourly" });
  await muteNotification(app.db, "ana", before, start);
  const path = await link({ user: "ana", optOut: "daily" });
  const stranger = await app.browse();
  const { text } = await stranger.post(path);
  const muted = await mutedOf(app);
  deepEqual([muted.includes(daily), muted.includes(hourly)], [true, false]);

  await stranger.post(undoOf(text));
  deepEqual(await mutedOf(app), [before]);
  await app.close();
});

Deno.test("a link reaches nobody else's notifications, whatever it names", async () => {
  const app = await startApp();
  const id = await app.create("cleo");
  const path = await link({ user: "ana", notifications: [id] });
  const stranger = await app.browse();
  match((await stranger.post(path)).text, /Nothing changed/);
  deepEqual(await mutedOf(app, "cleo"), []);
  await muteNotification(app.db, "cleo", id, start);
  await stranger.post(`${path}?_method=DELETE`, { id: String(id) });
  deepEqual(await mutedOf(app, "cleo"), [id]);

  const own = await app.create("ana");
  const change = await muteNotification(app.db, "ana", own, start);
  equal((await stranger.post(`${path}/undo/${change}?_method=PUT`)).status, 404);
  deepEqual(await mutedOf(app), [own]);
  await app.close();
});

Deno.test("an altered link, or one of another secret, is refused with a page", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  const foreign = await signMute("t".repeat(32), { user: "ana", notifications: [id] });
  const stranger = await app.browse();
  for (const altered of [`${path}1`, "/mute/nonsense", `/mute/${foreign}`]) {
    for (const answer of [await stranger.get(altered), await stranger.post(altered)]) {
      equal(answer.status, 404, altered);
      match(answer.text, /incomplete or was altered, so nothing was muted/);
    }
  }
  deepEqual(await mutedOf(app), []);
  await app.close();
});

Deno.test("a link stays a page when its notification was deleted or its reader left", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  const stranger = await app.browse();
  await deleteNotification(app.db, "ana", id, start);
  const gone = await stranger.get(path);
  equal(gone.status, 200);
  match(gone.text, /nothing left to mute/);
  doesNotMatch(gone.text, />Mute</);
  await deactivateUser(app.db, "meridian-post", "ana", start);
  const left = await stranger.get(path);
  equal(left.status, 404);
  match(left.text, /gets no mail any more/);
  await app.close();
});

Deno.test("a link does not speak of what its reader's roles no longer show", async () => {
  const app = await startApp();
  await app.create("ana");
  await setRoles(app.db, "ana", [], start);
  const path = await link({ user: "ana", optOut: "daily" });
  const { text } = await (await app.browse()).get(path);
  match(text, /gets no such mail now/);
  doesNotMatch(text, /Redelivery Requested/);
  await app.close();
});

Deno.test("the page of a link says what nobody else of the account would hear about", async () => {
  const app = await startApp();
  const { notifications } = await loadNotifications(app.db, "ana");
  const byDefault = notifications.find(({ type }) => type === "source-request.critical")!;
  const path = await link({ user: "ana", notifications: [byDefault.id] });
  const stranger = await app.browse();
  const before = /Ana Ruiz is the last at Meridian Post who hears about Request Critical/;
  match((await stranger.get(path)).text, before);
  const { text } = await stranger.post(path);
  match(text, /Nobody at Meridian Post hears about Request Critical now/);
  doesNotMatch((await stranger.get(path)).text, before);
  await app.close();
});

const everything = { user: "ana", optOut: "everything-but-deadlines" } as const;

/** The Default notifications of Ana, by type, and whether each is muted. */
async function defaultsOf({ db }: Awaited<ReturnType<typeof startApp>>) {
  const { notifications } = await loadNotifications(db, "ana");
  const byDefault = notifications.filter(({ kind }) => kind === "default");
  return new Map(byDefault.map(({ type, mutedAt }) => [type, mutedAt !== null]));
}

Deno.test("a page behind a link leads to each of its notifications, to its frequency and to everything but deadlines", async () => {
  const app = await startApp();
  await app.create("ana", { frequency: "daily" });
  const stranger = await app.browse();
  const linksIn = (text: string) =>
    new Map(
      [...text.matchAll(/<a href="(\/mute\/[^"]+)">([^<]+)</g)].map((
        [, to, words],
      ) => [words!, to!]),
    );
  const daily = await stranger.get(await link({ user: "ana", optOut: "daily" }));
  deepEqual([...linksIn(daily.text).keys()], ["Only this one", "Everything but deadlines"]);

  const alone = await stranger.get(linksIn(daily.text).get("Only this one")!);
  match(alone.text, /no more mail for this notification/);
  deepEqual([...linksIn(alone.text).keys()], ["All daily mail", "Everything but deadlines"]);
  const wide = linksIn(alone.text).get("Everything but deadlines")!;
  match((await stranger.get(wide)).text, /<h1>Mute everything but deadlines<.h1>/);
  deepEqual(await mutedOf(app), []);
  await app.close();
});

Deno.test("everything but deadlines mutes just that, and undoing it ends it", async () => {
  const app = await startApp();
  const stranger = await app.browse();
  const path = await link(everything);
  const before = await app.db.query.users.findMany();
  const { text } = await stranger.post(path);
  for (const [type, isMuted] of await defaultsOf(app)) equal(isMuted, !isDeadlineType(type), type);
  await stranger.post(path);
  await stranger.post(undoOf(text));
  deepEqual(await mutedOf(app), []);
  deepEqual(await app.db.query.users.findMany(), before);
  await app.close();
});

Deno.test("what a later role or another default brings of what was unsubscribed from arrives muted", async () => {
  const app = await startApp();
  await setRoles(app.db, "ana", [], start);
  const path = await link(everything);
  const stranger = await app.browse();
  match((await stranger.post(path)).text, /arrives muted, too/);
  await app.db.$client.execute(
    "DELETE FROM notifications WHERE kind = 'default' AND user_id = 'ana'",
  );
  await setRoles(app.db, "ana", ["content-partner-operations"], start);
  const arrived = await defaultsOf(app);
  deepEqual(new Set(arrived.values()), new Set([true, false]));
  for (const [type, isMuted] of arrived) equal(isMuted, !isDeadlineType(type), type);

  // A release that makes a default come daily instead of weekly finds a reader who wants nothing daily.
  await stranger.post(await link({ user: "ana", optOut: "daily" }));
  await app.db.$client.execute(
    "UPDATE notifications SET frequency = 'weekly', muted_at = NULL WHERE kind = 'default'",
  );
  await refreshDefaults(app.db, start);
  const refreshed = await loadNotifications(app.db, "ana");
  for (const { frequency, mutedAt, kind } of refreshed.notifications) {
    if (kind === "default" && frequency === "daily") ok(mutedAt !== null);
  }
  await app.close();
});

Deno.test("what one asks for oneself speaks, whatever one unsubscribed from", async () => {
  const app = await startApp();
  await (await app.browse()).post(await link(everything));
  const id = await app.create("ana", { type: "source-request.comment-added" });
  equal((await mutedOf(app)).includes(id), false);
  await app.close();
});

Deno.test("an unsubscription can be ended behind its link and in the settings, long afterwards", async () => {
  const app = await startApp();
  const [stranger, path] = [await app.browse(), await link({ user: "ana", optOut: "daily" })];
  const ana = await app.browse("ana");
  const optOuts = async () =>
    (await app.db.query.users.findFirst({ where: (u, { eq }) => eq(u.id, "ana") }))!.optOuts;
  await stranger.post(path);
  deepEqual(await optOuts(), ["daily"]);
  match((await ana.get("/schedule")).text, /End for all daily mail/);
  await ana.post("/schedule/opt-outs/daily?_method=DELETE");
  deepEqual(await optOuts(), []);
  doesNotMatch((await ana.get("/schedule")).text, /Unsubscribed/);

  app.clock.now += 30 * 24 * 3_600_000;
  match((await stranger.post(path)).text, /muted already, or deleted.*Let new ones speak/s);
  deepEqual(await optOuts(), ["daily"]);
  match((await stranger.get(path)).text, />Unmute</);
  match((await stranger.post(`${path}?_method=DELETE`)).text, /speaks again/);
  deepEqual(await optOuts(), []);
  await app.close();
});

Deno.test("a link of years ago still mutes, and one of somebody who was deleted says so", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const path = await link({ user: "ana", notifications: [id] });
  app.clock.now += 3 * 365 * 24 * 3_600_000;
  const stranger = await app.browse();
  match((await stranger.post(path)).text, /Muted.*Redelivery Requested/s);
  const gone = await link({ user: "nobody-any-more", optOut: "daily" });
  for (const answer of [await stranger.get(gone), await stranger.post(gone)]) {
    equal(answer.status, 404);
    match(answer.text, /gets no mail any more/);
  }
  await app.close();
});
