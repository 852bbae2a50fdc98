import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { appendEvents } from "../db/events.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { setRoles } from "../db/roles.ts";
import { start, startApp } from "../e2e/app.ts";
import { event } from "../e2e/stage.ts";

const day = 86_400_000;
const type = "source-request.redelivery-requested";
const mine = { accounts: ["meridian-post"] };

type App = Awaited<ReturnType<typeof startApp>>;
let posted = 0;

/** Something that happened so many days before the tests begin. */
async function happen({ db }: App, daysAgo: number, data: Record<string, unknown> = {}) {
  posted += 1;
  const happened = event({
    id: `${posted}`,
    subject: `SR-${posted}`,
    type,
    data: { ...mine, ...data },
  });
  await appendEvents(db, [{ ...happened, time: start - daysAgo * day }], start);
}

/** The row of a notification, without the page around it. */
function row(page: string, id: number): string {
  return page.slice(page.indexOf(`id="notification-${id}"`)).split("</li>")[0]!;
}

Deno.test("a row says how many events it matched in 30 days, on which, and when it last fired", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const quiet = await app.create("ana", { frequency: "hourly" });
  for (const daysAgo of [1, 1, 1, 2, 40]) await happen(app, daysAgo, { content_type: "branded" });
  await happen(app, 3, { content_type: "original" });
  await happen(app, 100, { content_type: "branded" });
  const { text } = await (await app.browse("ana")).get("/notifications");
  const shown = row(text, id);
  match(shown, /aria-label="4 events in 30 days">4</);
  match(shown, /aria-label="Most in a day: 3"><path d="m27 0v-1m1 1v-3"/);
  match(shown, /Last fired <time datetime="2026-11-19T09:30Z">Thu 19 Nov 10:30</);
  match(text, /events of the last 30 days.*Times in Europe\/Madrid/s);
  equal(row(text, quiet).includes("4 events"), true);
  await app.close();
});

Deno.test("what never fired says so; what happens while the page is open counts at the next look", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  const ana = await app.browse("ana");
  const before = row((await ana.get("/notifications")).text, id);
  match(before, /Not in the last 90 days/);
  match(before, /aria-label="0 events in 30 days">0</);
  doesNotMatch(before, /Most in a day/);
  await happen(app, 0, { content_type: "branded" });
  match(row((await ana.get("/notifications")).text, id), /Last fired.*1 event in 30 days/s);
  app.clock.now += 95 * day;
  match(
    row((await (await app.browse("ana")).get("/notifications")).text, id),
    /Not in the last 90/,
  );
  await app.close();
});

Deno.test("a muted one says what it kept away, and leads to it", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  await muteNotification(app.db, "ana", id, start - 17 * day);
  for (const daysAgo of [1, 2, 16, 18]) await happen(app, daysAgo, { content_type: "branded" });
  const ana = await app.browse("ana");
  const shown = row((await ana.get("/notifications")).text, id);
  match(shown, /Kept away <a href="([^"]+)">3 events<\/a> since 3 Nov/);
  const kept = await ana.get(`/notifications/${id}/events?since=mute`);
  match(kept.text, /3 events kept away since 3 Nov/);
  equal(kept.text.match(/class="row event"/g)?.length, 3);
  await app.close();
});

Deno.test("the row that an action answers with says the same as the list", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  await happen(app, 1, { content_type: "branded" });
  const ana = await app.browse("ana");
  const { text } = await ana.htmx("PUT", `/notifications/${id}/mute`);
  match(row(text, id), /1 event in 30 days/);
  equal(row(text, id), row((await ana.get("/notifications")).text, id));
  await app.close();
});

Deno.test("of what a lost role showed, nothing is counted", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  await happen(app, 1, { content_type: "branded" });
  const ana = await app.browse("ana");
  await ana.get("/notifications");
  await setRoles(app.db, "ana", [], start);
  const shown = row((await ana.get("/notifications")).text, id);
  match(shown, /Needs a role/);
  doesNotMatch(shown, /event|fired/);
  equal((await ana.get(`/notifications/${id}/events`)).status, 404);
  await app.close();
});

