import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { pauseUser } from "../db/digests.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { setRoles } from "../db/roles.ts";
import { startApp } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event } from "../e2e/stage.ts";
import { composeAll } from "../jobs/compose.ts";

type App = Awaited<ReturnType<typeof startApp>>;

const type = "source-request.redelivery-requested";
const day = 86_400_000;

/** Appends a redelivery about a Branded source; resolves to its path. */
async function happen({ db, clock }: App, data: Record<string, unknown> = {}): Promise<string> {
  const posted = event({
    ...{ id: crypto.randomUUID(), subject: "SR-48213", type },
    data: { accounts: ["meridian-post"], content_type: "branded", summary: "Drift", ...data },
  });
  await appendEvents(db, [posted], clock.now);
  const newest = await db.query.events.findFirst({ orderBy: (e, { desc }) => desc(e.seq) });
  return `/events/${newest!.seq}`;
}

/** Mutes what came with her role, so that only what a test creates speaks. */
async function muteDefaults({ db, clock }: App): Promise<void> {
  const defaults = await db.query.notifications.findMany({
    where: (n, { eq, and }) => and(eq(n.userId, "ana"), eq(n.kind, "default")),
  });
  for (const { id } of defaults) await muteNotification(db, "ana", id, clock.now);
}

async function compose({ db, clock }: App): Promise<void> {
  const report = (_: string, error: unknown) => {
    throw error;
  };
  await composeAll(db, { now: clock.now, report });
}

Deno.test("an event says in which email it came, and through which notification", async () => {
  const app = await startApp();
  const id = await app.create("ana", { frequency: "immediately" });
  const path = await happen(app);
  await compose(app);
  const { text } = await (await app.browse("ana")).get(path);
  match(text, /On its way: <a href="\/emails\/[^"]+">an immediate email/);
  match(text, new RegExp(`href="/notifications/${id}".*Matched: this one is why`, "s"));
  await app.close();
});

Deno.test("an event that was not told yet says when it will be, a pause included", async () => {
  const app = await startApp();
  await muteDefaults(app);
  await app.create("ana");
  const path = await happen(app);
  const ana = await app.browse("ana");
  const daily = await ana.get(path);
  match(daily.text, /Not yet\..*Your daily email<\/a> brings it.*tomorrow 08:00, Madrid/s);
  match(daily.text, /Matches: this one is why/);
  await pauseUser(app.db, "ana", app.clock.now + 3 * day, app.clock.now);
  match((await ana.get(path)).text, /after the pause of all your mail/);
  await app.close();
});

Deno.test("an event that nobody told says what held each notification back", async () => {
  const app = await startApp();
  await muteDefaults(app);
  await app.create("ana", {
    conditions: [{ field: "content_type", op: "any", values: ["licensed"] }],
  });
  const path = await happen(app);
  app.clock.now += day;
  await app.create("ana", { frequency: "hourly" });
  const { text } = await (await app.browse("ana")).get(path);
  match(text, /Did not match: content type is Branded, not Licensed/);
  match(text, /Muted since.*today 10:30, Madrid|Muted since.*Fri 20 Nov/);
  match(text, /Created.*after this came in/);
  match(text, /more notifications are about other event types/);
  doesNotMatch(text, /\[object |undefined/);
  await app.close();
});

Deno.test("an event that none would want leads to a notification that would", async () => {
  const app = await startApp();
  const path = await happen(app, { accounts: ["petrel-and-finch"] });
  await setRoles(app.db, "cleo", ["master-content-partner-operations"], app.clock.now);
  const { text } = await (await app.browse("cleo")).get(path);
  ok(text.includes(`href="/notifications/new?type=${type}"`));
  await app.close();
});

Deno.test("a role that is gone takes what the event says along, and is named as the reason", async () => {
  const app = await startApp();
  const path = await happen(app);
  await setRoles(app.db, "ana", [], app.clock.now);
  const { status, text } = await (await app.browse("ana")).get(path);
  equal(status, 200);
  match(text, /Needs a role that you no longer have/);
  doesNotMatch(text, /SR-48213|Drift|Create a notification/);
  await app.close();
});

Deno.test("an event is shown to its account alone, in two round trips", async () => {
  const app = await startApp();
  const path = await happen(app);
  const ana = await app.browse("ana");
  const trips = countRoundTrips(app.db);
  equal((await ana.get(path)).status, 200);
  equal(trips.count, 2);
  equal((await (await app.browse("cleo")).get(path)).status, 404);
  equal((await ana.get("/events/999")).status, 404);
  equal((await (await app.browse()).get(path)).status, 303);
  await app.close();
});