Deno.test("sorted by noise the noisiest comes first in each group, also in what a search finds", async () => {
  const app = await startApp();
  const ids: number[] = [];
  for (const content of ["branded", "original", "licensed"]) {
    const conditions = [{ field: "content_type", op: "any" as const, values: [content] }];
    ids.push(await app.create("ana", { conditions }));
  }
  for (const content of ["original", "original", "licensed"]) {
    await happen(app, 1, { content_type: content });
  }
  const ana = await app.browse("ana");
  const order = (page: string) =>
    [...page.matchAll(/id="notification-(\d+)"/g)].map(([, id]) => Number(id))
      .filter((id) => ids.includes(id));
  const plain = await ana.get("/notifications?q=redelivery");
  deepEqual(order(plain.text), ids);
  match(plain.text, /href="\/notifications\?q=redelivery&amp;sort=noise">\s*Sort by noise\s*</);
  const sorted = await ana.get("/notifications?q=redelivery&sort=noise");
  deepEqual(order(sorted.text), [ids[1], ids[2], ids[0]]);
  match(sorted.text, /href="\/notifications\?q=redelivery">\s*Sort by event type\s*</);
  match(sorted.text, /<input type="hidden" name="sort" value="noise"/);
  const page = "/notifications?q=redelivery&sort=noise";
  const deleted = await ana.htmx("DELETE", `/notifications/${ids[2]}`, {}, { page });
  deepEqual(order(deleted.text), [ids[1], ids[0]]);
  equal(deleted.headers.get("hx-replace-url"), page);
  await app.close();
});

Deno.test("of a long list the first of each group are shown, with an honest count and the way to all", async () => {
  const app = await startApp();
  const ids: number[] = [];
  for (let season = 1; season <= 120; season += 1) {
    const conditions = [{ field: "season", op: "any" as const, values: [`${season}`] }];
    ids.push(await app.create("ana", { conditions }));
  }
  const ana = await app.browse("ana");
  const rows = (page: string) =>
    ids.filter((id) => page.includes(`id="notification-${id}"`)).length;
  const { text } = await ana.get("/notifications?q=season&sort=noise");
  match((await ana.get("/notifications")).text, /20 of 1\d\d\. <a href="[^"]*\?show=daily">/);
  equal(rows(text), 10);
  match(text, /10 of 120\. <a href="[^"]*q=season&amp;sort=noise&amp;show=daily">Show all 120</);
  equal(rows((await ana.get("/notifications?show=daily")).text), 120);
  // The one that an address names is there, wherever it stands.
  const last = ids.at(-1)!;
  match(row((await ana.get(`/notifications/${last}`)).text, last), /aria-current="true"/);
  await app.close();
});

Deno.test("the count leads to exactly the events that it counts, the newest first, in pages", async () => {
  const app = await startApp();
  const id = await app.create("ana");
  for (const daysAgo of [0, 40, 2, 1]) await happen(app, daysAgo, { content_type: "branded" });
  await happen(app, 1, { content_type: "original" });
  const ana = await app.browse("ana");
  const subjects = (page: string) =>
    [...page.matchAll(/\(SR-(\d+)\)/g)].map(([, number]) => Number(number) - posted + 5);
  const { text } = await ana.get(`/notifications/${id}/events`);
  match(text, /3 events in the last 30 days\. Times in Europe\/Madrid/);
  deepEqual(subjects(text), [1, 4, 3]);
  doesNotMatch(text, /Older/);

  const many = Array.from({ length: 150 }, (_, index) => ({
    ...event({
      id: `many-${index}`,
      subject: `SR-9${index}`,
      type,
      data: { ...mine, content_type: "branded" },
    }),
    time: start - index * 1_000,
  }));
  await appendEvents(app.db, many, start);
  const first = await ana.get(`/notifications/${id}/events`);
  match(first.text, /Page 1 of 2.*href="([^"]+page=2)"[^>]*>Older/s);
  const second = await ana.get(`/notifications/${id}/events?page=2`);
  match(second.text, /153 events/);
  equal(second.text.match(/class="row event"/g)?.length, 53);
  equal((await (await app.browse("cleo")).get(`/notifications/${id}/events`)).status, 404);
  await app.close();
});
